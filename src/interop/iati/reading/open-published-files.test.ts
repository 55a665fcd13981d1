/** What people bring: plain and packed, in any encoding, whole and broken. */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterAll, expect, test } from 'vitest'
import { Problem } from '../../../kernel/problems.ts'
import { zipInto } from '../../zip/index.ts'
import { parseElement } from '../parse-element.ts'
import { isPublishedFile, type OpenPublishedOptions, openPublishedFiles } from './open-published-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-published-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ACTIVITY = '<iati-activity><title>Eau à Zinguinchor</title></iati-activity>'
const fileOf = (inside = ACTIVITY, declaration = '') =>
  `${declaration}<iati-activities version="2.03">\n${inside}\n</iati-activities>\n`
const declared = (encoding: string) => fileOf(ACTIVITY, `<?xml version="1.0" encoding="${encoding}"?>\n`)

let number = 0
function kept(bytes: Buffer | string): string {
  number += 1
  const path = join(folder, `file-${number}`)
  writeFileSync(path, bytes)
  return path
}

async function zipOf(parts: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const out = new PassThrough()
  const bytes = buffer(out)
  const zip = zipInto(out)
  for (const [name, content] of Object.entries(parts)) await zip.part(name).end(Buffer.from(content))
  await zip.finish()
  return bytes
}

interface Read {
  readonly fileName: string
  readonly encoding: string
  readonly titles: readonly unknown[]
  readonly problems: readonly string[]
}

async function readAll(path: string, options: OpenPublishedOptions = {}): Promise<Read[]> {
  const files: Read[] = []
  for await (const file of openPublishedFiles({ path, fileName: 'a' }, options)) {
    const titles: unknown[] = []
    for await (const piece of file.pieces()) {
      if (piece.kind === 'too-large') continue
      const [title] = parseElement(piece.bytes.toString('utf8'), piece.line).children
      titles.push(typeof title === 'object' ? title.children[0] : undefined)
    }
    files.push({ fileName: file.fileName, encoding: file.encoding, titles, problems: file.problems.map(({ code }) => code) })
  }
  return files
}

async function refusal(bytes: Buffer | string, options: OpenPublishedOptions = {}): Promise<Problem> {
  const error: unknown = await readAll(kept(bytes), options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Problem) return error
  throw new Error('not refused with a problem', { cause: error })
}

test.each([
  ['an empty file', '', 'iati.empty-file', undefined],
  ['a file of white space', ' \n\t ', 'iati.empty-file', undefined],
  ['an empty file that is packed', gzipSync(''), 'iati.empty-file', undefined],
  ['JSON', '{"activities": []}', 'iati.not-xml', 'JSON'],
  ['a page of the web', '<!-- saved -->\n<!DOCTYPE html><html></html>', 'iati.not-xml', 'HTML'],
  ['a table', 'identifier,title\nA,B\n', 'iati.not-xml', 'text'],
  ['another XML file', '<rss/>', 'iati.wrong-root', 'rss'],
  ['an unknown encoding', declared('klingon'), 'iati.unknown-encoding', 'klingon'],
  ['an encoding that is none', declared('base64'), 'iati.unknown-encoding', 'base64'],
])('%s is refused by name', async (_, bytes, code, found) => {
  const problem = await refusal(bytes)
  expect([problem.code, problem.params.found, problem.place?.file]).toEqual([code, found, 'a'])
})

test('a packed file that was cut short is refused, alone and in an archive', async () => {
  // Not repetitive, so that half of it unpacks before the end is missed.
  const packed = gzipSync(
    fileOf(Array.from({ length: 3000 }, (_, at) => `<iati-activity a="${(at * 7919) % 104_729}"/>`).join('\n')),
  )
  const short = packed.subarray(0, packed.length - 2000)
  expect(await refusal(short)).toMatchObject({ code: 'iati.broken-archive', place: { file: 'a' } })
  expect(await refusal(await zipOf({ 'b.xml.gz': short }))).toMatchObject({
    code: 'iati.broken-archive',
    place: { file: 'a/b.xml.gz' },
  })
})

