/**
 * A data package (Frictionless Data): the published rows under a filter with everything public behind them, as flat tables in CSV and
 * Parquet, with a description for programs (`datapackage.json`) and one for people (`README.md`). It holds what everybody may see,
 * whoever asks for it.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import type { Translator } from '../../../i18n/translator.ts'
import { type ZipWriter, zipInto } from '../../../interop/zip/index.ts'
import {
  type Collection,
  countInitiatives,
  createRowsDigest,
  digestOfRow,
  exportOpenRows,
  type ListingFilter,
  statedByInitiative,
  statedByListing,
} from '../../../modules/registry/index.ts'
import { ANONYMOUS, type Operations } from '../../../operations/index.ts'
import { listingColumns, listingRow } from '../listing-table.ts'
import { describePackage, type PackagedFile, readmeOf } from './describe-package.ts'
import { OPEN_TABLES } from './open-tables.ts'
import { type FilledTable, openTable } from './table-files.ts'

export interface PackageRequest {
  readonly filter: ListingFilter
  /** Collections from which rows may come: their sources and licences stand in the description. */
  readonly collections: readonly Collection[]
  /** Of the instance that gives it, such as https://example.org; empty where there is none. */
  readonly origin?: string | undefined
  readonly instance?: string | undefined
  readonly programVersion: string
  readonly at: Date
}

export interface WrittenPackage {
  readonly counts: Readonly<Record<string, number>>
  /** Over the listings: every download of the same rows carries it. */
  readonly snapshotHash: string
  /** Over everything that the package says. */
  readonly contentHash: string
}

/** Writes the zip in the translator's language and ends `out`. */
export async function writePackage(
  operations: Operations,
  request: PackageRequest,
  t: Translator,
  out: Writable,
): Promise<WrittenPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'sursur-package-'))
  try {
    const { tables, initiatives, ...hashes } = await fillTables(operations, request.filter, t, folder)
    const zip = zipInto(out)
    const files: PackagedFile[] = []
    for (const table of tables)
      for (const file of table.files) files.push({ table, file, ...(await pack(zip, folder, file.path)) })
    const packaged = { ...request, ...hashes, files, tables, initiatives }
    await zip.part('README.md').end(Buffer.from(readmeOf(t, packaged)))
    await zip.part('datapackage.json').end(Buffer.from(`${JSON.stringify(describePackage(t, packaged), null, 2)}\n`))
    await zip.finish()
    return { ...hashes, counts: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])) }
  } catch (error) {
    // Half a package must not look like a whole one.
    out.destroy()
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function fillTables(
  operations: Operations,
  filter: ListingFilter,
  t: Translator,
  folder: string,
): Promise<{ tables: FilledTable[]; initiatives: number; snapshotHash: string; contentHash: string }> {
  // As a stranger: the policy and the database itself then keep out what is not for everybody.
  const batches = await operations.run(exportOpenRows, { filter }, ANONYMOUS)
  const rowsHash = createRowsDigest()
  const contentHash = createRowsDigest()
  const listings = openTable(folder, 'listings', listingColumns(t))
  const tables = OPEN_TABLES.map((table) => ({
    table,
    writer: openTable(
      folder,
      table.name,
      table.columns.map((column) => ({ ...column, header: column.key })),
    ),
  }))
  let records = 0
  const linked: { leadingId: string }[] = []
  const writers = [listings, ...tables.map(({ writer }) => writer)]
  try {
    for await (const batch of batches) {
      for (const listing of batch.listings) {
        const digest = digestOfRow(statedByListing(listing))
        rowsHash.addDigest(digest)
        contentHash.addDigest(digest)
      }
      for (const initiative of batch.initiatives) {
        contentHash.add(statedByInitiative(initiative))
        records += 1
        if (initiative.sameAs !== null) linked.push({ leadingId: initiative.sameAs })
      }
      await listings.add(batch.listings.map((listing) => listingRow(t, listing)))
      for (const { table, writer } of tables)
        await writer.add(batch.initiatives.flatMap((initiative) => table.rows(initiative, t)))
    }
    const filled: FilledTable[] = []
    for (const writer of writers) filled.push(await writer.end())
    return {
      tables: filled,
      initiatives: countInitiatives(records, linked),
      snapshotHash: rowsHash.value(),
      contentHash: contentHash.value(),
    }
  } catch (error) {
    for (const writer of writers) writer.stop()
    throw error
  }
}

/** Moves a file into the archive and says what it is. Parquet is packed already. */
async function pack(zip: ZipWriter, folder: string, path: string): Promise<{ bytes: number; sha256: string }> {
  const part = zip.part(`data/${path}`, path.endsWith('.parquet') ? { level: 0 } : {})
  const digest = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(join(folder, path)) as AsyncIterable<Buffer>) {
    digest.update(piece)
    bytes += piece.length
    await part.write(piece)
  }
  await part.end()
  return { bytes, sha256: digest.digest('hex') }
}
