import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { UploadedFile } from '../../kernel/http.ts'
import { createKeptFiles, type ImportChoices } from './kept-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-kept-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function received(name: string, content: string): UploadedFile {
  const path = join(folder, name)
  writeFileSync(path, content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { field: 'file', name, path, bytes: content.length, sha256 } as UploadedFile
}

const CHOICES: ImportChoices = {
  mappings: [
    {
      version: 1,
      sheet: '',
      headerRows: [1],
      firstDataRow: 2,
      language: 'fr',
      columns: [{ index: 0, header: 'Titre', field: 'title' }],
    },
  ],
  collection: { key: 'wells', isNew: true, name: 'Wells', entryState: 'published' },
  language: 'fr',
  mappingName: 'Bureau de Nairobi',
}

test('the same file received again keeps the corrected columns and the name of the mapping, also after an import', async () => {
  const files = createKeptFiles(join(folder, 'kept'))
  const key = await files.keep(received('a.csv', 'Titre\nPuits\n'))
  const first = await files.draftOf(key)
  expect([first.choices, first.resumedFrom]).toEqual([null, undefined])
  await files.saveDraft({ ...first, choices: CHOICES, importedAs: 'run' })
  expect(await files.keep(received('b.csv', 'Titre\nPuits\n'))).toBe(key)
  expect(await files.draftOf(key)).toMatchObject({
    fileName: 'b.csv',
    choices: CHOICES,
    resumedFrom: first.receivedAt,
    importedAs: null,
  })
})

test('another file begins with nothing decided', async () => {
  const files = createKeptFiles(join(folder, 'kept'))
  const key = await files.keep(received('c.csv', 'Titre\nCoton\n'))
  expect((await files.draftOf(key)).choices).toBeNull()
})
