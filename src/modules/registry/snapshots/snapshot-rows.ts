/** SQL that the operations on snapshots share. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { Actor } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import type { Snapshot } from './snapshot.ts'

/** Newest first. Who took one is for those who take them. */
export async function selectSnapshots(db: Db, actor: Actor, where: Sql, limit: number): Promise<Snapshot[]> {
  const rows = await db.many<Snapshot>(sql`
    select s.id, s.title, s.filter, s.counts, s.snapshot_hash as "snapshotHash", s.content_hash as "contentHash",
           s.code_lists as "codeLists", s.program_version as "programVersion", s.lang, s.file_bytes as "fileBytes",
           s.file_digest as "fileDigest", s.taken_at as "takenAt", s.taken_by as "takenBy"
    from snapshots as s
    where ${where}
    order by s.id desc
    limit ${limit}
  `)
  const showsTakers = permits(actor, 'registry.snapshot.take')
  return showsTakers ? rows : rows.map((row) => ({ ...row, takenBy: null }))
}
