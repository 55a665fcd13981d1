/**
 * Secrets that must be read again, such as those of one-time codes, encrypted at rest: AES-256-GCM under a key derived from the
 * instance key. Whoever has only a copy of the database has nothing.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { Problem } from '../kernel/problems.ts'

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * `instanceKey` has 32 bytes. `about` says what the secret belongs to (an account's id): opening asks for the same again, so nobody
 * can move a sealed secret to another row.
 */
export function sealSecret(plain: string, instanceKey: Uint8Array, about = ''): string {
  const key = derivedKey(instanceKey)
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(about))
  const sealed = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return ['v1', idOfKey(key), sealed.toString('base64url')].join('.')
}

/** Throws `credentials.instance-key-changed` when it was sealed under another key; anything else that is wrong with it is a fault. */
export function openSecret(sealed: string, instanceKey: Uint8Array, about = ''): string {
  const [, keyId, text = ''] = /^v1\.([0-9a-f]{8})\.([\w-]+)$/.exec(sealed) ?? []
  if (keyId === undefined) throw new Error('This is not a sealed secret')
  const key = derivedKey(instanceKey)
  if (keyId !== idOfKey(key)) throw new Problem('credentials.instance-key-changed')
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error('A sealed secret was cut')
  const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  opener.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return opener.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + opener.final('utf8')
  } catch (cause) {
    throw new Error('A sealed secret was changed, or belongs to something else', { cause })
  }
}

/** One key per purpose, so that what one use gives away helps with no other. */
function derivedKey(instanceKey: Uint8Array): Buffer {
  if (instanceKey.length !== KEY_BYTES) throw new Error(`The instance key has ${instanceKey.length} bytes and needs ${KEY_BYTES}`)
  return Buffer.from(hkdfSync('sha256', instanceKey, '', 'sursur sealed secret v1', KEY_BYTES))
}

function idOfKey(key: Buffer): string {
  return createHash('sha256').update('sursur key id\0').update(key).digest('hex').slice(0, 8)
}
