/** What somebody lent, and what was lent to them. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { type ListedGrant, listGrantRows } from './grant.ts'

export interface OwnDelegations {
  readonly lent: readonly ListedGrant[]
  readonly borrowed: readonly ListedGrant[]
}

export const listOwnDelegations = defineQuery({
  name: 'access.list-own-delegations',
  permission: 'access.delegation.read',
  // The names of both people are shown, which neither could read otherwise.
  rows: 'whole',
  input: z.object({}),
  async run({ db, actor }): Promise<OwnDelegations> {
    const all = await listGrantRows(
      db,
      sql`g.on_behalf_of = ${actor.id} or (g.on_behalf_of is not null and g.user_id = ${actor.id})`,
    )
    return {
      lent: all.filter(({ onBehalfOf }) => onBehalfOf === actor.id),
      borrowed: all.filter(({ userId }) => userId === actor.id),
    }
  },
})
