/** Cells, sheets and styles of a workbook as XML text (ECMA-376). */
import { type CellValue, columnLetters, type MergedRange } from './table-file.ts'

/** What a cell may hold when we write it: plain values, exact decimals, and formulas with the value they last had. */
export type WorkbookCell =
  | CellValue
  | { readonly decimal: string }
  | { readonly formula: string; readonly value?: CellValue }
  | { readonly error: string }

export interface ListValidation {
  readonly column: number
  /** Reference to the allowed values, for example `Codes!$C$2:$C$5`. Other values are still accepted. */
  readonly source: string
}

export interface WorkbookSheet {
  readonly name: string
  readonly rows: Iterable<readonly WorkbookCell[]> | AsyncIterable<readonly WorkbookCell[]>
  /** Rows at the top in heading style that stay in view. */
  readonly headerRows?: number
  /** In characters. */
  readonly widths?: readonly number[]
  readonly merges?: readonly MergedRange[]
  readonly rightToLeft?: boolean
  readonly hidden?: boolean
  readonly validations?: readonly ListValidation[]
}

/** Excel reads no more than this in one cell and one sheet. */
export const LONGEST_CELL = 32_767
export const MOST_ROWS = 1_048_576

const STYLE_DATE = 1
const STYLE_INSTANT = 2
const STYLE_HEADING = 3
const STYLE_TEXT = 4

const DAY_MS = 86_400_000
const EPOCH_DAYS = 25_569

export const STYLES_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6EEF5"/></patternFill></fill></fills><borders count="2"><border/><border><bottom style="thin"><color rgb="FF5B7083"/></bottom></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf applyAlignment="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>`

export function rowXml(cells: readonly WorkbookCell[], row: number, isHeading: boolean): { xml: string; cut: number } {
  let xml = `<row r="${row}">`
  let cut = 0
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column]
    if (cell === null || cell === undefined || cell === '') continue
    const reference = columnLetters(column) + row
    if (typeof cell === 'string') {
      const whole = cell.length <= LONGEST_CELL
      if (!whole) cut += 1
      xml += textCell(reference, whole ? cell : `${cell.slice(0, LONGEST_CELL - 1)}…`, isHeading ? STYLE_HEADING : STYLE_TEXT)
    } else xml += otherCell(reference, cell, isHeading)
  }
  return { xml: `${xml}</row>`, cut }
}

function textCell(reference: string, text: string, style: number): string {
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`
}

function otherCell(reference: string, cell: Exclude<WorkbookCell, string | null>, isHeading: boolean): string {
  const style = isHeading ? ` s="${STYLE_HEADING}"` : ''
  if (typeof cell === 'number') {
    return Number.isFinite(cell)
      ? `<c r="${reference}"${style}><v>${cell}</v></c>`
      : textCell(reference, String(cell), STYLE_TEXT)
  }
  if (typeof cell === 'boolean') return `<c r="${reference}"${style} t="b"><v>${cell ? 1 : 0}</v></c>`
  if (cell instanceof Date) {
    const time = cell.getTime()
    // Spreadsheets have no dates before 1900; a text says the day without doubt.
    if (!(time >= Date.UTC(1900, 2, 1)))
      return textCell(reference, Number.isNaN(time) ? '' : cell.toISOString().slice(0, 10), STYLE_TEXT)
    return `<c r="${reference}" s="${time % DAY_MS === 0 ? STYLE_DATE : STYLE_INSTANT}"><v>${time / DAY_MS + EPOCH_DAYS}</v></c>`
  }
  if ('decimal' in cell) return `<c r="${reference}"${style}><v>${cell.decimal}</v></c>`
  if ('error' in cell) return `<c r="${reference}" t="e"><v>${escapeText(cell.error)}</v></c>`
  const formula = `<f>${escapeText(cell.formula)}</f>`
  const { value } = cell
  if (value === undefined || value === null) return `<c r="${reference}">${formula}</c>`
  if (typeof value === 'string') return `<c r="${reference}" t="str">${formula}<v>${escapeText(value)}</v></c>`
  const number = value instanceof Date ? value.getTime() / DAY_MS + EPOCH_DAYS : Number(value)
  return `<c r="${reference}"${value instanceof Date ? ` s="${STYLE_DATE}"` : ''}>${formula}<v>${number}</v></c>`
}

export function sheetStartXml(sheet: WorkbookSheet, isFirst: boolean): string {
  const direction = sheet.rightToLeft ? ' rightToLeft="1"' : ''
  const selected = isFirst ? ' tabSelected="1"' : ''
  const frozen = sheet.headerRows
    ? `<pane ySplit="${sheet.headerRows}" topLeftCell="A${sheet.headerRows + 1}" activePane="bottomLeft" state="frozen"/>`
    : ''
  const widths = (sheet.widths ?? [])
    .map((width, column) => `<col min="${column + 1}" max="${column + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const columns = widths === '' ? '' : `<cols>${widths}</cols>`
  const views = `<sheetViews><sheetView workbookViewId="0"${direction}${selected}>${frozen}</sheetView></sheetViews>`
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${views}${columns}<sheetData>`
}

export function sheetEndXml(sheet: WorkbookSheet): string {
  const merges = (sheet.merges ?? []).map(
    ({ fromRow, toRow, fromColumn, toColumn }) =>
      `<mergeCell ref="${columnLetters(fromColumn)}${fromRow}:${columnLetters(toColumn)}${toRow}"/>`,
  )
  const first = (sheet.headerRows ?? 0) + 1
  const validations = (sheet.validations ?? []).map(({ column, source }) => {
    const letters = columnLetters(column)
    return `<dataValidation type="list" allowBlank="1" sqref="${letters}${first}:${letters}${MOST_ROWS}"><formula1>${escapeText(source)}</formula1></dataValidation>`
  })
  return `</sheetData>${counted('mergeCells', merges)}${counted('dataValidations', validations)}</worksheet>`
}

function counted(name: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<${name} count="${items.length}">${items.join('')}</${name}>`
}

const NEEDS_CARE = /[&<>"\ufffe\uffff]|(?![\t\n])\p{Cc}|_x[0-9A-Fa-f]{4}_|\p{Cs}/u

/** Control characters become `_x0007_`, and a text that already looks so is protected, as Excel does. */
export function escapeText(text: string): string {
  if (!NEEDS_CARE.test(text)) return text
  return text
    .toWellFormed()
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replace(
      /(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu,
      (sign) => `_x${sign.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
