import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { refusalOf } from './upload.tsx'

const folder = mkdtempSync(join(tmpdir(), 'sursur-upload-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function received(name: string, content: string) {
  const path = join(folder, name)
  writeFileSync(path, content)
  return {
    field: 'file',
    name,
    path,
    bytes: Buffer.byteLength(content),
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}

test('the page that a server gave instead of a file is refused as what it is, with its line', async () => {
  const page = received('activities.xml', '<!doctype html>\n<html><body>Not found</body></html>')
  expect(await refusalOf(page)).toMatchObject({ code: 'iati.not-xml', params: { found: 'HTML' }, place: { line: 1 } })
})

test('a published file and a table are not refused', async () => {
  const activities = received('published.xml', '<iati-activities version="2.03"></iati-activities>')
  expect(await refusalOf(activities)).toBeUndefined()
  expect(await refusalOf(received('table.csv', 'title,country\nWater,Ghana\n'))).toBeUndefined()
})
