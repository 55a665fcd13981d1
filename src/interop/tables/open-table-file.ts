/**
 * Opens a table whatever its name says: the first bytes decide between workbook, JSON, JSON Lines and delimited text,
 * and gzip of those. What cannot be read is refused with a message that says what was found and what would be accepted.
 */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Problem, type ProblemReport } from '../../kernel/problems.ts'
import { type ByteSource, firstBytes, openByteSource } from './byte-source.ts'
import { csvRecords, detectDelimiter } from './csv-records.ts'
import { guardedSheet } from './guarded-sheet.ts'
import { jsonSheets } from './json-sheets.ts'
import { DEFAULT_LIMITS, type TableLimits } from './limits.ts'
import { tableReport } from './problems.ts'
import { openWorkbook } from './read-workbook.ts'
import type { TableFile, TableFormat } from './table-file.ts'
import { openTextSource } from './text-source.ts'

export interface OpenTableOptions {
  /** The name that the person knows, when `path` is a temporary one. */
  readonly fileName?: string
  /** Encoding of a text file when a person has said it; otherwise the bytes decide. */
  readonly encoding?: string
  readonly delimiter?: string
  readonly limits?: Partial<TableLimits>
}

const HEAD_BYTES = 64 * 1024
/** Characters looked at to find the delimiter. */
const SAMPLE_LENGTH = 200_000

/** Throws a Problem (`tables.*`) when the file as a whole cannot be read; smaller things are listed in `problems`. */
export async function openTableFile(path: string, options: OpenTableOptions = {}): Promise<TableFile> {
  const fileName = options.fileName ?? basename(path)
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const source = await openByteSource(path, fileName, limits)
  const head = await firstBytes(source, HEAD_BYTES)
  const place = { file: fileName }
  const found = sniff(head)
  if (found === 'empty') throw new Problem('tables.empty-file', {}, { place })
  if (found === 'old-workbook' || found === 'locked-workbook') throw new Problem(`tables.${found}`, {}, { place })
  if (found.startsWith('unsupported:')) {
    throw new Problem('tables.unsupported-format', { found: found.slice('unsupported:'.length) }, { place })
  }
  return found === 'zip' ? openZipped(source, limits) : openText(source, head, limits, options)
}

async function openZipped(source: ByteSource, limits: TableLimits): Promise<TableFile> {
  const unpacked = source.packed ? await unpackToFolder(source) : undefined
  const close = async () => {
    if (unpacked) await rm(unpacked.folder, { recursive: true, force: true })
  }
  try {
    const workbook = await openWorkbook(unpacked?.path ?? source.path, source.fileName, limits)
    return {
      path: source.path,
      fileName: source.fileName,
      format: 'xlsx',
      sizeBytes: source.sizeBytes,
      sheets: workbook.sheets.map((sheet) => guardedSheet(sheet, source.fileName, limits)),
      problems: [...extensionProblem(source.fileName, 'xlsx'), ...workbook.problems],
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function openText(source: ByteSource, head: Buffer, limits: TableLimits, options: OpenTableOptions): Promise<TableFile> {
  const text = await openTextSource(source, head, options.encoding)
  const { sample, whole } = await firstText(text.chunks())
  if (sample.trim() === '') throw new Problem('tables.empty-file', {}, { place: { file: source.fileName } })
  const format = textFormat(sample)
  const common = {
    path: source.path,
    fileName: source.fileName,
    format,
    sizeBytes: source.sizeBytes,
    encoding: text.encoding,
    problems: [...extensionProblem(source.fileName, format), ...text.problems],
    close: () => Promise.resolve(),
  }
  if (format !== 'csv') {
    const sheets = await jsonSheets(text, format, source.fileName, limits)
    return { ...common, sheets: sheets.map((sheet) => guardedSheet(sheet, source.fileName, limits)) }
  }
  const delimiter = options.delimiter ?? detectDelimiter(sample, whole, limits)
  const sheet = {
    name: '',
    hidden: false,
    merges: () => Promise.resolve([]),
    rows: () => csvRecords(text.chunks(), delimiter, source.fileName, limits),
  }
  return { ...common, delimiter, sheets: [guardedSheet(sheet, source.fileName, limits)] }
}

async function firstText(chunks: AsyncIterable<string>): Promise<{ sample: string; whole: boolean }> {
  let sample = ''
  for await (const chunk of chunks) {
    sample += chunk
    if (sample.length > SAMPLE_LENGTH) return { sample: sample.slice(0, SAMPLE_LENGTH), whole: false }
  }
  return { sample, whole: true }
}

function sniff(head: Buffer): string {
  const start = head.toString('latin1', 0, 1024).replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
  if (start.replaceAll('\0', '').trim() === '') return 'empty'
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip'
  if (start.startsWith('\xd0\xcf\x11\xe0')) {
    return head.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'locked-workbook' : 'old-workbook'
  }
  if (start.startsWith('%PDF')) return 'unsupported:PDF'
  if (start.startsWith('{\\rtf')) return 'unsupported:RTF'
  if (/^\s*<(!doctype\s+html|html|table|meta|style)/i.test(start)) return 'unsupported:HTML'
  if (/^\s*<\?xml|^\s*<[a-z-]+[\s>]/i.test(start)) return 'unsupported:XML'
  if (/^(\x89PNG|GIF8|\xff\xd8\xff|BM.{4}\0\0\0\0)/s.test(start)) return 'unsupported:image'
  if (/^(Rar!|7z\xbc\xaf|BZh\d|\xfd7zXZ)/.test(start)) return 'unsupported:archive'
  return 'text'
}

/** JSON Lines when the first line is a whole object and another one follows. */
function textFormat(sample: string): Exclude<TableFormat, 'xlsx'> {
  const start = sample.trimStart()
  if (!/^[{[]/.test(start)) return 'csv'
  const firstLine = /^[^\r\n]*/.exec(start)?.[0] ?? ''
  const next = start.slice(firstLine.length).trimStart()
  if (start.startsWith('[')) return /^\[\s*[\]{"[\d]/.test(start) ? 'json' : 'csv'
  // A first record longer than the sample can only be a line of its own when no line end was seen.
  const lines = isJson(firstLine)
    ? next === ''
      ? !/:\s*\[\s*\{/.test(firstLine)
      : next.startsWith('{')
    : /^\{[^\n]*\}\r?\n\s*\{/.test(start)
  return lines ? 'jsonl' : /^\{\s*["}]/.test(start) ? 'json' : 'csv'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const EXTENSIONS: Readonly<Record<string, readonly TableFormat[]>> = {
  '.csv': ['csv'],
  '.tsv': ['csv'],
  '.txt': ['csv', 'json', 'jsonl'],
  '.json': ['json', 'jsonl'],
  '.jsonl': ['jsonl'],
  '.ndjson': ['jsonl'],
  '.xlsx': ['xlsx'],
  '.xlsm': ['xlsx'],
  '.xltx': ['xlsx'],
}

function extensionProblem(fileName: string, format: TableFormat): ProblemReport[] {
  const extension = extname(fileName.replace(/\.gz$/i, '')).toLowerCase()
  const expected = EXTENSIONS[extension]
  if (extension === '' || extension === '.tmp' || expected?.includes(format)) return []
  return [tableReport('wrong-extension', { extension, format: format.toUpperCase() }, { file: fileName })]
}

async function unpackToFolder(source: ByteSource): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'sursur-table-'))
  const path = join(folder, 'workbook.xlsx')
  try {
    await pipeline(source.chunks(), createWriteStream(path))
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return { folder, path }
}
