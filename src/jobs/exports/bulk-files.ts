/**
 * Whole collections as files for everybody, each made once for a state of the data and then kept, so that a thousand programs that
 * ask for it cost one reading. Files are made one after the other; a request for one that is being made waits for it.
 */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { translatorFor } from '../../i18n/translator.ts'
import { writeCsv } from '../../interop/tables/index.ts'
import {
  digestListings,
  digestOfListings,
  exportListings,
  type ListingFilter,
  listCollectionsQuery,
  listOpenCollections,
  type OpenCollection,
} from '../../modules/registry/index.ts'
import { ANONYMOUS, type Operations } from '../../operations/index.ts'
import type { ExportTally } from './export-tally.ts'
import { collectionsOf } from './listing-about.ts'
import { LISTING_FORMATS, listingColumns, listingRows } from './listing-table.ts'
import { writeOrganisationFile } from './organisation-file.ts'
import { writePackage } from './package/write-package.ts'
import { programVersion } from './program-version.ts'
import { writePublishedFile } from './published-file.ts'

/** Stands for all own collections; no collection can have this key. */
export const ALL = '_all'

export interface BulkFormat {
  readonly format: string
  readonly extension: string
  readonly mediaType: string
}

const XML = 'application/xml; charset=utf-8'
const PUBLISHED: BulkFormat = { format: 'IATI 2.03', extension: 'xml', mediaType: XML }
/** What organisations publish about themselves. */
export const ORGANISATIONS: BulkFormat = { format: 'IATI 2.03, organisations', extension: 'organisations.xml', mediaType: XML }

const BULK_FORMATS: readonly BulkFormat[] = [
  ...LISTING_FORMATS.map(({ format, extension, mediaType }) => ({ format, extension, mediaType })),
  { format: 'Data Package', extension: 'zip', mediaType: 'application/zip' },
  PUBLISHED,
  ORGANISATIONS,
]

/** A file of organisations is offered where one publishes about itself: the standard has no file of none. */
export function formatsOf({ organisations }: Pick<BulkSubject, 'organisations'>): readonly BulkFormat[] {
  return organisations > 0 ? BULK_FORMATS : BULK_FORMATS.filter((format) => format !== ORGANISATIONS)
}

export interface BulkFile {
  readonly path: string
  readonly bytes: number
  readonly snapshotHash: string
  /** Initiatives that the format cannot hold; absent where it holds them all by nature. */
  readonly leftOut?: number
}

/** What the published file of a collection does not hold, by identifier. */
export type LeftOutRecords = Pick<ExportTally, 'leftOut' | 'problems'>

export interface BulkSubject extends Omit<OpenCollection, 'names' | 'kind'> {
  readonly names: OpenCollection['names'] | null
  readonly kind: OpenCollection['kind'] | null
}

export interface BulkFiles {
  /** All own collections together, then each one. */
  subjects(): Promise<BulkSubject[]>
  /** Names this state of the data in this format. */
  tagOf(subject: BulkSubject, format: BulkFormat): string
  file(subject: BulkSubject, format: BulkFormat): Promise<BulkFile>
  /** What is kept already. */
  kept(subject: BulkSubject, format: BulkFormat): Promise<BulkFile | undefined>
  /** What the published file of this state of the data does not hold; the file is made when it is not there. */
  leftOut(subject: BulkSubject): Promise<LeftOutRecords>
}

/** Names and explanations in the files; the pages offer lists in the reader's language. */
const LANGUAGE = 'en'

export function createBulkFiles(operations: Operations, folder: string): BulkFiles {
  const making = new Map<string, Promise<BulkFile>>()
  let last: Promise<unknown> = Promise.resolve()

  function tagOf({ key, mark }: BulkSubject, { extension }: BulkFormat): string {
    return createHash('sha256')
      .update(JSON.stringify([key, mark, extension, programVersion()]))
      .digest('hex')
      .slice(0, 32)
  }

  const nameOf = (subject: BulkSubject, format: BulkFormat) => `${prefixOf(subject)}${tagOf(subject, format)}.${format.extension}`

  async function kept(subject: BulkSubject, format: BulkFormat): Promise<BulkFile | undefined> {
    const path = join(folder, nameOf(subject, format))
    try {
      const { size } = await stat(path)
      const told = isPublished(format) ? { leftOut: (await readLeftOut(path)).leftOut } : {}
      return { path, bytes: size, snapshotHash: await readFile(`${path}.hash`, 'utf8'), ...told }
    } catch {
      // Not made yet, or tidied away.
      return undefined
    }
  }

  async function make(subject: BulkSubject, format: BulkFormat): Promise<BulkFile> {
    await mkdir(folder, { recursive: true })
    const path = join(folder, nameOf(subject, format))
    const { snapshotHash, told } = await writeBeside(path, (out) => writeBulk(operations, subject, format, out))
    if (told) await writeFile(`${path}.left-out`, JSON.stringify({ leftOut: told.leftOut, problems: told.problems }))
    await writeFile(`${path}.hash`, snapshotHash)
    await removeOlder(folder, subject, format, nameOf(subject, format))
    return { path, bytes: (await stat(path)).size, snapshotHash, ...(told ? { leftOut: told.leftOut } : {}) }
  }

  async function file(subject: BulkSubject, format: BulkFormat): Promise<BulkFile> {
    const found = await kept(subject, format)
    if (found) return found
    const name = nameOf(subject, format)
    const running = making.get(name)
    if (running) return running
    const made = last.then(() => make(subject, format))
    last = made.catch(() => undefined)
    making.set(name, made)
    return made.finally(() => making.delete(name))
  }

  return {
    async subjects() {
      const collections = await operations.run(listOpenCollections, {}, ANONYMOUS)
      return [together(collections), ...collections]
    },
    tagOf,
    kept,
    file,
    leftOut: async (subject) => readLeftOut((await file(subject, PUBLISHED)).path),
  }
}