test('an archive that is cut short, that is locked, that holds nothing or that names a file twice is refused', async () => {
  const zip = await zipOf({ 'a.xml': fileOf() })
  expect(await refusal(zip.subarray(0, -30))).toMatchObject({ code: 'iati.broken-archive' })
  const locked = Buffer.from(zip)
  for (const signature of [0x04034b50, 0x02014b50]) {
    const mark = Buffer.alloc(4)
    mark.writeUInt32LE(signature)
    const flags = locked.indexOf(mark) + (signature === 0x04034b50 ? 6 : 8)
    locked.writeUInt16LE(locked.readUInt16LE(flags) | 1, flags)
  }
  expect(await refusal(locked)).toMatchObject({ code: 'iati.broken-archive', params: { reason: 'password' } })
  expect(await refusal(await zipOf({ 'a.txt': 'x' }))).toMatchObject({ code: 'iati.nothing-in-archive' })
  const twice = await zipOf({ 'a.xml': fileOf(), '/a.xml': fileOf('') })
  expect(await refusal(twice)).toMatchObject({ code: 'iati.broken-archive' })
})

test('what unpacks to too much, too tightly or into too many files is refused', async () => {
  const bomb = fileOf(`<!--${' '.repeat(300_000)}-->`)
  const tight = { limits: { ratioFromBytes: 100_000 } }
  const large = { limits: { unpackedBytes: 200_000, ratio: 1_000_000 } }
  expect(await refusal(gzipSync(bomb), tight)).toMatchObject({ code: 'iati.packed-too-tightly' })
  expect(await refusal(gzipSync(bomb), large)).toMatchObject({ code: 'iati.unpacks-too-large' })
  expect(await refusal(await zipOf({ 'a.xml': bomb }), tight)).toMatchObject({ code: 'iati.packed-too-tightly' })
  expect(await refusal(await zipOf({ 'a.xml': bomb }), large)).toMatchObject({ code: 'iati.unpacks-too-large' })
  // Packed twice, it says nothing of its size at first.
  const nested = await zipOf({ 'a.xml.gz': gzipSync(fileOf(`<!--${' '.repeat(2_000_000)}-->`)) })
  expect(await refusal(nested, tight)).toMatchObject({ code: 'iati.packed-too-tightly' })
  expect(await refusal(await zipOf({ 'a.xml': '', 'b.xml': '' }), { limits: { entries: 1 } })).toMatchObject({
    code: 'iati.too-many-files',
  })
  expect(await refusal(fileOf(), { limits: { fileBytes: 50 } })).toMatchObject({ code: 'iati.file-too-large' })
})

