import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INSTANCE_KEY_FILE, loadInstanceKey } from './instance-key.ts'

let dataFolder = ''
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'sursur-key-'))
})
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

test.each([
  ['', 'nothing'],
  ['short\n', 'a short word'],
])('a file with %j stops the start: a new key would open no second factor', (text) => {
  writeFileSync(join(dataFolder, INSTANCE_KEY_FILE), text)
  expect(() => loadInstanceKey({ dataFolder, instanceKey: undefined })).toThrow(
    expect.objectContaining({ code: 'app.instance-key-not-readable' }),
  )
})

test('a setting that is no key is refused', () => {
  expect(() => loadInstanceKey({ dataFolder, instanceKey: 'secret' })).toThrow(
    expect.objectContaining({ params: { file: 'SURSUR_INSTANCE_KEY', accepted: '32 bytes, base64url' } }),
  )
})

test('the key is made once, for the owner of the folder alone, and stays the same', () => {
  const key = loadInstanceKey({ dataFolder, instanceKey: undefined })
  expect(key).toHaveLength(32)
  expect(loadInstanceKey({ dataFolder, instanceKey: undefined })).toEqual(key)
  expect(statSync(join(dataFolder, INSTANCE_KEY_FILE)).mode & 0o777).toBe(0o600)
  expect(readdirSync(dataFolder)).toEqual([INSTANCE_KEY_FILE])
})

test('a key that is given as a setting leaves no file', () => {
  const given = Buffer.alloc(32, 9)
  expect(loadInstanceKey({ dataFolder, instanceKey: given.toString('base64url') })).toEqual(given)
  expect(readdirSync(dataFolder)).toEqual([])
})
