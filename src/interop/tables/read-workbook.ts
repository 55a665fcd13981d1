/**
 * XLSX workbooks as sheets of rows, streaming: a sheet is unpacked, decoded and scanned row by row. Shared texts are the
 * only part held in memory. Formulas give their stored value; macros are never looked at.
 */
import { Problem, type ProblemReport } from '../../kernel/problems.ts'
import type { TableLimits } from './limits.ts'
import { tableReport } from './problems.ts'
import { attribute, XmlRefused, xmlScanner } from './scan-xml.ts'
import type { MergedRange, RawRow, TableSheet } from './table-file.ts'
import { type NumberForm, readNumberForms } from './workbook-formats.ts'
import { rowScanner } from './workbook-rows.ts'
import { openZip, type ZipEntry, type ZipFile } from './zip-entries.ts'

export interface Workbook {
  readonly sheets: readonly TableSheet[]
  readonly problems: readonly ProblemReport[]
}

/** Throws `tables.broken-workbook`, `tables.locked-workbook`, `tables.unsupported-format` and the ZIP limits. */
export async function openWorkbook(path: string, fileName: string, limits: TableLimits): Promise<Workbook> {
  const zip = await openZip(path, fileName, limits)
  const place = { file: fileName }
  const main = await mainPart(zip, fileName)
  const folder = main.name.slice(0, main.name.lastIndexOf('/') + 1)
  const links = await readLinks(zip, `${folder}_rels/${main.name.slice(folder.length)}.rels`, folder, fileName)
  const declared: { name: string; link: string; hidden: boolean }[] = []
  let date1904 = false
  await scan(zip, main, fileName, {
    open(name, source) {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attribute(source, 'date1904') ?? '')
      if (name !== 'sheet') return
      const state = attribute(source, 'state') ?? 'visible'
      declared.push({ name: attribute(source, 'name') ?? '', link: attribute(source, 'id') ?? '', hidden: state !== 'visible' })
    },
  })

  const problems: ProblemReport[] = []
  if ([...zip.entries.keys()].some((name) => name.endsWith('vbaProject.bin')))
    problems.push(tableReport('macros-ignored', {}, place))
  const texts = lazily(() => readSharedTexts(zip, partOfType(links, 'sharedStrings'), fileName))
  const forms = lazily(async () => {
    const styles = partOfType(links, 'styles')
    return styles ? readNumberForms((handler) => scan(zip, styles, fileName, handler)) : []
  })
  const sheets: TableSheet[] = []
  for (const { name, link, hidden } of declared) {
    const target = links.get(link)
    // Chart sheets and macro sheets have no cells.
    if (target?.type !== 'worksheet' || target.entry === undefined) continue
    const { entry } = target
    if (hidden) problems.push(tableReport('hidden-sheet', { sheet: name }, { ...place, sheet: name }))
    sheets.push({
      name,
      hidden,
      rows: () => sheetRows(zip, entry, { fileName, sheet: name, date1904, texts, forms, limits }),
      merges: lazily(() => readMerges(zip, entry, fileName)),
    })
  }
  if (sheets.length === 0) throw new Problem('tables.broken-workbook', { reason: 'no sheet with cells' }, { place })
  return { sheets, problems }
}

interface SheetContext {
  readonly fileName: string
  readonly sheet: string
  readonly date1904: boolean
  readonly texts: () => Promise<readonly string[]>
  readonly forms: () => Promise<readonly NumberForm[]>
  readonly limits: TableLimits
}

async function* sheetRows(zip: ZipFile, entry: ZipEntry, context: SheetContext): AsyncGenerator<RawRow> {
  const scanner = rowScanner(await context.texts(), await context.forms(), context)
  const xml = xmlScanner(scanner.handler)
  for await (const chunk of decodedPart(zip, entry)) {
    guarded(entry, context.fileName, () => xml.push(chunk))
    yield* scanner.take()
  }
  guarded(entry, context.fileName, () => xml.end())
  yield* scanner.take()
}

/** The main part by the package relations, so that any folder layout works. */
async function mainPart(zip: ZipFile, fileName: string): Promise<ZipEntry> {
  const place = { file: fileName }
  const links = await readLinks(zip, '_rels/.rels', '', fileName)
  const main = partOfType(links, 'officeDocument') ?? zip.entries.get('xl/workbook.xml')
  if (zip.entries.has('EncryptedPackage')) throw new Problem('tables.locked-workbook', {}, { place })
  if (main?.name.endsWith('.bin')) throw new Problem('tables.unsupported-format', { found: 'XLSB' }, { place })
  if (main?.name.startsWith('word/')) throw new Problem('tables.unsupported-format', { found: 'DOCX' }, { place })
  if (main) return main
  const mimetype = zip.entries.get('mimetype')
  const found = mimetype && zip.entries.has('content.xml') ? 'ODS' : 'ZIP'
  throw new Problem('tables.unsupported-format', { found }, { place })
}

