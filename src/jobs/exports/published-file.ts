/**
 * Initiatives as a published file of IATI 2.03: each record whole, from the piece that brought it where there is one, changed where the
 * record was changed since. Written as it goes; 100,000 of them need no more memory than 500.
 */
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { zstdDecompressSync } from 'node:zlib'
import { activityFile, type FileContext, type FileItem, parseElement } from '../../interop/iati/index.ts'
import { listNamedOrgs, listOrgKeys, type NamedOrg } from '../../modules/directory/index.ts'
import { cooperationLabelOf, type ExportedBatch, exportPublished, type ListingFilter } from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { createPublishedOrgFinder } from '../imports/published/org-finder.ts'
import { type OrgFinder, statePiece } from '../imports/published/state-piece.ts'
import { createExportTally, type ExportTally } from './export-tally.ts'

export interface PublishedFileRequest {
  readonly filter: ListingFilter
  /** Elements, attributes and tags of our own, which hold what plain 2.03 cannot say. */
  readonly extensions: boolean
  readonly now: Date
}

export interface WrittenPublishedFile extends ExportTally {
  readonly written: number
}

/** Activities after which others get their turn. */
const AT_ONCE = 20

/** Writes the file and ends `out`. */
export async function writePublishedFile(
  operations: Operations,
  actor: Actor,
  { filter, extensions, now }: PublishedFileRequest,
  out: Writable,
): Promise<WrittenPublishedFile> {
  const findOrg = createPublishedOrgFinder(await operations.run(listOrgKeys, {}, actor))
  const { batches } = await operations.run(exportPublished, { filter }, actor)
  const orgs = new Map<string, NamedOrg>()
  let read = 0
  async function* items(): AsyncGenerator<FileItem> {
    for await (const batch of batches) {
      await addOrgs(operations, actor, orgs, batch)
      for (const item of itemsOf(batch, findOrg)) {
        read += 1
        if (read % AT_ONCE === 0) await nextTurn()
        yield item
      }
    }
  }
  const { say, tally } = createExportTally()
  const texts = activityFile(items(), {
    extensions,
    now: now.toISOString(),
    labelOf: cooperationLabelOf,
    orgOf(orgId) {
      const org = orgs.get(orgId)
      return org && { iatiId: org.iatiId ?? undefined, name: org.names, orgType: org.orgType, iso3: org.countryCode ?? undefined }
    },
    say,
  })
  await pipeline(texts, out)
  const told = tally()
  return { written: read - told.leftOut, ...told }
}

async function addOrgs(
  operations: Operations,
  actor: Actor,
  known: Map<string, NamedOrg>,
  { records }: ExportedBatch,
): Promise<void> {
  const asked = new Set<string>()
  for (const { record } of records) {
    const ids = [record.facts.reportingOrg?.orgId, ...(record.facts.partners ?? []).map(({ orgId }) => orgId)]
    for (const id of ids) if (id !== undefined && !known.has(id)) asked.add(id)
  }
  if (asked.size === 0) return
  for (const org of await operations.run(listNamedOrgs, { ids: [...asked] }, actor)) known.set(org.id, org)
}

function* itemsOf({ records, blocks }: ExportedBatch, findOrg: OrgFinder): Generator<FileItem> {
  const unpacked = new Map(
    blocks.map(({ id, content, context }) => [id, { bytes: zstdDecompressSync(content), context: context as FileContext }]),
  )
  for (const { record, piece } of records) {
    const block = piece && unpacked.get(piece.blockId)
    if (!piece || !block) yield { record }
    else {
      const text = block.bytes.toString('utf8', piece.start, piece.start + piece.length)
      const { activity, facts } = statePiece(parseElement(text, 1), block.context, findOrg)
      yield { record, original: { activity, facts, namespaces: block.context.namespaces } }
    }
  }
}
