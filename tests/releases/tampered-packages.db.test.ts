import { readFileSync, writeFileSync } from 'node:fs'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signerOf } from '../../src/credentials/index.ts'
import { openPackage } from '../../src/interop/releases/index.ts'
import { Problem } from '../../src/kernel/problems.ts'
import { trustInstance } from '../../src/modules/registry/index.ts'
import { sealed } from './sealed.ts'
import { countsOf, draft, type Instance, openInstance, packageOf, publish, receive, withFile } from './two-instances.ts'

let agency: Instance
let forum: Instance
let file: Buffer
beforeAll(async () => {
  agency = await openInstance('Agency')
  forum = await openInstance('Forum')
  await publish(agency, 'ours', [
    {
      identifier: 'A',
      facts: {
        title: { orig: 'en', texts: { en: 'Wells' } },
        kind: 'project',
        reportingOrg: { name: 'Agency' },
        partners: [{ no: '1', iso3: 'BEN' }],
      },
    },
  ])
  file = await packageOf(agency, await draft(agency, 'collection=ours'))
  const { instanceId, ...key } = await agency.desk.publicKey()
  await forum.run(trustInstance, { instanceId, name: 'Agency', fingerprint: key.fingerprint, publicKey: key.publicKey })
})
afterAll(async () => {
  await agency.close()
  await forum.close()
})

/** The code of what is wrong with it; nothing when it is accepted. Anything but a problem is a fault of ours. */
async function refusalOf(path: string): Promise<string | undefined> {
  try {
    await openPackage(path)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

test('a package with one changed byte is refused, whichever byte it is', () =>
  withFile(file, async (path) => {
    expect(await refusalOf(path)).toBeUndefined()
    const accepted: number[] = []
    for (let at = 0; at < file.length; at += 1) {
      const changed = Buffer.from(file)
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at)
      writeFileSync(path, changed)
      if ((await refusalOf(path)) === undefined) accepted.push(at)
    }
    expect(accepted).toEqual([])
    expect(file.length).toBeGreaterThan(2_000)
  }))

test('a package that is cut, longer, empty or doubled is refused', () =>
  withFile(file, async (path) => {
    for (const other of [
      file.subarray(0, -1),
      file.subarray(0, 40),
      Buffer.alloc(0),
      Buffer.concat([file, Buffer.from('x')]),
      Buffer.concat([file, file]),
    ]) {
      writeFileSync(path, other)
      expect(await refusalOf(path), `${other.length} bytes`).toMatch(/^releases\.package-/)
    }
  }))

const CHANGED = ['manifest.json', 'origin.json', 'data/initiatives.jsonl'] as const

test.each(CHANGED)('%s changed and packed anew is refused with the place, and nothing is stored', async (path) => {
  const files = unzipSync(new Uint8Array(file))
  const text = Buffer.from(files[path] ?? []).toString('utf8')
  const changed = { ...files, [path]: Buffer.from(text.replace('A', 'B')) }
  const before = await countsOf(forum)
  const refused = await receive(forum, await sealed(changed)).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Problem)
  expect((refused as Problem).code).toMatch(/^releases\.package-(damaged|signature-wrong)$/)
  expect(await countsOf(forum)).toEqual(before)
})

test('one that another key has signed is another instance’s, whatever it says', async () => {
  const files = unzipSync(new Uint8Array(file))
  const other = signerOf(Buffer.alloc(32, 7))
  const signature = {
    algorithm: 'Ed25519',
    publicKey: other.publicKey,
    fingerprint: other.fingerprint,
    signature: other.sign(files['manifest.json'] ?? new Uint8Array(0)),
  }
  const forged = { ...files, 'signature.json': Buffer.from(`${JSON.stringify(signature, null, 2)}\n`) }
  await expect(receive(forum, await sealed(forged))).rejects.toMatchObject({
    code: 'releases.key-changed',
    params: { fingerprint: other.fingerprint, known: agency.signer.fingerprint },
  })
  const borrowed = { ...signature, publicKey: agency.signer.publicKey, fingerprint: agency.signer.fingerprint }
  const wrong = { ...files, 'signature.json': Buffer.from(`${JSON.stringify(borrowed, null, 2)}\n`) }
  await expect(receive(forum, await sealed(wrong))).rejects.toMatchObject({ code: 'releases.package-signature-wrong' })
})

test.each([
  ['notes.txt', 'a file that nobody listed'],
  ['../../etc/cron.d/evil', 'a path out of the folder'],
  ['/etc/passwd', 'an absolute path'],
])('a package with %s is refused: %s', async (name) => {
  const files = unzipSync(new Uint8Array(file))
  const before = await countsOf(forum)
  for (const bytes of [
    await sealed({ ...files, [name]: Buffer.from('x') }),
    await sealed({ [name]: Buffer.from('x'), ...files }),
  ])
    await expect(receive(forum, bytes, { trust: agency.signer.fingerprint })).rejects.toMatchObject({
      code: 'releases.package-file-unlisted',
      params: { found: name },
    })
  expect(await countsOf(forum)).toEqual(before)
})

test('one that unpacks to far more than it has is refused before it is unpacked', async () => {
  const files = unzipSync(new Uint8Array(file))
  const bomb = await sealed({ ...files, 'data/initiatives.jsonl': Buffer.alloc(30_000_000, 0x20) })
  expect(bomb.length).toBeLessThan(60_000)
  await expect(receive(forum, bomb)).rejects.toMatchObject({
    code: 'releases.package-too-large',
    params: { place: 'data/initiatives.jsonl', found: 30_000_000 },
  })
})

test('a later edition of the package, or of its records, is refused with both numbers', async () => {
  const files = unzipSync(new Uint8Array(file))
  const edited = (path: string, from: string, to: string) => ({
    ...files,
    [path]: Buffer.from(
      Buffer.from(files[path] ?? [])
        .toString('utf8')
        .replace(from, to),
    ),
  })
  await expect(receive(forum, await sealed(edited('manifest.json', '"edition": 1', '"edition": 2')))).rejects.toMatchObject({
    code: 'releases.package-edition-newer',
    params: { found: 2, accepted: 1 },
  })
  const later = await sealed(edited('origin.json', '"schemaEdition": 1', '"schemaEdition": 9'), agency.signer)
  await expect(receive(forum, later)).rejects.toMatchObject({ code: 'releases.package-edition-newer', params: { found: 9 } })
})

test('one that is signed and brings what never leaves an instance, or what is no record, is refused with the row', async () => {
  const files = unzipSync(new Uint8Array(file))
  const line = Buffer.from(files['data/initiatives.jsonl'] ?? []).toString('utf8')
  for (const [from, to] of [
    ['"facts":{', '"facts":{"contact":"ada@example.org",'],
    ['"kind":"project"', '"kind":"scheme"'],
    ['{"record"', '["record"'],
  ] as const) {
    const bytes = await sealed({ ...files, 'data/initiatives.jsonl': Buffer.from(line.replace(from, to)) }, agency.signer)
    await expect(receive(forum, bytes)).rejects.toMatchObject({
      code: 'releases.package-record-not-accepted',
      params: { row: 1 },
    })
  }
})

test('the same files packed by another program are refused: only the file itself is accepted', async () => {
  const other = Buffer.from(zipSync(unzipSync(new Uint8Array(file))))
  await withFile(other, async (path) => {
    expect(readFileSync(path).length).toBeGreaterThan(1_000)
    expect(await refusalOf(path)).toBe('releases.package-damaged')
  })
})