interface Link {
  /** Last word of the relation type, for example `worksheet`. */
  readonly type: string
  readonly entry: ZipEntry | undefined
}

async function readLinks(zip: ZipFile, path: string, folder: string, fileName: string): Promise<Map<string, Link>> {
  const links = new Map<string, Link>()
  const part = zip.entries.get(path)
  if (!part) return links
  await scan(zip, part, fileName, {
    open(name, source) {
      if (name !== 'Relationship') return
      const target = attribute(source, 'Target') ?? ''
      const type = (attribute(source, 'Type') ?? '').split('/').pop() ?? ''
      links.set(attribute(source, 'Id') ?? '', { type, entry: zip.entries.get(resolvePart(folder, target)) })
    },
  })
  return links
}

function resolvePart(folder: string, target: string): string {
  return new URL(target, `part:///${folder}`).pathname.replace(/^\/+/, '')
}

function partOfType(links: ReadonlyMap<string, Link>, type: string): ZipEntry | undefined {
  for (const link of links.values()) if (link.type === type) return link.entry
  return undefined
}

async function readSharedTexts(zip: ZipFile, part: ZipEntry | undefined, fileName: string): Promise<readonly string[]> {
  const texts: string[] = []
  if (!part) return texts
  let current = ''
  let inText = false
  let inPhonetic = false
  await scan(zip, part, fileName, {
    open(name) {
      if (name === 'si') current = ''
      else if (name === 't') inText = !inPhonetic
      else if (name === 'rPh') inPhonetic = true
    },
    text(text) {
      if (inText) current += text
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'si') texts.push(current)
    },
  })
  return texts
}

/** Merged ranges stand behind the rows, so the rows are passed over without being read. */
async function readMerges(zip: ZipFile, entry: ZipEntry, fileName: string): Promise<readonly MergedRange[]> {
  const merges: MergedRange[] = []
  const xml = xmlScanner({
    open(name, source) {
      const range = name === 'mergeCell' ? mergedRange(attribute(source, 'ref') ?? '') : undefined
      if (range) merges.push(range)
    },
  })
  let found = false
  let tail = ''
  for await (const chunk of decodedPart(zip, entry)) {
    if (found) {
      guarded(entry, fileName, () => xml.push(chunk))
      continue
    }
    const text = tail + chunk
    const at = text.search(/<\/(\w+:)?sheetData>|<(\w+:)?sheetData\/>/)
    if (at >= 0) {
      found = true
      guarded(entry, fileName, () => xml.push(text.slice(at)))
    } else tail = text.slice(-40)
  }
  return merges
}

export function mergedRange(ref: string): MergedRange | undefined {
  const match = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(ref)
  if (!match) return undefined
  const [, fromColumn = '', fromRow = '', toColumn = '', toRow = ''] = match
  return {
    fromRow: Number(fromRow),
    toRow: Number(toRow),
    fromColumn: columnIndex(fromColumn),
    toColumn: columnIndex(toColumn),
  }
}

function columnIndex(letters: string): number {
  let index = 0
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64
  return index - 1
}

async function scan(zip: ZipFile, entry: ZipEntry, fileName: string, handler: Parameters<typeof xmlScanner>[0]): Promise<void> {
  const xml = xmlScanner(handler)
  for await (const chunk of decodedPart(zip, entry)) guarded(entry, fileName, () => xml.push(chunk))
  guarded(entry, fileName, () => xml.end())
}

/** Workbook parts are UTF-8, now and then UTF-16 with a byte order mark. */
async function* decodedPart(zip: ZipFile, entry: ZipEntry): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  for await (const chunk of zip.read(entry)) {
    decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : chunk[0] === 0xfe ? 'utf-16be' : 'utf-8')
    yield decoder.decode(chunk, { stream: true })
  }
  const last = decoder?.decode()
  if (last) yield last
}

function guarded(entry: ZipEntry, fileName: string, read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof XmlRefused)) throw error
    throw new Problem(
      'tables.broken-workbook',
      { reason: `${entry.name}: ${error.message}` },
      { place: { file: fileName }, cause: error },
    )
  }
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
