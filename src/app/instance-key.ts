/**
 * The key of the installation: 32 bytes that seal the secrets of second factors and sign the tokens of forms. It lies beside the
 * database and in no backup, so that a stolen backup does not open second factors; it is saved apart (docs/guides/operate.md).
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineProblems, Problem } from '../kernel/problems.ts'

defineProblems('app', {
  'instance-key-not-readable': { kind: 'invalid', params: ['file', 'accepted'] },
})

export const INSTANCE_KEY_FILE = 'instance-key'

const BYTES = 32

/** Made on first need. A damaged file stops the start: a new key would lock everybody out who has a second factor. */
export function loadInstanceKey(dataFolder: string): Buffer {
  const file = join(dataFolder, INSTANCE_KEY_FILE)
  const found = readIfThere(file)
  if (found === undefined) return makeKey(dataFolder, file)
  const key = Buffer.from(found.trim(), 'base64url')
  if (key.length !== BYTES) throw new Problem('app.instance-key-not-readable', { file, accepted: `${BYTES} bytes, base64url` })
  return key
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Written beside and renamed: never half a key. */
function makeKey(dataFolder: string, file: string): Buffer {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const key = randomBytes(BYTES)
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, `${key.toString('base64url')}\n`, { mode: 0o600, flush: true })
  renameSync(draft, file)
  return key
}
