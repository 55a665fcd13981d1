/** Keeps a data package as a snapshot. The job that writes the package runs it; nothing changes a snapshot afterwards. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { defineCommand } from '../../../operations/index.ts'
import { inChunks, isAsyncIterable } from './file-chunks.ts'
import { NewSnapshotSchema, type Snapshot } from './snapshot.ts'

export const storeSnapshot = defineCommand({
  name: 'registry.store-snapshot',
  permission: 'registry.snapshot.take',
  input: NewSnapshotSchema.extend({
    fileBytes: z.number().int().min(1),
    fileDigest: z.string().regex(/^[0-9a-f]{64}$/),
    file: z.custom<AsyncIterable<Uint8Array>>(isAsyncIterable),
  }),
  limitSeconds: 'none',
  async run({ whole, actor, changed }, { file, ...stated }): Promise<Snapshot> {
    const id = newId()
    const snapshot: Snapshot = { ...stated, id, takenBy: actor.id }
    await whole.run(sql`
      insert into snapshots (id, title, filter, counts, snapshot_hash, content_hash, code_lists, program_version, lang,
                             file_bytes, file_digest, taken_at, taken_by)
      values (${id}, ${snapshot.title}, ${snapshot.filter}, ${JSON.stringify(snapshot.counts)}::jsonb, ${snapshot.snapshotHash},
              ${snapshot.contentHash}, ${JSON.stringify(snapshot.codeLists)}::jsonb, ${snapshot.programVersion}, ${snapshot.lang},
              ${snapshot.fileBytes}, ${snapshot.fileDigest}, ${snapshot.takenAt}, ${actor.id})
    `)
    const digest = createHash('sha256')
    let at = 0
    for await (const chunk of inChunks(file)) {
      digest.update(chunk)
      await whole.run(sql`insert into snapshot_chunks (snapshot_id, chunk_no, content) values (${id}, ${at}, ${chunk})`)
      at += 1
    }
    if (digest.digest('hex') !== stated.fileDigest) throw new Error('The file of the snapshot changed while it was kept.')
    changed({ ref: { module: 'registry', aggregate: 'snapshots', id }, action: 'taken', version: 1, after: snapshot })
    return snapshot
  },
})
