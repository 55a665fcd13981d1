/**
 * How often somebody may ask: a bucket of tokens for each address, account or key, refilled steadily. Kept in memory: a restart
 * fills every bucket, and several processes each count for themselves.
 */
import { Problem } from './problems.ts'

interface Amount {
  /** Tokens that come back each second. */
  readonly perSecond: number
  /** Tokens of a full bucket: how many requests may come at once. */
  readonly burst: number
}

const PER_MINUTE = 1 / 60

/** A page asks for itself and three files; an office of 50 people may share one address. */
const AMOUNTS = {
  address: { perSecond: 100, burst: 300 },
  /** This machine: programs and imports of the administrator. Not endless, so that a loop that ran wild is told. */
  'this-machine': { perSecond: 5_000, burst: 50_000 },
  account: { perSecond: 50, burst: 200 },
  key: { perSecond: 20, burst: 100 },
  /** Passwords, codes and links that are tried, from one address. */
  'sign-in': { perSecond: 5 * PER_MINUTE, burst: 10 },
  'sign-in-this-machine': { perSecond: 30 * PER_MINUTE, burst: 30 },
  /** The same over everybody: each costs a tenth of a second of reckoning, so the pages keep most of the machine. */
  'sign-in-all': { perSecond: 4, burst: 60 },
} as const satisfies Record<string, Amount>

export type LimitKind = keyof typeof AMOUNTS

export interface RateLimits {
  /** Takes one token, or throws `http.too-many-requests`; a refused request takes none. */
  take(kind: LimitKind, key: string): void
}

/** Of each kind. Who was not heard of for longest is forgotten first, which only makes the limit kinder. */
const KEPT_BUCKETS = 50_000

interface Bucket {
  tokens: number
  at: number
}

/** `nowMs` counts milliseconds and never goes back. */
export function createRateLimits(nowMs: () => number): RateLimits {
  const bucketsOf = new Map<LimitKind, Map<string, Bucket>>()
  return {
    take(kind, key) {
      const { perSecond, burst } = AMOUNTS[kind]
      const buckets = bucketsOf.get(kind) ?? new Map<string, Bucket>()
      bucketsOf.set(kind, buckets)
      const now = nowMs()
      const before = buckets.get(key) ?? { tokens: burst, at: now }
      const tokens = Math.min(burst, before.tokens + ((now - before.at) / 1000) * perSecond)
      const granted = tokens >= 1
      buckets.delete(key)
      buckets.set(key, { tokens: granted ? tokens - 1 : tokens, at: now })
      if (buckets.size > KEPT_BUCKETS) buckets.delete(buckets.keys().next().value ?? '')
      if (!granted) throw new Problem('http.too-many-requests', { seconds: Math.ceil((1 - tokens) / perSecond) })
    },
  }
}
