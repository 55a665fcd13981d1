/** Every published file of the collection: as many activities as its list says, and the digests of a second reading are the same. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { parseElement } from '../parse-element.ts'
import { isPublishedFile, openPublishedFiles } from './open-published-files.ts'
import { pieceDigest } from './piece.ts'

const FOLDER = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'iati')
const present = existsSync(join(FOLDER, 'MANIFEST.csv'))
if (!present) console.log('published files are absent: the tests that read them are skipped')

interface Listed {
  readonly file: string
  readonly expected: string
  readonly wellformed: string
  readonly activities: string
  readonly organisations: string
}

const listed: Listed[] = present ? parse(readFileSync(join(FOLDER, 'MANIFEST.csv')), { columns: true }) : []
/** Test cases are in `tests/iati-robustness`. */
const published = listed.filter(({ file }) => /^(publishers|derived)\//.test(file))

describe.skipIf(!present)('published files', () => {
  test('the list has files of publishers, whole and many', () => {
    expect(published.length).toBeGreaterThan(25)
    expect(published.filter(({ wellformed }) => wellformed !== '1')).toEqual([])
  })

  test.each(published)(
    '$file: $activities activities, $organisations organisations',
    async ({ file, activities, organisations }) => {
      const path = join(FOLDER, file)
      expect(await isPublishedFile(path)).toBe(true)
      const first = await readPieces(path)
      expect([first.activities, first.organisations]).toEqual([Number(activities), Number(organisations)])
      expect((await readPieces(path)).digests).toEqual(first.digests)
    },
  )
})

async function readPieces(path: string) {
  const digests: string[] = []
  const counts = { activity: 0, organisation: 0 }
  for await (const file of openPublishedFiles({ path })) {
    for await (const piece of file.pieces()) {
      if (piece.kind === 'too-large') throw new Error(`too large, line ${piece.line}`)
      counts[piece.kind] += 1
      digests.push(pieceDigest(piece))
      expect(parseElement(piece.bytes.toString('utf8'), piece.line).line).toBe(piece.line)
    }
  }
  return { digests, activities: counts.activity, organisations: counts.organisation }
}
