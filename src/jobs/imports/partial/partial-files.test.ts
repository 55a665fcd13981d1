import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createPartialFiles, KEPT_FOR_MS, type PartialFiles, type PartialFilesDesk } from './partial-files.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

let desk: PartialFilesDesk
let amina: PartialFiles
let laterBy = 0

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-partial-'))
  folders.push(folder)
  laterBy = 0
  desk = createPartialFiles(folder, { mostBytes: 1_000, now: () => new Date(Date.now() + laterBy) })
  amina = desk.of({ id: 'amina' })
})

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

/** Gives some bytes, then the line is cut. */
async function* cut(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
  throw new Error('ECONNRESET')
}

describe('a part is refused, and what was there stays', () => {
  test('from another place than the next byte, before it as well as after it', async () => {
    const { id } = await amina.begin({ name: 'a.csv', bytes: 10 })
    await amina.append(id, 0, parts('abcd'))
    for (const offset of [0, 3, 5]) {
      await expect(amina.append(id, offset, parts('x'))).rejects.toMatchObject({
        code: 'uploads.offset-differs',
        params: { found: offset, accepted: 4 },
      })
    }
    expect((await amina.find(id)).offset).toBe(4)
  })

  test('with more bytes than were announced', async () => {
    const { id } = await amina.begin({ name: 'a.csv', bytes: 3 })
    await expect(amina.append(id, 0, parts('ab', 'cd'))).rejects.toMatchObject({ code: 'uploads.too-long' })
    expect((await amina.find(id)).offset).toBe(2)
  })

  test('of an upload of somebody else, of none, and of one whose number is a path', async () => {
    const { id } = await amina.begin({ name: 'a.csv', bytes: 3 })
    const juma = desk.of({ id: 'juma' })
    for (const wanted of [id, '01BX5ZZKBKACTAV9WEVGEMMVRZ', '../amina/x']) {
      await expect(juma.append(wanted, 0, parts('abc'))).rejects.toMatchObject({ code: 'uploads.missing' })
      await expect(juma.received(wanted)).rejects.toMatchObject({ code: 'uploads.missing' })
    }
    expect(() => desk.of({ id: '../amina' })).toThrow('uploads.missing')
  })
})

test('after a cut what has arrived counts, and the rest makes the file whole, byte for byte', async () => {
  const { id } = await amina.begin({ name: 'a.csv', bytes: 11 })
  expect((await amina.append(id, 0, cut('hello '))).offset).toBe(6)
  await expect(amina.received(id)).rejects.toMatchObject({ code: 'uploads.not-complete', params: { received: 6, bytes: 11 } })
  expect((await amina.append(id, 6, parts('wor', 'ld'))).offset).toBe(11)
  const file = await amina.received(id)
  expect(readFileSync(file.path, 'utf8')).toBe('hello world')
  // sha256sum of "hello world"
  expect(file).toMatchObject({
    name: 'a.csv',
    bytes: 11,
    sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
  })
})

test('whoever comes anew is the sender: a connection that hangs is ended and its bytes are kept', async () => {
  const { id } = await amina.begin({ name: 'a.csv', bytes: 6 })
  async function* hanging(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('abc')
    await new Promise(() => {})
  }
  const hung = amina.append(id, 0, hanging())
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await amina.find(id)).offset).toBe(3)
  expect((await hung).offset).toBe(3)
  expect((await amina.append(id, 3, parts('def'))).offset).toBe(6)
})

test('a file that is not the announced one is put away when its last byte comes', async () => {
  const sha256 = createHash('sha256').update('right').digest('hex')
  const { id } = await amina.begin({ name: 'a.csv', bytes: 5, sha256 })
  await expect(amina.append(id, 0, parts('wrong'))).rejects.toMatchObject({ code: 'uploads.digest-differs' })
  await expect(amina.find(id)).rejects.toMatchObject({ code: 'uploads.missing' })
})

test('one that rested for a week is gone, others stay; of one person the twenty newest stay', async () => {
  const { id } = await amina.begin({ name: 'a.csv', bytes: 6 })
  laterBy = KEPT_FOR_MS - 60_000
  expect(await desk.tidy()).toBe(0)
  expect((await amina.find(id)).offset).toBe(0)
  laterBy = KEPT_FOR_MS + 60_000
  await expect(amina.find(id)).rejects.toMatchObject({ code: 'uploads.missing' })
  expect(await desk.tidy()).toBe(1)
  laterBy = 0
  const begun = []
  for (let count = 0; count < 21; count += 1) begun.push(await amina.begin({ name: `${count}.csv`, bytes: 1 }))
  const found = await Promise.all(
    begun.map(({ id: one }) =>
      amina.find(one).then(
        () => 1,
        () => 0,
      ),
    ),
  )
  expect(found.reduce((sum: number, one) => sum + one, 0)).toBe(20)
})

test('what one person may leave unfinished is bounded; the one that rested longest makes room, others’ files do not', async () => {
  const juma = desk.of({ id: 'juma' })
  const theirs = await juma.begin({ name: 'theirs.csv', bytes: 900 })
  const first = await amina.begin({ name: '1.csv', bytes: 600 })
  const second = await amina.begin({ name: '2.csv', bytes: 400 })
  expect((await amina.find(first.id)).offset).toBe(0)
  const third = await amina.begin({ name: '3.csv', bytes: 500 })
  await expect(amina.find(first.id)).rejects.toMatchObject({ code: 'uploads.missing' })
  for (const { id } of [second, third]) expect((await amina.find(id)).offset).toBe(0)
  expect((await juma.find(theirs.id)).offset).toBe(0)
})
