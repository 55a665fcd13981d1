/**
 * Random secrets that a program carries: session tokens, one-time links, API keys. Only their SHA-256 is stored. They hold at least
 * 128 random bits, so a quick hash is enough: nobody can try them all.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { inBase32, PRINTED_LETTERS } from './base32.ts'

export interface SecretToken {
  /** For its owner, shown or sent once. */
  readonly token: string
  /** For the table: SHA-256, 64 hexadecimal digits. */
  readonly digest: string
}

/** 32 bytes, 43 letters that fit into an address and a cookie. */
export function newToken(bytes = 32): SecretToken {
  const token = randomBytes(bytes).toString('base64url')
  return { token, digest: digestOf(token) }
}

export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** In a time that does not tell how much of the two is the same. */
export function sameDigest(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

export interface ApiKey {
  /** The key itself, shown once: `sursur_<id>_<secret><checksum>`. */
  readonly key: string
  /** Public part, 8 letters: names the key in lists and in the audit trail. */
  readonly id: string
  readonly digest: string
}

/**
 * The name in front and the checksum at the end let a scanner of leaked secrets, and us, recognise a key without asking a database.
 * 52 letters of secret are 256 bits.
 */
const SHAPE_OF_KEY = /^sursur_([0-9a-hjkmnp-tv-z]{8})_([0-9a-hjkmnp-tv-z]{52})([0-9a-hjkmnp-tv-z]{6})$/

export function newApiKey(): ApiKey {
  const id = inBase32(randomBytes(5), PRINTED_LETTERS)
  const body = `sursur_${id}_${inBase32(randomBytes(32), PRINTED_LETTERS)}`
  const key = body + checksumOf(body)
  return { key, id, digest: digestOf(key) }
}

/** Undefined for what is not a whole key, for example one cut while copying. */
export function readApiKey(text: string): Pick<ApiKey, 'id' | 'digest'> | undefined {
  const [key, id, , checksum] = SHAPE_OF_KEY.exec(text.trim()) ?? []
  if (key === undefined || id === undefined || checksum === undefined) return undefined
  return checksumOf(key.slice(0, -checksum.length)) === checksum ? { id, digest: digestOf(key) } : undefined
}

/** 30 bits: finds a mistyped or cut key, protects nothing. */
function checksumOf(body: string): string {
  return inBase32(createHash('sha256').update(body).digest().subarray(0, 4), PRINTED_LETTERS).slice(0, 6)
}
