/** What somebody began and nobody has published: it stays when the account goes, and is named so that another takes it over. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import type { OpenWork } from './user.ts'
import { ownId, ownScope } from './user-rows.ts'

export const listOwnOpenWork = defineQuery({
  name: 'access.list-own-open-work',
  permission: 'access.own-account.read',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({}),
  run: ({ whole, actor }): Promise<OpenWork[]> => listOpenWork(whole, ownId(actor)),
})

const MOST = 500

/** States in which a record still waits for somebody. */
const OPEN = ['draft', 'submitted', 'returned', 'verified', 'under_revision']

/** Records whose newest version is the person's. `db` sees every row. */
export function listOpenWork(db: Db, userId: string): Promise<OpenWork[]> {
  return db.many<OpenWork>(sql`
    select v.module, v.aggregate, v.record_id as id, v.snapshot ->> 'state' as state
    from record_versions as v
    where v.actor_id = ${userId} and v.module <> 'access' and v.snapshot ->> 'state' = any(${OPEN}::text[])
      and not exists (
        select 1
        from record_versions as newer
        where newer.module = v.module and newer.aggregate = v.aggregate and newer.record_id = v.record_id and newer.version > v.version
      )
    order by v.module, v.aggregate, v.record_id
    limit ${MOST}
  `)
}
