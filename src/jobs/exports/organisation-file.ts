/**
 * Organisations as a published file of IATI 2.03: each as it was published, whole; and whoever owns one of the collections and has
 * published nothing about itself, as the directory knows it.
 */
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { zstdDecompressSync } from 'node:zlib'
import { type FileContext, type OrganisationItem, organisationFile, parseElement } from '../../interop/iati/index.ts'
import { foldName, getOrgQuery, listNamedOrgs } from '../../modules/directory/index.ts'
import { exportOrganisations, listCollectionsQuery } from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { stateOrganisation } from '../imports/published/state-organisation.ts'
import { createExportTally } from './export-tally.ts'
import type { WrittenPublishedFile } from './published-file.ts'

export interface OrganisationFileRequest {
  /** Collections by key; without: all working ones. */
  readonly collections?: readonly string[]
  /** Elements of our own, which hold what plain 2.03 does not allow in its place. */
  readonly extensions: boolean
  readonly now: Date
}

/** Writes the file and ends `out`. The digest is over what the published ones say. */
export async function writeOrganisationFile(
  operations: Operations,
  actor: Actor,
  { collections, extensions, now }: OrganisationFileRequest,
  out: Writable,
): Promise<WrittenPublishedFile & { readonly digest: string }> {
  const asked = collections === undefined ? {} : { collections: [...collections] }
  const { identifiers, digest, batches } = await operations.run(exportOrganisations, asked, actor)
  let read = 0
  async function* items(): AsyncGenerator<OrganisationItem> {
    for await (const { organisations, blocks } of batches) {
      const unpacked = new Map(
        blocks.map(({ id, content, context }) => [id, { bytes: zstdDecompressSync(content), context: context as FileContext }]),
      )
      for (const { identifier, facts, updatedAt, piece } of organisations) {
        const block = unpacked.get(piece.blockId)
        if (!block) throw new Error(`Block ${piece.blockId} of ${identifier} is not there.`)
        const text = block.bytes.toString('utf8', piece.start, piece.start + piece.length)
        const { organisation } = stateOrganisation(parseElement(text, 1), block.context, () => undefined)
        read += 1
        yield {
          organisation: { id: identifier, iatiId: identifier, name: facts.name ?? { orig: 'und', texts: {} }, updatedAt },
          original: { organisation, namespaces: block.context.namespaces },
        }
        await nextTurn()
      }
    }
    for (const item of await ownersOf(operations, actor, collections, identifiers)) {
      read += 1
      yield item
    }
  }
  const { say, tally } = createExportTally()
  const texts = organisationFile(items(), { extensions, now: now.toISOString(), say })
  await pipeline(texts, out)
  const told = tally()
  return { written: read - told.leftOut, digest, ...told }
}

/** Those that published nothing themselves. An organisation without an identifier cannot be written, and is not one of them. */
async function ownersOf(
  operations: Operations,
  actor: Actor,
  keys: readonly string[] | undefined,
  published: readonly string[],
): Promise<OrganisationItem[]> {
  const collections = await operations.run(listCollectionsQuery, {}, actor)
  const chosen = collections.filter(({ key, kind }) => (keys === undefined ? kind === 'working' : keys.includes(key)))
  const ids = [...new Set(chosen.flatMap(({ ownerOrg }) => ownerOrg ?? []))]
  if (ids.length === 0) return []
  const known = new Set(published.map(foldName))
  const items: OrganisationItem[] = []
  // Only those come out that the reader may see.
  for (const { id, iatiId } of await operations.run(listNamedOrgs, { ids }, actor)) {
    if (iatiId === null || known.has(foldName(iatiId))) continue
    known.add(foldName(iatiId))
    const { names, orgType, updatedAt } = await operations.run(getOrgQuery, { org: id }, actor)
    items.push({ organisation: { id, iatiId, name: names, orgType, updatedAt } })
  }
  return items
}
