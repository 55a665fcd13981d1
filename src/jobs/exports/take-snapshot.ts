/** Freezes what everybody can see under a filter: writes the data package, makes sure that nothing changed meanwhile, keeps it. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Translator } from '../../i18n/translator.ts'
import { defineProblems, Problem } from '../../kernel/problems.ts'
import { permits } from '../../modules/access/index.ts'
import {
  formatListingFilter,
  type ListingFilter,
  listCollectionsQuery,
  listOpenCollections,
  type Snapshot,
  storeSnapshot,
} from '../../modules/registry/index.ts'
import { type Actor, ANONYMOUS, type Operations } from '../../operations/index.ts'
import { collectionsOf } from './listing-about.ts'
import { codeListVersions } from './package/describe-package.ts'
import { writePackage } from './package/write-package.ts'
import { programVersion } from './program-version.ts'

defineProblems('exports', { 'data-moving': { kind: 'conflict', params: [] } })

export interface SnapshotRequest {
  readonly filter: ListingFilter
  readonly title?: string | undefined
  readonly instance?: string | undefined
  readonly origin?: string | undefined
}

/** Readings before it is said that the data do not keep still. */
const ATTEMPTS = 3

/** Errors: Problems `operations.permission-lacking` and `exports.data-moving`. */
export async function takeSnapshot(
  operations: Operations,
  { filter, title, instance, origin }: SnapshotRequest,
  t: Translator,
  actor: Actor,
): Promise<Snapshot> {
  // Asked before the work, and by the command once more.
  const permission = storeSnapshot.permission as string
  if (!permits(actor, permission)) throw new Problem('operations.permission-lacking', { permission })
  const folder = await mkdtemp(join(tmpdir(), 'sursur-snapshot-'))
  const path = join(folder, 'package.zip')
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await stateOfData(operations)
      const at = new Date()
      const collections = collectionsOf(filter, await operations.run(listCollectionsQuery, {}, ANONYMOUS))
      const request = { filter, collections, instance, origin, programVersion: programVersion(), at }
      const written = await writePackage(operations, request, t, createWriteStream(path))
      if ((await stateOfData(operations)) !== before) continue
      return await operations.run(
        storeSnapshot,
        {
          ...written,
          title: title ?? null,
          filter: formatListingFilter(filter).toString(),
          codeLists: codeListVersions(),
          programVersion: programVersion(),
          lang: t.lang,
          takenAt: at.toISOString(),
          fileBytes: (await stat(path)).size,
          fileDigest: await digestOfFile(path),
          file: createReadStream(path),
        },
        actor,
      )
    }
    throw new Problem('exports.data-moving')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function stateOfData(operations: Operations): Promise<string> {
  const collections = await operations.run(listOpenCollections, {}, ANONYMOUS)
  return collections.map(({ key, mark }) => `${key}:${mark}`).join(' ')
}

async function digestOfFile(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const piece of createReadStream(path)) digest.update(piece as Buffer)
  return digest.digest('hex')
}