function together(collections: readonly OpenCollection[]): BulkSubject {
  const own = collections.filter(({ kind }) => kind === 'working')
  const changes = own.flatMap(({ changedAt }) => (changedAt === null ? [] : [changedAt])).sort()
  return {
    key: ALL,
    names: null,
    kind: null,
    source: null,
    listings: own.reduce((sum, { listings }) => sum + listings, 0),
    organisations: own.reduce((sum, { organisations }) => sum + organisations, 0),
    records: own.reduce((sum, { records }) => sum + records, 0),
    initiatives: own.reduce((sum, { initiatives, alsoBefore }) => sum + initiatives - alsoBefore, 0),
    alsoBefore: 0,
    changedAt: changes.at(-1) ?? null,
    mark: own.map(({ key, mark }) => `${key}:${mark}`).join(' '),
  }
}

export function filterOfSubject({ key }: Pick<BulkSubject, 'key'>): ListingFilter {
  return { values: key === ALL ? {} : { collection: [key] } }
}

/** Of a subject; a key may hold points, so it is hashed. */
function prefixOf({ key }: BulkSubject): string {
  return `${createHash('sha256').update(key).digest('hex').slice(0, 16)}-`
}

/** Written beside and renamed: half a file never looks like a whole one. */
async function writeBeside<T>(path: string, fill: (out: Writable) => Promise<T>): Promise<T> {
  const part = `${path}.part`
  try {
    const out = createWriteStream(part)
    const failed = new Promise<never>((_resolve, reject) => out.once('error', reject))
    const written = await Promise.race([fill(out), failed])
    await rename(part, path)
    return written
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** A reader who has an older file open keeps it. */
async function removeOlder(folder: string, subject: BulkSubject, { extension }: BulkFormat, newest: string): Promise<void> {
  const older = (await readdir(folder)).filter((name) => {
    const file = name.replace(/\.(hash|left-out)$/, '')
    // Prefix and tag have no point; one ending is the end of another.
    return name.startsWith(prefixOf(subject)) && file.slice(file.indexOf('.') + 1) === extension && file !== newest
  })
  for (const name of older) await rm(join(folder, name), { force: true })
}

function isPublished({ extension }: BulkFormat): boolean {
  return extension === PUBLISHED.extension
}

async function readLeftOut(path: string): Promise<LeftOutRecords> {
  return JSON.parse(await readFile(`${path}.left-out`, 'utf8')) as LeftOutRecords
}

interface WrittenBulk {
  /** Of the rows. */
  readonly snapshotHash: string
  readonly told?: LeftOutRecords
}

async function writeBulk(operations: Operations, subject: BulkSubject, format: BulkFormat, out: Writable): Promise<WrittenBulk> {
  const t = translatorFor(LANGUAGE)
  const filter = filterOfSubject(subject)
  const at = new Date()
  const collections = collectionsOf(filter, await operations.run(listCollectionsQuery, {}, ANONYMOUS))
  if (format.extension === ORGANISATIONS.extension) {
    const chosen = filter.values.collection
    const request = { ...(chosen === undefined ? {} : { collections: chosen }), extensions: true, now: at }
    return { snapshotHash: (await writeOrganisationFile(operations, ANONYMOUS, request, out)).digest }
  }
  if (isPublished(format)) {
    const told = await writePublishedFile(operations, ANONYMOUS, { filter, extensions: true, now: at }, out)
    return { snapshotHash: (await operations.run(digestOfListings, { filter }, ANONYMOUS)).snapshotHash, told }
  }
  const listing = LISTING_FORMATS.find(({ extension }) => extension === format.extension)
  if (listing === undefined) {
    const request = { filter, collections, programVersion: programVersion(), at }
    return { snapshotHash: (await writePackage(operations, request, t, out)).snapshotHash }
  }
  const { batches, hash } = digestListings(await operations.run(exportListings, { filter }, ANONYMOUS))
  if (listing.extension === 'csv') {
    // For programs: keys instead of headings, and no text is changed for a spreadsheet.
    const columns = listingColumns(t).map((column) => ({ ...column, header: column.key }))
    await writeCsv(listingRows(t, batches), columns, out, { machine: true })
  } else {
    const about = { filter: subject.key === ALL ? '' : subject.key, day: at.toISOString().slice(0, 10), collections }
    await listing.write(batches, t, out, about)
  }
  return { snapshotHash: hash() }
}
