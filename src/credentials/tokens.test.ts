import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { formToken, sameFormToken } from './form-token.ts'
import { digestOf, newApiKey, newToken, readApiKey, sameDigest } from './tokens.ts'

describe('newToken', () => {
  test('32 random bytes for the owner, their SHA-256 for the table', () => {
    const { token, digest } = newToken()
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(digest).toBe(createHash('sha256').update(token).digest('hex'))
    expect(digestOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(new Set(Array.from({ length: 1_000 }, () => newToken().token)).size).toBe(1_000)
  })

  test('sameDigest: no for another, a shorter and an empty one', () => {
    const { digest } = newToken()
    expect(sameDigest(digest, digestOf('other'))).toBe(false)
    expect(sameDigest(digest, digest.slice(1))).toBe(false)
    expect(sameDigest(digest, '')).toBe(false)
    expect(sameDigest(digest, digest)).toBe(true)
  })
})

describe('readApiKey', () => {
  const { key, id, digest } = newApiKey()

  test.each([
    ['nothing', ''],
    ['a session token', newToken().token],
    ['a key cut while copying', key.slice(0, -1)],
    ['a key with one letter more', `${key}0`],
    ['a key with one letter changed', key.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['a key of another product', key.replace('sursur', 'sensor')],
    ['two keys', `${key} ${key}`],
  ])('knows %s from a key', (_name, text) => {
    expect(readApiKey(text)).toBeUndefined()
  })

  test('gives the public part and the digest', () => {
    expect(key).toMatch(/^sursur_[0-9a-z]{8}_[0-9a-z]{58}$/)
    expect(key.split('_')[1]).toBe(id)
    expect(readApiKey(` ${key}\n`)).toEqual({ id, digest })
  })
})

describe('form token', () => {
  const instanceKey = Buffer.alloc(32, 7)

  test('is refused when it is missing, of another session, of another installation, or cut', () => {
    const token = formToken('session one', instanceKey)
    for (const found of [undefined, null, '', token.slice(1), formToken('session two', instanceKey)]) {
      expect(sameFormToken(found, 'session one', instanceKey)).toBe(false)
    }
    expect(sameFormToken(formToken('session one', Buffer.alloc(32, 8)), 'session one', instanceKey)).toBe(false)
  })

  test('is the same for the whole session', () => {
    expect(formToken('session one', instanceKey)).toMatch(/^[\w-]{43}$/)
    expect(sameFormToken(formToken('session one', instanceKey), 'session one', instanceKey)).toBe(true)
  })
})
