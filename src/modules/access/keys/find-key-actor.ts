/** Whose key came with a call: the owner with the roles of this moment, narrowed to what the key may do. */
import { z } from 'zod'
import { readApiKey, sameDigest } from '../../../credentials/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Actor, defineCommand } from '../../../operations/index.ts'
import { loadGrants } from '../grants/load-grants.ts'

export interface KeyActor {
  readonly actor: Actor
  readonly keyId: string
  readonly hourlyQuota: number
}

interface KeyRow {
  readonly userId: string
  readonly digest: string
  readonly permissions: readonly string[]
  readonly hourlyQuota: number
  readonly expiresAt: string
  readonly usedAt: string | null
  readonly revokedAt: string | null
  readonly ownerName: string
  readonly ownerState: string
}

/** Stands in for a key that is not there, so that an unknown one takes as long as a wrong one. */
const NO_DIGEST = '0'.repeat(64)
const MINUTE_MS = 60_000

/** A command because it notes the use. It writes no event: what the key then does is audited under its id. */
export const findKeyActor = defineCommand({
  name: 'access.find-key-actor',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ key: z.string() }),
  async run({ db, clock }, { key }): Promise<KeyActor> {
    const read = readApiKey(key)
    const row = read && (await findKey(db, read.id))
    const isSame = sameDigest(read?.digest ?? NO_DIGEST, row?.digest ?? NO_DIGEST)
    if (!read || !row || !isSame) throw new Problem('keys.not-known')
    const now = clock.now()
    requireAlive(row, now)
    await noteUse(db, read.id, row, now)
    const { userId, ownerName, permissions, hourlyQuota } = row
    const grants = await loadGrants(db, userId)
    const actor: Actor = { id: userId, kind: 'user', name: ownerName, grants, keyId: read.id, allowed: permissions }
    return { actor, keyId: read.id, hourlyQuota }
  },
})

function findKey(db: Db, id: string): Promise<KeyRow | undefined> {
  return db.maybe<KeyRow>(sql`
    select k.user_id as "userId", k.secret_digest as digest, k.permissions, k.hourly_quota as "hourlyQuota",
           k.expires_at as "expiresAt", k.used_at as "usedAt", k.revoked_at as "revokedAt", u.name as "ownerName", u.state as "ownerState"
    from api_keys as k
    join users as u on u.id = k.user_id
    where k.id = ${id}
  `)
}

/** Said only to whoever holds the whole key. */
function requireAlive({ expiresAt, revokedAt, ownerState }: KeyRow, now: Date): void {
  if (revokedAt !== null) throw new Problem('keys.revoked', { on: revokedAt.slice(0, 10) })
  if (new Date(expiresAt) <= now) throw new Problem('keys.expired', { on: expiresAt.slice(0, 10) })
  if (ownerState !== 'active') throw new Problem('keys.owner-not-active')
}

/** To the minute: a program that calls often would otherwise write on every call. */
async function noteUse(db: Db, id: string, { usedAt }: KeyRow, now: Date): Promise<void> {
  const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS)
  if (usedAt !== null && new Date(usedAt) >= minute) return
  await db.run(sql`update api_keys set used_at = ${minute.toISOString()} where id = ${id}`)
}
