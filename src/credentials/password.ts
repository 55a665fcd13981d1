/**
 * Passwords as they are stored: scrypt, in the notation `$scrypt$ln=15,r=8,p=3$salt$hash`. The cost stands in each hash, so it can
 * be raised without asking anybody for a new password.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { inHashQueue } from './hash-queue.ts'
import { normalisePassword, PASSWORD_LENGTH } from './password-problem.ts'

export interface HashCost {
  /** Logarithm of N to base 2. Memory is 128 * r * N bytes. */
  readonly ln: number
  readonly r: number
  readonly p: number
}

/**
 * OWASP Password Storage Cheat Sheet: 32 MB and 0.2 s (measured 2026-11-25, 2 cores, Node 24). The same source counts it as strong as
 * ln 17 p 1, which takes 128 MB while it runs: too much for a small machine on which the whole program has 512 MB.
 */
export const HASH_COST: HashCost = { ln: 15, r: 8, p: 3 }

const SALT_BYTES = 16
const HASH_BYTES = 32

/** What we are willing to compute for a stored hash: a damaged row must not take all memory. */
const HIGHEST_COST: HashCost = { ln: 18, r: 16, p: 16 }

interface StoredHash {
  readonly cost: HashCost
  readonly salt: Buffer
  readonly hash: Buffer
}

/** Throws `credentials.busy` when too many wait. `cost` is for tests, which need many accounts and no protection. */
export async function hashPassword(password: string, cost: HashCost = HASH_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await inHashQueue(() => derive(password, salt, cost))
  return ['', 'scrypt', `ln=${cost.ln},r=${cost.r},p=${cost.p}`, inBase64(salt), inBase64(hash)].join('$')
}

/**
 * Hand in undefined for an account that does not exist or has no password: the answer is no, after the same time, so that nobody
 * learns which accounts there are. Throws `credentials.busy` when too many wait.
 */
export async function verifyPassword(password: string, stored: string | undefined | null): Promise<boolean> {
  // Longer than any password that was ever accepted: no account needs to be asked.
  if (password.length > PASSWORD_LENGTH.most * 4) return false
  const known = stored ? readStored(stored) : undefined
  const { cost, salt, hash } = known ?? NOBODY
  const found = await inHashQueue(() => derive(password, salt, cost))
  return timingSafeEqual(found, hash) && known !== undefined
}

/** The password is worth hashing again: its hash was made at another cost than today's. */
export function isOutdatedHash(stored: string): boolean {
  const cost = readStored(stored)?.cost
  return cost === undefined || cost.ln !== HASH_COST.ln || cost.r !== HASH_COST.r || cost.p !== HASH_COST.p
}

const NOBODY: StoredHash = { cost: HASH_COST, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) }

function readStored(stored: string): StoredHash | undefined {
  const [, ln, r, p, salt = '', hash = ''] =
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(stored) ?? []
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  const isBearable =
    cost.ln >= 1 &&
    cost.r >= 1 &&
    cost.p >= 1 &&
    cost.ln <= HIGHEST_COST.ln &&
    cost.r <= HIGHEST_COST.r &&
    cost.p <= HIGHEST_COST.p
  return isBearable ? { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') } : undefined
}

function derive(password: string, salt: Buffer, { ln, r, p }: HashCost): Promise<Buffer> {
  const N = 2 ** ln
  // Node refuses more than 32 MB unless told; twice the formula leaves room for its own blocks.
  const options: ScryptOptions = { N, r, p, maxmem: 2 * 128 * r * (N + p) }
  return new Promise((resolve, reject) => {
    scrypt(normalisePassword(password), salt, HASH_BYTES, options, (cause, hash) => (cause ? reject(cause) : resolve(hash)))
  })
}

function inBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
