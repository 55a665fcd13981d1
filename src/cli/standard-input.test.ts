import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import './run-cli.ts'
import { withInput } from './standard-input.ts'

const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('sursur-input-'))
const pieces = (count: number) => Array.from({ length: count }, () => Buffer.alloc(1_000_000, 'x'))

test('more than the limit is refused as soon as it comes; the rest is not read and nothing stays on the disk', async () => {
  const before = left()
  let given = 0
  const input = Readable.from(
    (function* () {
      for (const piece of pieces(1_000)) {
        given += 1
        yield piece
      }
    })(),
  )
  const read = withInput(input, { fileName: 'standard-input', limitBytes: 2_000_000 }, async () => 'read')
  await expect(read).rejects.toMatchObject({ code: 'cli.input-too-large', kind: 'invalid', params: { limitMb: 2 } })
  expect(given).toBeLessThan(100)
  expect(left()).toEqual(before)
})

test('at the limit it is read whole, and gone afterwards', async () => {
  const before = left()
  const input = Readable.from(pieces(2))
  const size = await withInput(
    input,
    { fileName: 'standard-input', limitBytes: 2_000_000 },
    async (path) => readFileSync(path).length,
  )
  expect(size).toBe(2_000_000)
  expect(left()).toEqual(before)
})
