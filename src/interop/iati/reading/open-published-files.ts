/**
 * Opens what people bring as published files: a plain file, one packed with gzip, an archive of many, a folder. The content decides,
 * never the name. Names within an archive are shown and never used as paths.
 */
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import { firstBytes, gunzipped, openByteSource } from '../../tables/byte-source.ts'
import type { TableLimits } from '../../tables/limits.ts'
import { DEFAULT_LIMITS } from '../../tables/limits.ts'
import { openZip, type ZipEntry, type ZipFile } from '../../tables/zip-entries.ts'
import { type FoundEncoding, findEncoding, sniffXml, utf8Chunks } from './decode.ts'
import type { Piece } from './piece.ts'
import { splitPieces } from './split-pieces.ts'
import '../problems.ts'

/** Published files of several hundred megabytes are in use. */
const LIMITS: TableLimits = { ...DEFAULT_LIMITS, fileBytes: 4_000_000_000, unpackedBytes: 4_000_000_000 }

const HEAD_BYTES = 64 * 1024

export interface PublishedSource {
  readonly path: string
  /** As the person knows it, when the path is a temporary one. */
  readonly fileName?: string
}

export interface OpenPublishedOptions {
  readonly signal?: AbortSignal | undefined
  readonly limits?: Partial<TableLimits>
  readonly largestPieceBytes?: number
}

export interface PublishedFile {
  readonly fileName: string
  /** On disk, packed. */
  readonly sizeBytes: number
  /** As it was found: `utf-8`, `utf-16le`, `iso-8859-1`, ... */
  readonly encoding: string
  /** What was assumed or passed over while opening. */
  readonly problems: readonly ProblemReport[]
  /** One after another; after its end the whole file was well-formed around them. */
  pieces(signal?: AbortSignal): AsyncGenerator<Piece>
}

