import { describe, expect, test } from 'vitest'
import { checkTotp, newRecoveryCodes, newTotpSecret, recoveryCodeDigest, totpUri } from './one-time-codes.ts'
import { qrCode } from './qr-code.ts'

/** RFC 6238 appendix B: the secret is the text 12345678901234567890; the last six of the eight printed digits. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const VECTORS = [
  { seconds: 59, code: '287082', step: 1 },
  { seconds: 1_111_111_109, code: '081804', step: 37_037_036 },
  { seconds: 1_111_111_111, code: '050471', step: 37_037_037 },
  { seconds: 1_234_567_890, code: '005924', step: 41_152_263 },
  { seconds: 2_000_000_000, code: '279037', step: 66_666_666 },
]

function at(seconds: number): Date {
  return new Date(seconds * 1_000)
}

describe('checkTotp', () => {
  test.each([['287083'], [''], ['28708'], ['2870822'], ['abcdef'], ['28.082'], ['-87082'], ['287082;']])(
    'refuses %s',
    async (code) => {
      expect(await checkTotp({ secret, code, now: at(59) })).toEqual({ ok: false })
    },
  )

  test('refuses a code that was used, and each one before it', async () => {
    expect(await checkTotp({ secret, code: '287082', now: at(59), lastStep: 1 })).toEqual({ ok: false })
    expect(await checkTotp({ secret, code: '287082', now: at(59), lastStep: 2 })).toEqual({ ok: false })
  })

  test.each(VECTORS)('accepts $code at second $seconds, as RFC 6238 prints it', async ({ seconds, code, step }) => {
    expect(await checkTotp({ secret, code, now: at(seconds), lastStep: null })).toEqual({ ok: true, step })
  })

  // The code of step 37037037, which runs from second 1111111110 to 1111111139.
  test.each([
    { name: 'two steps ahead', seconds: 1_111_111_079, ok: false },
    { name: 'one step ahead', seconds: 1_111_111_080, ok: true },
    { name: 'one step behind', seconds: 1_111_111_169, ok: true },
    { name: 'two steps behind', seconds: 1_111_111_170, ok: false },
  ])('a telephone whose clock is $name', async ({ seconds, ok }) => {
    expect((await checkTotp({ secret, code: '050471', now: at(seconds) })).ok).toBe(ok)
  })

  test('accepts spaces and the digits of other keyboards', async () => {
    expect(await checkTotp({ secret, code: ' 287 082 ', now: at(59), lastStep: 0 })).toEqual({ ok: true, step: 1 })
    expect(await checkTotp({ secret, code: '２８７０８２', now: at(59) })).toEqual({ ok: true, step: 1 })
    expect(await checkTotp({ secret, code: '٢٨٧٠٨٢', now: at(59) })).toEqual({ ok: true, step: 1 })
  })
})

test('totpUri: names with any sign stay one name, and the secret has 160 bits', () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
  expect(totpUri({ issuer: 'Büro: Süd & Co', account: 'ana+1@mofa.example', secret })).toBe(
    `otpauth://totp/B%C3%BCro%20%20S%C3%BCd%20%26%20Co:ana%2B1%40mofa.example?secret=${secret}&issuer=B%C3%BCro%3A%20S%C3%BCd%20%26%20Co&algorithm=SHA1&digits=6&period=30`,
  )
})

describe('recovery codes', () => {
  test.each([
    [''],
    ['0000'],
    ['0000-0000-0000-0000'],
    ['uuuu-uuuu-uuuu-uuuu-uuuu-uuuu'],
    ['0000-0000-0000-0000-0000-0000-0'],
    ["' or 1=1 --"],
  ])('%s is none', (typed) => {
    expect(recoveryCodeDigest(typed)).toBeUndefined()
  })

  test('ten different ones, found again however they are typed', () => {
    const { codes, digests } = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const [index, code] of codes.entries()) {
      expect(code).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){5}$/)
      const typed = [
        code,
        code.toUpperCase(),
        code.replaceAll('-', ''),
        ` ${code.replaceAll('-', ' – ')} `,
        code.replaceAll('0', 'O'),
      ]
      for (const spelling of typed) expect(recoveryCodeDigest(spelling)).toBe(digests[index])
    }
  })
})

test('qrCode: a square with a quiet border of four, whose corners are the three finders', () => {
  const { size, path } = qrCode(totpUri({ issuer: 'Sursur', account: 'ana@mofa.example', secret }))
  expect((size - 8 - 17) % 4).toBe(0)
  // The upper bar of a finder is seven modules wide: left at 4, right seven before the border.
  expect(path.startsWith('M4 4h7v1h-7z')).toBe(true)
  expect(path).toContain(`M${size - 11} 4h7v1h-7z`)
  expect(path).toContain(`M4 ${size - 5}h7v1h-7z`)
  expect(path).toMatch(/^(M\d+ \d+h\d+v1h-\d+z)+$/)
})
