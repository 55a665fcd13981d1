/** Who holds which role: of one person, of one scope, or of all. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { SCOPES } from '../policy/role-table.ts'
import { type ListedGrant, listGrantRows } from './grant.ts'

export const listGrants = defineQuery({
  name: 'access.list-grants',
  permission: 'access.user.read',
  input: z.object({
    userId: z.string().optional(),
    scope: z.enum(SCOPES).optional(),
    scopeId: z.string().optional(),
    /** Also those that ended or were revoked. */
    past: z.boolean().default(false),
  }),
  run: ({ db }, { userId, scope, scopeId, past }): Promise<ListedGrant[]> =>
    listGrantRows(
      db,
      sql`(${userId ?? null}::text is null or g.user_id = ${userId ?? null})
        and (${scope ?? null}::text is null or g.scope = ${scope ?? null})
        and (${scopeId ?? null}::text is null or g.scope_id = ${scopeId ?? null})
        and (${past} or (g.revoked_at is null and (g.ends_at is null or g.ends_at > now())))`,
    ),
})