/** Whether this is XML, a packed XML file or an archive that holds some, whatever its name. */
export async function isPublishedFile(path: string): Promise<boolean> {
  if ((await stat(path)).size === 0) return false
  try {
    const source = await openByteSource(path, basename(path), LIMITS)
    const head = await firstBytes(source, HEAD_BYTES)
    if (isZip(head)) return source.packed ? false : publishedEntries(await openZip(path, basename(path), LIMITS)).length > 0
    return sniffXml(head) === 'xml'
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** What is called XML and begins as JSON or as a page of the web, or is empty: mostly the answer of a server that had no file. */
export async function isMistakenForPublished(path: string, fileName: string): Promise<boolean> {
  if (!/\.xml(\.gz)?$/i.test(fileName)) return false
  if ((await stat(path)).size === 0) return true
  try {
    const head = await firstBytes(await openByteSource(path, fileName, LIMITS), HEAD_BYTES)
    return !isZip(head) && ['JSON', 'HTML', 'empty'].includes(sniffXml(head))
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** Throws `iati.*` with the name of the file; what is wrong within a file comes while its pieces are read. */
export async function* openPublishedFiles(
  { path, fileName = basename(path) }: PublishedSource,
  options: OpenPublishedOptions = {},
): AsyncGenerator<PublishedFile> {
  const found = await stat(path)
  if (found.isDirectory()) yield* filesOfFolder(path, options)
  else yield* filesOfFile(path, fileName, options)
}

/** What a folder holds of published files, and what is called one, in the order of their names; with their names in the folder. */
export async function publishedFilesIn(folder: string): Promise<Required<PublishedSource>[]> {
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const files: Required<PublishedSource>[] = []
  for (const path of paths) {
    if (/\.xml(\.gz)?$/i.test(path) || (await isPublishedFile(path))) files.push({ path, fileName: relative(folder, path) })
  }
  return files
}

async function* filesOfFolder(folder: string, options: OpenPublishedOptions): AsyncGenerator<PublishedFile> {
  for (const { path, fileName } of await publishedFilesIn(folder)) yield* filesOfFile(path, fileName, options)
}

async function* filesOfFile(path: string, fileName: string, options: OpenPublishedOptions): AsyncGenerator<PublishedFile> {
  const limits = { ...LIMITS, ...options.limits }
  const source = await inOurWords(fileName, () => openByteSource(path, fileName, limits))
  const head = await inOurWords(fileName, () => firstBytes(source, HEAD_BYTES))
  if (isZip(head) && !source.packed) {
    const zip = await inOurWords(fileName, () => openZip(path, fileName, limits))
    yield* filesOfArchive(zip, fileName, limits, options)
    return
  }
  yield await inOurWords(fileName, async () =>
    publishedFile(fileName, source.sizeBytes, [], head, () => source.chunks(), options),
  )
}

async function* filesOfArchive(
  zip: ZipFile,
  archiveName: string,
  limits: TableLimits,
  options: OpenPublishedOptions,
): AsyncGenerator<PublishedFile> {
  const entries = publishedEntries(zip)
  if (entries.length === 0) throw new Problem('iati.nothing-in-archive', {}, { place: { file: archiveName } })
  const leftAlone = leftAloneProblems(zip, entries, archiveName)
  for (const [index, entry] of entries.entries()) {
    const fileName = `${archiveName}/${shownName(entry.name)}`
    const chunks = () =>
      entry.name.toLowerCase().endsWith('.gz')
        ? gunzipped(Readable.from(zip.read(entry)), entry.name, entry.packedBytes, fileName, limits)
        : zip.read(entry)
    const head = await inOurWords(fileName, () => firstBytes({ chunks }, HEAD_BYTES))
    // Said once for the whole archive.
    const problems = [...(index === 0 ? leftAlone : []), ...nameProblems(entry.name, archiveName)]
    yield await inOurWords(fileName, async () => publishedFile(fileName, entry.packedBytes, problems, head, chunks, options))
  }
}

function publishedEntries(zip: ZipFile): ZipEntry[] {
  // A workbook is an archive of XML as well.
  if (zip.entries.has('[Content_Types].xml')) return []
  return [...zip.entries.values()].filter(
    ({ name }) => /\.xml(\.gz)?$/i.test(name) && !/(^|\/)(__MACOSX\/|\.)/.test(shownName(name)),
  )
}

const NAMED_ENTRIES = 5

/** What systems put into archives by themselves. */
const NOISE = /(^|\/)(__MACOSX(\/|$)|\.DS_Store$|Thumbs\.db$)/i

/** Files of an archive that are no published files: left alone, and named. */
function leftAloneProblems(zip: ZipFile, taken: readonly ZipEntry[], file: string): ProblemReport[] {
  const isTaken = new Set(taken)
  const others = [...zip.entries.values()].filter(
    (entry) => !isTaken.has(entry) && !entry.name.endsWith('/') && !NOISE.test(entry.name),
  )
  if (others.length === 0) return []
  const names = others.slice(0, NAMED_ENTRIES).map(({ name }) => shownName(name))
  const found = others.length > NAMED_ENTRIES ? `${names.join(', ')} …` : names.join(', ')
  return [{ code: 'iati.entries-left-alone', params: { count: others.length, found }, level: 'warning', place: { file } }]
}

/** No part of a path that leads out of the archive is shown as if it were a place. */
function shownName(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
}

function nameProblems(name: string, file: string): ProblemReport[] {
  const leadsOut = name.split('/').includes('..') || /^[a-z]:/i.test(name)
  return leadsOut ? [{ code: 'iati.name-leads-out', params: { found: name }, level: 'warning', place: { file } }] : []
}

function publishedFile(
  fileName: string,
  sizeBytes: number,
  problems: readonly ProblemReport[],
  head: Buffer,
  chunks: () => AsyncIterable<Buffer>,
  options: OpenPublishedOptions,
): PublishedFile {
  const place = { file: fileName }
  const kind = sniffXml(head)
  if (kind === 'empty') throw new Problem('iati.empty-file', {}, { place })
  if (kind !== 'xml') throw new Problem('iati.not-xml', { found: kind }, { place: { ...place, line: 1 } })
  const encoding = findEncoding(head)
  return {
    fileName,
    sizeBytes,
    encoding: encoding.name,
    problems: [...problems, ...encodingProblems(encoding, fileName)],
    async *pieces(signal) {
      const split = splitPieces(utf8Chunks(chunks(), encoding.name), {
        ...(options.largestPieceBytes === undefined ? {} : { largestPieceBytes: options.largestPieceBytes }),
        signal: signal ?? options.signal,
      })
      for (;;) {
        const next = await inOurWords(fileName, () => split.next())
        if (next.done) return
        yield next.value
      }
    },
  }
}

function encodingProblems({ name, declared }: FoundEncoding, file: string): ProblemReport[] {
  if (declared === undefined) return []
  return [{ code: 'iati.encoding-differs', params: { declared, found: name }, level: 'warning', place: { file, line: 1 } }]
}

function isZip(head: Buffer): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)
}

const OF_TABLES: Readonly<Record<string, string>> = {
  'tables.empty-file': 'iati.empty-file',
  'tables.file-too-large': 'iati.file-too-large',
  'tables.unpacks-too-large': 'iati.unpacks-too-large',
  'tables.packed-too-tightly': 'iati.packed-too-tightly',
  'tables.too-many-entries': 'iati.too-many-files',
  'tables.overlapping-entries': 'iati.broken-archive',
  'tables.broken-workbook': 'iati.broken-archive',
  'tables.locked-workbook': 'iati.broken-archive',
  'tables.broken-gzip': 'iati.broken-archive',
}

const REASONS: Readonly<Record<string, string>> = {
  'tables.overlapping-entries': 'overlapping parts',
  'tables.locked-workbook': 'password',
}

/** The readers of bytes are shared with tables; their messages speak of workbooks. */
async function inOurWords<T>(fileName: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const code = OF_TABLES[error.code] ?? error.code
    const reason = REASONS[error.code]
    const params = code === 'iati.broken-archive' ? { reason: reason ?? error.params.reason ?? '' } : error.params
    throw new Problem(code, params, { place: { file: fileName, ...error.place }, cause: error })
  }
}
