/**
 * The key of the installation: 32 bytes that seal the secrets of second factors and sign the tokens of forms. It comes as a setting or
 * lies beside the database, and in no backup, so that a stolen backup does not open second factors; it is saved apart
 * (docs/guides/operate.md).
 */
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, sql } from '../database/db.ts'
import { defineProblems, Problem } from '../kernel/problems.ts'
import type { Settings } from './settings.ts'

defineProblems('app', {
  'instance-key-missing': { kind: 'missing', params: ['file'] },
  'instance-key-not-readable': { kind: 'invalid', params: ['file', 'accepted'] },
})

export const INSTANCE_KEY_FILE = 'instance-key'

const BYTES = 32

/** Made on first need. A damaged one stops the start: a new key would lock everybody out who has a second factor. */
export function loadInstanceKey({ dataFolder, instanceKey }: Pick<Settings, 'dataFolder' | 'instanceKey'>): Buffer {
  return loadKey(dataFolder, INSTANCE_KEY_FILE, { value: instanceKey, setting: 'SURSUR_INSTANCE_KEY' })
}

/** A key of 32 bytes from its setting, or from its file in the data folder, which is made on first need. */
export function loadKey(
  dataFolder: string,
  name: string,
  given: { readonly value: string | undefined; readonly setting: string },
): Buffer {
  if (given.value !== undefined) return readKey(given.value, given.setting)
  const file = join(dataFolder, name)
  return readKey(readIfThere(file) ?? makeKey(dataFolder, file), file)
}

/** Where second factors are sealed already, a new key would open none of them: the start says so and makes none. */
export async function requireInstanceKey(
  db: Db,
  { dataFolder, instanceKey }: Pick<Settings, 'dataFolder' | 'instanceKey'>,
): Promise<void> {
  const file = join(dataFolder, INSTANCE_KEY_FILE)
  if (instanceKey !== undefined || existsSync(file)) return
  const sealed = await db.maybe(sql`select 1 from user_secrets where totp_secret is not null limit 1`)
  if (sealed) throw new Problem('app.instance-key-missing', { file })
}

function readKey(text: string, file: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64url')
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

/** Written beside and given its name when it is whole: never half a key, and of two programs that start at once one makes it. */
function makeKey(dataFolder: string, file: string): string {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, `${randomBytes(BYTES).toString('base64url')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8')
}
