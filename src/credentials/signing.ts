/**
 * Signing what leaves an instance, so that a receiver can tell who wrote it and that nobody changed it: Ed25519 (RFC 8032), whose keys
 * are 32 bytes and whose signatures are the same for the same bytes. Fingerprint: SHA-256 of the 32 bytes of the public key.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'

export interface Signer {
  /** 32 bytes, base64. */
  readonly publicKey: string
  /** SHA-256 of the public key, hexadecimal. */
  readonly fingerprint: string
  /** 64 bytes, base64. */
  sign(bytes: Uint8Array): string
}

const SEED_BYTES = 32
/** What stands before the 32 bytes in the usual encodings (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** `seed` has 32 random bytes: the private key itself. */
export function signerOf(seed: Uint8Array): Signer {
  if (seed.length !== SEED_BYTES) throw new Error(`The signing key has ${seed.length} bytes and needs ${SEED_BYTES}`)
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const exported = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const publicKey = exported.subarray(PUBLIC_PREFIX.length).toString('base64')
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  }
}

/** False also for a key or a signature that is none. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const key = Buffer.from(publicKey, 'base64')
  if (key.length !== SEED_BYTES) return false
  const known = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, key]), format: 'der', type: 'spki' })
  return verify(null, bytes, known, Buffer.from(signature, 'base64'))
}

export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')
}

/** In groups of four, as people compare it: `3F2A 91C0 ...`. */
export function readableFingerprint(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')
}
