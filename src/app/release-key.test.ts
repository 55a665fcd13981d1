import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadReleaseSigner, RELEASE_KEY_FILE } from './release-key.ts'

let dataFolder = ''
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'sursur-release-key-'))
})
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

test('a damaged key signs nothing: a new one in its place would make every receiver doubt', () => {
  writeFileSync(join(dataFolder, RELEASE_KEY_FILE), 'short\n')
  expect(() => loadReleaseSigner({ dataFolder, releaseKey: undefined })()).toThrow(
    expect.objectContaining({ code: 'app.instance-key-not-readable' }),
  )
})

test('the key is made on first need, for the owner of the folder alone, and stays the same', () => {
  const signer = loadReleaseSigner({ dataFolder, releaseKey: undefined })
  expect(readdirSync(dataFolder)).toEqual([])
  const { fingerprint } = signer()
  expect(statSync(join(dataFolder, RELEASE_KEY_FILE)).mode & 0o777).toBe(0o600)
  expect(loadReleaseSigner({ dataFolder, releaseKey: undefined })().fingerprint).toBe(fingerprint)
})

test('a key that is given as a setting leaves no file', () => {
  const releaseKey = Buffer.alloc(32, 9).toString('base64url')
  const { fingerprint } = loadReleaseSigner({ dataFolder, releaseKey })()
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
  expect(readdirSync(dataFolder)).toEqual([])
})
