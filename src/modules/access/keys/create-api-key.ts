/** Makes a key for a program. Its secret is given once: only a digest is kept. */
import { z } from 'zod'
import { newApiKey } from '../../../credentials/index.ts'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Actor, defineCommand } from '../../../operations/index.ts'
import { ApiKeySchema, canGiveToKey, HIGHEST_QUOTA, LONGEST_LIFE_DAYS, requireAccount, requireNoKey } from './api-key.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export const createApiKey = defineCommand({
  name: 'access.create-api-key',
  permission: 'access.key.edit',
  rows: 'whole',
  answer: 'secret',
  scope: async ({ actor }) => ({ orgs: [], countries: [], self: actor.id }),
  input: z.object({
    name: z.string().trim().min(1).max(200),
    permissions: z.array(z.string().max(100)).min(1).max(100),
    hourlyQuota: z.number().int().min(1).max(HIGHEST_QUOTA).default(1_000),
    /** Instant from which it no longer works: within a year. */
    expiresAt: z.iso.datetime({ offset: true }),
  }),
  output: ApiKeySchema.extend({ key: z.string() }),
  async run({ db, actor, clock, changed }, { name, permissions, hourlyQuota, expiresAt }) {
    requireAccount(actor)
    requireNoKey(actor)
    requireHeld(actor, permissions)
    const now = clock.now()
    requireWithinYear(new Date(expiresAt), now)
    const { key, id, digest } = newApiKey()
    const made = {
      id,
      name,
      permissions: [...new Set(permissions)].sort(),
      hourlyQuota,
      expiresAt: new Date(expiresAt).toISOString(),
      createdAt: now.toISOString(),
      usedAt: null,
      revokedAt: null,
    }
    await db.run(sql`
      insert into api_keys (id, user_id, name, secret_digest, permissions, hourly_quota, expires_at, created_at)
      values (${id}, ${actor.id}, ${name}, ${digest}, ${made.permissions}::text[], ${hourlyQuota}, ${made.expiresAt}, ${made.createdAt})
    `)
    changed({ ref: { module: 'access', aggregate: 'api_keys', id }, action: 'created', version: 1, after: made })
    return { ...made, key }
  },
})

/** Narrower than its owner from the start; what the owner loses later is lost to the key at once. */
function requireHeld(actor: Actor, permissions: readonly string[]): void {
  const missing = permissions.find((permission) => !canGiveToKey(actor, permission))
  if (missing !== undefined)
    throw new Problem('keys.permission-not-held', { permission: missing }, { place: { field: 'permissions' } })
}

function requireWithinYear(expiresAt: Date, now: Date): void {
  const days = (expiresAt.getTime() - now.getTime()) / DAY_MS
  if (days > 0 && days <= LONGEST_LIFE_DAYS) return
  throw new Problem(
    'keys.expiry-not-accepted',
    { found: expiresAt.toISOString().slice(0, 10), days: LONGEST_LIFE_DAYS },
    { place: { field: 'expiresAt' } },
  )
}
