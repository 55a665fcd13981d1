import { describe, expect, test } from 'vitest'
import { hashPassword, isOutdatedHash, verifyPassword } from './password.ts'

/** Quick, for tests that are not about the cost. */
const QUICK = { ln: 10, r: 8, p: 1 }

describe('verifyPassword', () => {
  test('refuses a wrong password, an empty one and one that nobody can have', async () => {
    const stored = await hashPassword('three blue boats at noon', QUICK)
    expect(await verifyPassword('three blue boats at moon', stored)).toBe(false)
    expect(await verifyPassword('', stored)).toBe(false)
    expect(await verifyPassword('three blue boats at noon '.repeat(100), stored)).toBe(false)
  })

  test('refuses where no account, no password or a damaged hash is stored', async () => {
    for (const stored of [undefined, null, '', 'plain', `$scrypt$ln=31,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$${'A'.repeat(43)}`]) {
      expect(await verifyPassword('three blue boats at noon', stored)).toBe(false)
    }
  })

  test('accepts the password, in each spelling that a keyboard makes of it', async () => {
    const stored = await hashPassword('Ω mañana école ﬁn', QUICK)
    expect(stored).toMatch(/^\$scrypt\$ln=10,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await verifyPassword('Ω mañana école ﬁn', stored)).toBe(true)
    expect(await verifyPassword('Ω mañana école fin'.normalize('NFD'), stored)).toBe(true)
  })

  test('two hashes of one password are not the same, and an unknown account costs the same as a known one', async () => {
    const [one, two] = [await hashPassword('three blue boats at noon'), await hashPassword('three blue boats at noon')]
    expect(one).not.toBe(two)
    const known = await timed(() => verifyPassword('another one entirely', one))
    const unknown = await timed(() => verifyPassword('another one entirely', undefined))
    // Both compute one hash of today's cost; without it an unknown account would answer in under a millisecond.
    expect(unknown).toBeGreaterThan(known / 4)
    expect(isOutdatedHash(one)).toBe(false)
  })
})

test('isOutdatedHash: a hash of another cost, or one that cannot be read, is to be made again', async () => {
  expect(isOutdatedHash(await hashPassword('three blue boats at noon', QUICK))).toBe(true)
  expect(isOutdatedHash('md5')).toBe(true)
})

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
