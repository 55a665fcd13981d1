/** The snapshots of this instance, newest first, and one of them. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { type Snapshot, SnapshotSchema } from './snapshot.ts'
import { selectSnapshots } from './snapshot-rows.ts'

export const listSnapshots = defineQuery({
  name: 'registry.list-snapshots',
  permission: 'registry.initiative.read',
  input: z.object({ limit: z.number().int().min(1).max(500).default(200) }),
  output: z.array(SnapshotSchema) as unknown as z.ZodType<Snapshot[]>,
  run: ({ db, actor }, { limit }) => selectSnapshots(db, actor, sql`true`, limit),
})

export const getSnapshot = defineQuery({
  name: 'registry.get-snapshot',
  permission: 'registry.initiative.read',
  input: z.object({ id: z.string() }),
  output: SnapshotSchema as unknown as z.ZodType<Snapshot>,
  async run({ db, actor }, { id }): Promise<Snapshot> {
    const [found] = await selectSnapshots(db, actor, sql`s.id = ${id}`, 1)
    if (!found) throw new Problem('registry.snapshot-missing', { id })
    return found
  },
})

/** The data package, piece by piece. */
export const readSnapshotFile = defineQuery({
  name: 'registry.read-snapshot-file',
  permission: 'registry.initiative.read',
  input: z.object({ id: z.string() }),
  async run({ db, actor }, { id }): Promise<AsyncGenerator<Uint8Array>> {
    const [found] = await selectSnapshots(db, actor, sql`s.id = ${id}`, 1)
    if (!found) throw new Problem('registry.snapshot-missing', { id })
    return pieces()

    async function* pieces() {
      for (let at = 0; ; at += 1) {
        const piece = await db.maybe<{ content: Uint8Array }>(sql`
          select content from snapshot_chunks where snapshot_id = ${id} and chunk_no = ${at}
        `)
        if (!piece) return
        yield piece.content
      }
    }
  },
})
