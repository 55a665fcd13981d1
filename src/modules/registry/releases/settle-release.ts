/** Confirms a release, gives it up, and keeps its package once it is written. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { inChunks, isAsyncIterable } from '../snapshots/file-chunks.ts'
import { requireStillOwn } from './fix-records.ts'
import { getReleaseForChange, type Release, ReleaseSchema, saveRelease, scopeOfRelease } from './release.ts'

const Which = z.object({ id: z.string(), version: z.number().int().min(1) })

/** From here on nothing of it changes. Another person than whoever changed it last, where there is one (domain section 14). */
export const confirmRelease = defineCommand({
  name: 'registry.confirm-release',
  permission: 'registry.release.confirm',
  input: Which,
  output: ReleaseSchema,
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run(context, { id, version }): Promise<Release> {
    const release = await getReleaseForChange(context.db, id, version, ['drafted'])
    const { leaving } = await context.db.one<{ leaving: number }>(sql`
      select count(*)::int as leaving from release_records where release_id = ${id} and not withheld
    `)
    if (leaving === 0) throw new Problem('releases.nothing-leaves')
    await requireStillOwn(context.whole, release)
    const confirmedAt = context.clock.now().toISOString()
    return saveRelease(context, release, { state: 'confirmed', confirmedAt, confirmedBy: context.actor.id }, 'confirmed')
  },
})

/** Nothing of it leaves. One that is written has left. */
export const abandonRelease = defineCommand({
  name: 'registry.abandon-release',
  permission: 'registry.release.edit',
  input: Which.extend({ reason: z.string().trim().max(2_000).optional() }),
  output: ReleaseSchema,
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run(context, { id, version, reason }): Promise<Release> {
    const release = await getReleaseForChange(context.db, id, version, ['drafted', 'confirmed'])
    const abandonedAt = context.clock.now().toISOString()
    return saveRelease(context, release, { state: 'abandoned', abandonedAt, abandonedBy: context.actor.id }, 'abandoned', {
      reason,
    })
  },
})

/** Keeps the package. The job that writes it runs this; nothing changes it afterwards. */
export const storeRelease = defineCommand({
  name: 'registry.store-release',
  permission: 'registry.release.edit',
  input: Which.extend({
    fileBytes: z.number().int().min(1),
    fileDigest: z.string().regex(/^[0-9a-f]{64}$/),
    file: z.custom<AsyncIterable<Uint8Array>>(isAsyncIterable),
  }),
  limitSeconds: 'none',
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run(context, { id, version, fileBytes, fileDigest, file }): Promise<Release> {
    const release = await getReleaseForChange(context.db, id, version, ['confirmed'])
    const digest = createHash('sha256')
    let at = 0
    for await (const chunk of inChunks(file)) {
      digest.update(chunk)
      await context.db.run(sql`insert into release_chunks (release_id, chunk_no, content) values (${id}, ${at}, ${chunk})`)
      at += 1
    }
    if (digest.digest('hex') !== fileDigest) throw new Error('The package changed while it was kept.')
    const writtenAt = context.clock.now().toISOString()
    return saveRelease(
      context,
      release,
      { state: 'written', writtenAt, writtenBy: context.actor.id, fileBytes, fileDigest },
      'written',
    )
  },
})
