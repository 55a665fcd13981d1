import { describe, expect, test } from 'vitest'
import './problems.ts'
import { openSecret, sealSecret } from './sealed.ts'

const key = Buffer.alloc(32, 1)
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('openSecret', () => {
  test('refuses with what to do when the installation has another key', () => {
    const sealed = sealSecret(secret, key)
    expect(() => openSecret(sealed, Buffer.alloc(32, 2))).toThrow(
      expect.objectContaining({ code: 'credentials.instance-key-changed', kind: 'conflict' }),
    )
  })

  test('refuses each changed letter, a cut end, a foreign text and a short key', () => {
    const sealed = sealSecret(secret, key, 'ana')
    for (let index = 'v1.12345678.'.length; index < sealed.length - 1; index += 1) {
      const changed = sealed.slice(0, index) + (sealed.charAt(index) === 'A' ? 'B' : 'A') + sealed.slice(index + 1)
      expect(() => openSecret(changed, key, 'ana')).toThrow(/changed/)
    }
    expect(() => openSecret(sealed.slice(0, 20), key, 'ana')).toThrow(/cut/)
    expect(() => openSecret(secret, key)).toThrow(/not a sealed secret/)
    expect(() => openSecret(sealed, Buffer.alloc(16), 'ana')).toThrow(/16 bytes/)
  })

  test('refuses a secret that was moved to another account', () => {
    expect(() => openSecret(sealSecret(secret, key, 'ana'), key, 'ben')).toThrow(/belongs to something else/)
  })

  test('gives back what was sealed, which looks different each time', () => {
    expect(openSecret(sealSecret('Ключ 密钥', key, 'ana'), key, 'ana')).toBe('Ключ 密钥')
    expect(openSecret(sealSecret('', key), key)).toBe('')
    expect(sealSecret(secret, key)).not.toBe(sealSecret(secret, key))
    expect(sealSecret(secret, key)).not.toContain(secret)
  })
})