test.each([
  ['UTF-8 by default', Buffer.from(fileOf()), 'utf-8'],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${fileOf()}`), 'utf-8'],
  ['UTF-16 with its mark', Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 of the other order', iconv.encode(`\ufeff${declared('utf-16')}`, 'utf-16be'), 'utf-16be'],
  ['UTF-16 without a mark', Buffer.from(fileOf(), 'utf16le'), 'utf-16le'],
  ['ISO-8859-1', Buffer.from(declared('ISO-8859-1'), 'latin1'), 'iso-8859-1'],
  ['windows-1252', iconv.encode(declared('windows-1252'), 'windows-1252'), 'windows-1252'],
])('%s is read as such', async (_, bytes, encoding) => {
  expect(await readAll(kept(bytes))).toEqual([{ fileName: 'a', encoding, titles: ['Eau à Zinguinchor'], problems: [] }])
})

test('characters of two halves stay whole wherever a chunk of UTF-16 ends', async () => {
  const title = '😀'.repeat(150_000)
  for (const shift of ['', ' ']) {
    const text = fileOf(`${shift}<iati-activity><title>${title}</title></iati-activity>`)
    for (const encoding of ['utf-16le', 'utf-16be']) {
      const [file] = await readAll(kept(iconv.encode(text, encoding)))
      expect(file?.titles[0] === title).toBe(true)
    }
  }
})

test('an encoding that the bytes contradict is said', async () => {
  for (const [bytes, encoding] of [
    [Buffer.from(`\ufeff${declared('ISO-8859-1')}`), 'utf-8'],
    [Buffer.from(declared('UTF-16')), 'utf-8'],
    [Buffer.from(`\ufeff${declared('UTF-8')}`, 'utf16le'), 'utf-16le'],
  ] as const) {
    expect(await readAll(kept(bytes))).toEqual([
      { fileName: 'a', encoding, titles: ['Eau à Zinguinchor'], problems: ['iati.encoding-differs'] },
    ])
  }
})

test('bytes that mean nothing in the declared encoding are refused with their line', async () => {
  const odd = Buffer.concat([
    Buffer.from('<?xml version="1.0" encoding="windows-1253"?>\n<iati-activities>\n<!-- '),
    // The one byte above 0xd0 that windows-1253 leaves free.
    Buffer.from([0xd2]),
    Buffer.from(' --></iati-activities>'),
  ])
  expect(await refusal(odd)).toMatchObject({ code: 'iati.not-in-encoding', place: { file: 'a', line: 3 } })
  const half = Buffer.from(fileOf('\n\ud800'), 'utf16le')
  expect(await refusal(half)).toMatchObject({ code: 'iati.not-in-encoding', place: { line: 3 } })
  const undeclared = Buffer.from(fileOf(), 'latin1')
  expect(await refusal(undeclared)).toMatchObject({ code: 'iati.not-utf8', place: { file: 'a', line: 2 } })
})

test('an archive gives its files one by one, packed ones and those in folders; names that lead out are said and lead nowhere', async () => {
  const zip = await zipOf({
    'b/c.xml': fileOf(),
    'd.XML.gz': gzipSync(fileOf('')),
    '../../e.xml': fileOf(`${ACTIVITY}<iati-activity/>`),
    '__MACOSX/b/._c.xml': 'x',
    'readme.txt': 'x',
  })
  const files = await readAll(kept(zip))
  expect(files.map(({ fileName, titles, problems }) => [fileName, titles.length, problems])).toEqual([
    ['a/b/c.xml', 1, ['iati.entries-left-alone']],
    ['a/d.XML.gz', 0, []],
    ['a/e.xml', 2, ['iati.name-leads-out']],
  ])
})

test('what an archive holds besides is named once, the first of many; what systems add is passed over', async () => {
  const others = Object.fromEntries([1, 2, 3, 4, 5, 6].map((no) => [`notes/${no}.txt`, 'x']))
  const noise = { '__MACOSX/._a.xml': 'x', 'b/.DS_Store': 'x', 'Thumbs.db': 'x', 'notes/': '' }
  const found = async (parts: Record<string, string>) => {
    const problems: unknown[] = []
    const path = kept(await zipOf({ 'a.xml': fileOf(), 'b.xml': fileOf(), ...parts }))
    for await (const file of openPublishedFiles({ path, fileName: 'a.zip' })) problems.push(...file.problems)
    return problems
  }
  expect(await found(noise)).toEqual([])
  const params = { count: 6, found: 'notes/1.txt, notes/2.txt, notes/3.txt, notes/4.txt, notes/5.txt …' }
  const said = { code: 'iati.entries-left-alone', params, level: 'warning', place: { file: 'a.zip' } }
  expect(await found({ ...noise, ...others })).toEqual([said])
})

test('a folder gives its published files in the order of their names, and leaves other files alone', async () => {
  const path = join(folder, 'many')
  mkdirSync(join(path, 'b'), { recursive: true })
  writeFileSync(join(path, 'b', 'c.xml'), fileOf())
  writeFileSync(join(path, 'a.dat'), gzipSync(fileOf('')))
  writeFileSync(join(path, 'notes.txt'), 'nothing')
  expect((await readAll(path)).map(({ fileName, titles }) => [fileName, titles.length])).toEqual([
    ['a.dat', 0],
    ['b/c.xml', 1],
  ])
})

test('whether a file is a published one is seen in its content alone', async () => {
  const cases: [Buffer | string, boolean][] = [
    [fileOf(), true],
    [gzipSync(fileOf()), true],
    [Buffer.from(`\ufeff${fileOf()}`, 'utf16le'), true],
    [await zipOf({ 'a.xml': fileOf() }), true],
    [await zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' }), false],
    ['{}', false],
    ['a,b\n', false],
    ['', false],
  ]
  for (const [bytes, expected] of cases) expect(await isPublishedFile(kept(bytes))).toBe(expected)
})

test('a file that shrinks while it is open is refused, not read as if it were whole', async () => {
  const path = kept(fileOf('<iati-activity/>\n'.repeat(100_000)))
  const { length } = await readFile(path)
  for await (const file of openPublishedFiles({ path, fileName: 'a' })) {
    truncateSync(path, Math.floor(length / 2))
    const drain = async () => {
      for await (const _ of file.pieces());
    }
    await expect(drain()).rejects.toMatchObject({ code: 'iati.not-well-formed', place: { file: 'a' } })
  }
})

test('reading stops when it is called off', async () => {
  const path = kept(fileOf('<iati-activity/>\n'.repeat(100_000)))
  const controller = new AbortController()
  let count = 0
  const drain = async () => {
    for await (const file of openPublishedFiles({ path })) {
      for await (const _ of file.pieces(controller.signal)) {
        count += 1
        controller.abort()
      }
    }
  }
  await expect(drain()).rejects.toMatchObject({ name: 'AbortError' })
  expect(count).toBeLessThan(100_000)
})
