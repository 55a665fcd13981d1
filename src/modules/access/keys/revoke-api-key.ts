/** Ends a key at once. Its row stays: the audit trail names it. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { type ApiKey, ApiKeySchema, requireAccount, selectKeys } from './api-key.ts'

export const revokeApiKey = defineCommand({
  name: 'access.revoke-api-key',
  permission: 'access.key.edit',
  scope: async ({ actor }) => ({ orgs: [], countries: [], self: actor.id }),
  input: z.object({ id: z.string().max(100), reason: z.string().max(2000).optional() }),
  output: ApiKeySchema,
  async run({ db, actor, clock, changed }, { id, reason }): Promise<ApiKey> {
    requireAccount(actor)
    await db.maybe(sql`select 1 from api_keys where id = ${id} and user_id = ${actor.id} for update`)
    const before = (await selectKeys(db, actor.id)).find((key) => key.id === id)
    if (!before) throw new Problem('keys.missing', { id })
    if (before.revokedAt !== null) return before
    const after = { ...before, revokedAt: clock.now().toISOString() }
    await db.run(sql`update api_keys set revoked_at = ${after.revokedAt} where id = ${id} and user_id = ${actor.id}`)
    changed({
      ref: { module: 'access', aggregate: 'api_keys', id },
      action: 'revoked',
      version: 2,
      before,
      after,
      ...(reason === undefined ? {} : { reason }),
    })
    return after
  },
})
