/**
 * Writes a workbook as a stream: rows become XML, are packed and leave, so that memory does not grow with the table.
 * 100,000 rows of 10 cells: see bench/tables.mjs.
 */
import type { Writable } from 'node:stream'
import { Problem } from '../../kernel/problems.ts'
import { zipInto } from '../zip/write-zip.ts'
import { escapeText, MOST_ROWS, rowXml, STYLES_XML, sheetEndXml, sheetStartXml, type WorkbookSheet } from './workbook-cells.ts'

export interface WrittenWorkbook {
  /** Cells longer than a spreadsheet can hold, cut with an ellipsis. CSV and JSON hold them whole. */
  readonly cutCells: number
}

/** XML gathered before it is packed; small pieces pack slowly. */
const PIECE_LENGTH = 256 * 1024

/**
 * Writes the sheets and ends `out`. Sheet names are made valid and distinct.
 * Throws `tables.too-many-rows` beyond 1,048,576 rows, and what the rows or `out` throw.
 */
export async function writeXlsx(sheets: readonly WorkbookSheet[], out: Writable): Promise<WrittenWorkbook> {
  try {
    return await packWorkbook(sheets, out)
  } catch (error) {
    // Half a workbook must not look like a whole one.
    out.destroy()
    throw error
  }
}

async function packWorkbook(sheets: readonly WorkbookSheet[], out: Writable): Promise<WrittenWorkbook> {
  const zip = zipInto(out)
  const names = sheetNames(sheets)
  for (const [path, xml] of packageParts(sheets, names)) {
    await zip.part(path).end(Buffer.from(xml))
  }
  let cutCells = 0
  for (const [at, sheet] of sheets.entries()) {
    const part = zip.part(`xl/worksheets/sheet${at + 1}.xml`)
    let piece = sheetStartXml(sheet, at === 0)
    let row = 0
    for await (const cells of sheet.rows) {
      row += 1
      if (row > MOST_ROWS) throw new Problem('tables.too-many-rows', { limit: MOST_ROWS }, { place: { sheet: names[at] ?? '' } })
      const written = rowXml(cells, row, row <= (sheet.headerRows ?? 0))
      piece += written.xml
      cutCells += written.cut
      if (piece.length < PIECE_LENGTH) continue
      await part.write(Buffer.from(piece))
      piece = ''
    }
    await part.end(Buffer.from(piece + sheetEndXml(sheet)))
  }
  await zip.finish()
  return { cutCells }
}

/** At most 31 characters, none of []:*?/\ and no two alike. */
function sheetNames(sheets: readonly WorkbookSheet[]): string[] {
  const taken = new Set<string>()
  return sheets.map((sheet, at) => {
    const plain =
      sheet.name
        .replace(/[[\]:*?/\\]/g, ' ')
        .trim()
        .slice(0, 31) || `Sheet${at + 1}`
    let name = plain
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${plain.slice(0, 27)} ${number}`
    taken.add(name.toLowerCase())
    return name
  })
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE_RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

function packageParts(sheets: readonly WorkbookSheet[], names: readonly string[]): [string, string][] {
  const numbers = sheets.map((_, at) => at + 1)
  const overrides = numbers.map(
    (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SPREADSHEET}.worksheet+xml"/>`,
  )
  const relations = numbers.map(
    (n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  )
  const entries = sheets.map(
    (sheet, at) =>
      `<sheet name="${escapeText(names[at] ?? '')}" sheetId="${at + 1}"${sheet.hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
  )
  const styles = sheets.length + 1
  return [
    [
      '[Content_Types].xml',
      `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>${overrides.join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${DECLARATION}<Relationships xmlns="${PACKAGE_RELATIONS}"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${entries.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${DECLARATION}<Relationships xmlns="${PACKAGE_RELATIONS}">${relations.join('')}<Relationship Id="rId${styles}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES_XML],
  ]
}
