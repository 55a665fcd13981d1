/** A key by which a program acts for somebody: what its owner sees of it, and the rules that need no database. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Actor } from '../../../operations/index.ts'
import { isForKeys, PERMISSIONS } from '../policy/permissions.ts'
import { permits } from '../policy/permits.ts'

/** Calls an hour; more is a matter for a copy of the data. */
export const HIGHEST_QUOTA = 10_000
export const LONGEST_LIFE_DAYS = 366

export const ApiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.array(z.string()).readonly(),
  hourlyQuota: z.number().int(),
  expiresAt: z.string(),
  createdAt: z.string(),
  /** To the minute; null before the first use. */
  usedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
})
export type ApiKey = Readonly<z.output<typeof ApiKeySchema>>

export function selectKeys(db: Db, userId: string): Promise<ApiKey[]> {
  return db.many<ApiKey>(sql`
    select id, name, permissions, hourly_quota as "hourlyQuota", expires_at as "expiresAt", created_at as "createdAt",
           used_at as "usedAt", revoked_at as "revokedAt"
    from api_keys
    where user_id = ${userId}
    order by created_at desc, id
  `)
}

/** Keys belong to people: the person at this machine without an account has none to narrow. */
export function requireAccount(actor: Actor): void {
  if (actor.kind !== 'user') throw new Problem('keys.needs-account')
}

/** A leaked key must not be able to make itself a stronger or longer-lived successor. */
export function requireNoKey(actor: Actor): void {
  if (actor.keyId !== undefined) throw new Problem('keys.not-by-key')
}

/** Whether the actor could give a key this permission. */
export function canGiveToKey(actor: Actor, permission: string): boolean {
  return isForKeys(permission) && permits(actor, permission)
}

/** The permissions that the actor could give to a key. */
export function permissionsForKeys(actor: Actor): string[] {
  return Object.keys(PERMISSIONS)
    .filter((permission) => canGiveToKey(actor, permission))
    .sort()
}
