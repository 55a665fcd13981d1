/** Who stands behind the numbers in histories and lists. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'

export interface NamedUser {
  readonly id: string
  /** Null: deleted, or not for the eyes of whoever asks; a page says "a person" then. */
  readonly name: string | null
}

/** Names of accounts for members; strangers learn no name. Ids that are no account are left out. */
export const nameUsers = defineQuery({
  name: 'access.name-users',
  permission: 'registry.initiative.read',
  input: z.object({ ids: z.array(z.string().max(100)).max(500) }),
  run: ({ whole, sight }, { ids }): Promise<NamedUser[]> =>
    whole.many<NamedUser>(sql`
      select id, case when ${sight.rows.sees !== 'public'} then nullif(name, '') end as name
      from users
      where id = any(${ids}::text[])
      order by id
    `),
})
