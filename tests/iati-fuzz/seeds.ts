/**
 * Files from which the broken ones are made: some written for this, and where they are present test files of other tools and the
 * beginnings of published files.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'

const SHARED = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'iati')

/** Larger ones would only make the run longer. */
const LARGEST_BYTES = 40_000
const CUT_OUT_BYTES = 24_000

export interface Seed {
  readonly name: string
  readonly bytes: Buffer
}

export function readSeeds(): Seed[] {
  const own = readdirSync(join(import.meta.dirname, 'seeds')).sort()
  return [
    ...own.map((name) => ({ name, bytes: readFileSync(join(import.meta.dirname, 'seeds', name)) })),
    ...filesUnder(join(SHARED, 'robustness')),
    ...filesUnder(join(SHARED, 'publishers')).flatMap(cutOut),
  ]
}

function filesUnder(folder: string): Seed[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.xml(\.gz)?$/.test(name) && statSync(join(folder, name)).isFile())
    .sort()
    .map((name) => ({ name, bytes: unpacked(readFileSync(join(folder, name))) }))
    .filter(({ bytes }) => bytes.length <= LARGEST_BYTES || folder.endsWith('publishers'))
}

function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
}

/** The first activities of a large file under its own root. */
function cutOut({ name, bytes }: Seed): Seed[] {
  const text = bytes.toString('utf8')
  const start = text.indexOf('<iati-activity ') < 0 ? text.indexOf('<iati-activity>') : text.indexOf('<iati-activity ')
  const end = text.lastIndexOf('</iati-activity>', start + CUT_OUT_BYTES)
  if (start < 0 || end < start) return []
  return [{ name, bytes: Buffer.from(`${text.slice(0, end)}</iati-activity></iati-activities>`) }]
}
