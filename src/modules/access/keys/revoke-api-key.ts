/** Ends a key at once. Its row stays: the audit trail names it. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { type ApiKey, ApiKeySchema, requireAccount, selectKeys } from './api-key.ts'

export const revokeApiKey = defineCommand({
  name: 'access.revoke-api-key',
  permission: 'access.key.edit',
  rows: 'whole',
  scope: async ({ actor }) => ({ orgs: [], countries: [], self: actor.id }),
  input: z.object({ id: z.string().max(100), reason: z.string().max(2000).optional() }),
  output: ApiKeySchema,
  async run({ db, actor, clock, changed }, { id, reason }): Promise<ApiKey> {
    requireAccount(actor)
    await db.maybe(sql`select 1 from api_keys where id = ${id} and user_id = ${actor.id} for update`)
    const before = (await selectKeys(db, actor.id)).find((key) => key.id === id)
    if (!before) throw new Problem('keys.missing', { id })
    if (before.revokedAt !== null) return before
    return revoke({ db, clock, changed }, before, reason)
  },
})

/** All keys of a person that still work. `db` of the context must see them. */
export async function revokeEveryKey(context: Pick<CommandContext, 'db' | 'clock' | 'changed'>, userId: string): Promise<void> {
  await context.db.many(sql`select id from api_keys where user_id = ${userId} order by id for update`)
  for (const key of await selectKeys(context.db, userId)) if (key.revokedAt === null) await revoke(context, key)
}

async function revoke(
  { db, clock, changed }: Pick<CommandContext, 'db' | 'clock' | 'changed'>,
  before: ApiKey,
  reason?: string,
): Promise<ApiKey> {
  const after = { ...before, revokedAt: clock.now().toISOString() }
  await db.run(sql`update api_keys set revoked_at = ${after.revokedAt} where id = ${before.id}`)
  changed({
    ref: { module: 'access', aggregate: 'api_keys', id: before.id },
    action: 'revoked',
    version: 2,
    before,
    after,
    ...(reason === undefined ? {} : { reason }),
  })
  return after
}
