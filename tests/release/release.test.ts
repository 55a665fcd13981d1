/**
 * The release archive: made twice it is the same, its sums and its bill of materials agree with what is in it, it names no machine, and
 * it starts with the network cut.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { billOfMaterials } from '../../scripts/release/bill-of-materials.ts'
import { writeTarGz } from '../../scripts/release/write-tar.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { findForeignTraces } from '../boundaries/foreign-traces.ts'
import { runCut, whyNotCut } from './cut-network.ts'
import type { Walk } from './walk-process.ts'

const WALK = fileURLToPath(new URL('./walk-process.ts', import.meta.url))
const { version }: { version: string } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'))
const NAME = `sursur-${version}`

const notCut = whyNotCut()
let folder: string
/** The unpacked archive. */
let unpacked: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-release-test-'))
  unpacked = join(folder, NAME)
  run(process.execPath, join(PACKAGE_ROOT, 'scripts', 'make-release.mjs'), '--out', folder)
  run('tar', '-xzf', join(folder, `${NAME}.tar.gz`), '-C', folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(command: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' })
  expect(status, `${command} ${words.join(' ')}: ${stderr}`).toBe(0)
  return stdout
}

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

/** Path -> digest, as in a SHA256SUMS. */
function readSums(root: string): Map<string, string> {
  const lines = readFileSync(join(root, 'SHA256SUMS'), 'utf8').trimEnd().split('\n')
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

describe('the release archive', () => {
  test('lies beside its bill of materials and the sums of both', () => {
    const sums = readSums(folder)
    expect([...sums.keys()]).toEqual([`${NAME}.cdx.json`, `${NAME}.tar.gz`])
    for (const [path, digest] of sums) expect(digestOf(join(folder, path)), path).toBe(digest)
  })

  test('holds a sum for each of its files, and each agrees', () => {
    const sums = readSums(unpacked)
    expect([...sums.keys(), 'SHA256SUMS'].sort()).toEqual(filesBelow(unpacked))
    const wrong = [...sums].filter(([path, digest]) => digestOf(join(unpacked, path)) !== digest)
    expect(wrong.map(([path]) => path)).toEqual([])
  })

  test('holds what an installation needs, and neither tests nor what was made on one machine', () => {
    const files = new Set(filesBelow(unpacked))
    for (const path of ['sursur', 'LICENSE', 'NOTICE', 'PACKAGE-LICENCES.txt', 'dist/app/main.js', 'docs/guides/install.md'])
      expect(files, path).toContain(path)
    const own = [...files].filter((path) => !path.startsWith('node_modules/'))
    expect(own.filter((path) => /\.test\.|\.tsx?$|database-template|\.build\.json|^tests\//.test(path))).toEqual([])
    expect([...files].filter((path) => path.endsWith('.node'))).toEqual([])
  })

  test('names no folder of a machine and no host of a registry in its own files', () => {
    const own = filesBelow(unpacked).filter((path) => !/^node_modules\/|^PACKAGE-LICENCES\.txt$|\.png$/.test(path))
    const files = own.map((path) => ({ path, text: readFileSync(join(unpacked, path), 'utf8') }))
    expect(findForeignTraces(files)).toEqual([])
    expect(
      files.filter(({ text }) => text.includes(PACKAGE_ROOT) || text.includes(`${tmpdir()}/sursur`)).map(({ path }) => path),
    ).toEqual([])
  })

  test('has a bill of materials with exactly the packages that are in it', () => {
    const bill: Bill = JSON.parse(readFileSync(join(folder, `${NAME}.cdx.json`), 'utf8'))
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { name: 'sursur', version } },
    })
    const listed = bill.components.map(({ name, version: pinned }) => `${name}@${pinned}`)
    expect(listed).toEqual(installedPackages())
    expect(bill.components.filter(({ hashes, licenses }) => hashes[0]?.content.length !== 128 || licenses.length !== 1)).toEqual(
      [],
    )
    expect(new Set(bill.components.map((component) => component['bom-ref']))).toEqual(new Set(listed))
    const reached = new Set([`sursur@${version}`])
    for (const ref of reached)
      for (const next of bill.dependencies.find((one) => one.ref === ref)?.dependsOn ?? []) reached.add(next)
    expect([...reached].sort()).toEqual([...listed, `sursur@${version}`].sort())
  })

  test('holds the licence of each package', () => {
    const text = readFileSync(join(unpacked, 'PACKAGE-LICENCES.txt'), 'utf8')
    const missing = installedPackages().filter((ref) => !text.includes(`\n${ref.replace(/(.)@/, '$1 ')} (`))
    expect(missing).toEqual([])
  })
})

interface Bill {
  readonly components: readonly {
    readonly name: string
    readonly version: string
    readonly 'bom-ref': string
    readonly hashes: readonly { readonly content: string }[]
    readonly licenses: readonly unknown[]
  }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

/** Name and version of every package folder that was unpacked, each once. */
function installedPackages(): string[] {
  const found = filesBelow(join(unpacked, 'node_modules'))
    .filter((path) => /(^|\/node_modules\/)(@[^/]+\/[^/]+|[^@/]+)\/package\.json$/.test(path))
    .map((path) => JSON.parse(readFileSync(join(unpacked, 'node_modules', path), 'utf8')))
    .map((one: { name: string; version: string }) => `${one.name}@${one.version}`)
  return [...new Set(found)].sort()
}

describe('an archive of few files', () => {
  const files = [
    { path: 'a/run', bytes: Buffer.from('#!/bin/sh\n'), executable: true },
    { path: `a/${'long/'.repeat(24)}name`, bytes: Buffer.from('') },
    { path: 'a/b/text', bytes: Buffer.from('ä'.repeat(600)) },
  ]

  test('is the same whatever order the files come in, and differs when the time differs', () => {
    const first = writeTarGz(files, 1_700_000_000)
    expect(writeTarGz(files.toReversed(), 1_700_000_000).equals(first)).toBe(true)
    expect(writeTarGz(files, 1_700_000_001).equals(first)).toBe(false)
  })

  test('is read by tar: names, modes, owner 0 and time', () => {
    const list = spawnSync('tar', ['--list', '--verbose', '--gzip', '--numeric-owner', '--utc', '--file', '-'], {
      input: writeTarGz(files, 1_700_000_000),
      encoding: 'utf8',
    })
    expect(list.stderr).toBe('')
    const lines = list.stdout
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('d'))
    expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([
      '-rw-r--r-- 0/0 1200 2023-11-14 22:13 a/b/text',
      `-rw-r--r-- 0/0 0 2023-11-14 22:13 a/${'long/'.repeat(24)}name`,
      '-rwxr-xr-x 0/0 10 2023-11-14 22:13 a/run',
    ])
  })

  test('is refused when a path is longer than the format can hold', () => {
    expect(() => writeTarGz([{ path: 'x'.repeat(101), bytes: Buffer.from('') }], 0)).toThrow('too long')
  })
})

test('a bill of materials finds the version that a package really gets, and the same content has the same number', () => {
  const one = (folder: string, name: string, version: string, needs: Record<string, string> = {}) => {
    const rest = { licence: 'MIT OR Apache-2.0', integrity: 'sha512-AAAA' }
    return { folder, name, version, needs, ...rest }
  }
  const packages = [
    one('node_modules/a', 'a', '1.0.0', { b: '^1.0.0', absent: '*' }),
    one('node_modules/a/node_modules/b', 'b', '1.2.0'),
    one('node_modules/b', 'b', '2.0.0'),
  ]
  const program = {
    ...{ name: 'p', version: '1.0.0', description: '', license: 'MIT', engines: { node: '>=22' } },
    dependencies: { a: '1.0.0', b: '2.0.0' },
  }
  const bill = billOfMaterials(program, packages, 0)
  expect(bill.dependencies).toEqual([
    { ref: 'a@1.0.0', dependsOn: ['b@1.2.0'] },
    { ref: 'b@1.2.0', dependsOn: [] },
    { ref: 'b@2.0.0', dependsOn: [] },
    { ref: 'p@1.0.0', dependsOn: ['a@1.0.0', 'b@2.0.0'] },
  ])
  expect(bill.components[0]?.licenses).toEqual([{ expression: 'MIT OR Apache-2.0' }])
  expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(billOfMaterials(program, packages, 0).serialNumber).toBe(bill.serialNumber)
  expect(billOfMaterials(program, packages, 1).serialNumber).not.toBe(bill.serialNumber)
})

describe(`an unpacked archive with the network cut${notCut === undefined ? '' : ` (skipped: ${notCut})`}`, () => {
  test.skipIf(notCut)(
    'starts through a link, loads the samples, serves every kind of page, and asks nothing of the outside',
    async () => {
      const link = join(folder, 'sursur')
      symlinkSync(join(unpacked, 'sursur'), link)
      const { code, out, said, attempts } = await runCut([process.execPath, WALK, folder, 'pages', link])
      expect(code, said).toBe(0)
      const walk: Walk = JSON.parse(out)
      expect(walk.said).toContain('undp-2013 287, undp-2014 469, report-2015 15')
      expect(walk.pages.filter(([, status]) => status === 200).length).toBeGreaterThan(20)
      expect(walk.pages.filter(([, status]) => status >= 500)).toEqual([])
      expect(attempts).toEqual([])
      expect(walk.kernel).toEqual({ refusedConnections: 0, datagrams: 0 })
    },
    180_000,
  )

  test.skipIf(notCut)('says what is missing where there is no Node', () => {
    const { status, stderr } = spawnSync('/bin/sh', [join(unpacked, 'sursur'), 'start'], {
      encoding: 'utf8',
      env: { PATH: '/nowhere' },
    })
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining('Node 22.22') })
  })
})
