/**
 * Calls that each key made in the running hour. Kept in memory: a restart begins anew, and several processes each count for
 * themselves. Keys without a call in this hour take no room.
 */
import type { Clock } from '../../../kernel/clock.ts'
import { Problem } from '../../../kernel/problems.ts'

export interface KeyQuota {
  readonly quota: number
  readonly left: number
  /** Seconds until the next hour begins. */
  readonly resetSeconds: number
}

export interface KeyQuotas {
  /** Counts one call. Errors: Problem `keys.quota-used`. */
  take(keyId: string, quota: number): KeyQuota
  /** As the last call left it; undefined without one in this hour. */
  find(keyId: string): KeyQuota | undefined
}

const HOUR_MS = 60 * 60 * 1000

export function createKeyQuotas(clock: Clock): KeyQuotas {
  let hour = -1
  let calls = new Map<string, { quota: number; used: number }>()

  function startHour(): number {
    const now = clock.now().getTime()
    const current = Math.floor(now / HOUR_MS)
    if (current !== hour) {
      hour = current
      calls = new Map()
    }
    return Math.ceil(((hour + 1) * HOUR_MS - now) / 1000)
  }

  return {
    take(keyId, quota) {
      const resetSeconds = startHour()
      const used = calls.get(keyId)?.used ?? 0
      if (used >= quota) throw new Problem('keys.quota-used', { quota, seconds: resetSeconds })
      calls.set(keyId, { quota, used: used + 1 })
      return { quota, left: quota - used - 1, resetSeconds }
    },
    find(keyId) {
      const resetSeconds = startHour()
      const known = calls.get(keyId)
      return known && { quota: known.quota, left: Math.max(0, known.quota - known.used), resetSeconds }
    },
  }
}
