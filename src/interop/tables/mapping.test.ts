/** A mapping is shown, adjusted, saved and found again by its headings. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseMapping } from './mapping.ts'
import { openTableFile } from './open-table-file.ts'
import { readListedRows } from './read-listed-rows.ts'
import { recogniseFile } from './recognise-file.ts'
import { recogniseSheet, sampleSheet } from './recognise-sheet.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-mapping-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function given(name: string, text: string) {
  writeFileSync(join(folder, name), text)
  return openTableFile(join(folder, name))
}

test('a column set by hand is found by its heading in the next file, wherever it stands', async () => {
  const first = await given('first.csv', 'Zone name,Title,When\nKenya,Wells,05/03/2014\n')
  const { sheets } = await recogniseFile(first)
  const proposed = sheets[0]?.mapping
  if (!proposed) throw new Error('no sheet')
  const adjusted = {
    ...proposed,
    columns: proposed.columns.map((column) =>
      column.header === 'Zone name'
        ? { ...column, field: 'recipients' as const }
        : column.header === 'When'
          ? { ...column, field: 'startDate' as const, dateOrder: 'dmy' as const }
          : column,
    ),
  }
  const saved = parseMapping(JSON.parse(JSON.stringify(adjusted)))
  expect(saved).toEqual(adjusted)

  const second = await given('second.csv', 'Note\n\nTitle,When,zone_name,Budget\nRoads,06/03/2014,Peru,100\n')
  const found = (await recogniseFile(second, saved)).sheets[0]
  expect(found?.columns.map((column) => [column.field, column.reason])).toEqual([
    ['title', 'saved'],
    ['startDate', 'saved'],
    ['recipients', 'saved'],
    ['budgetAmount', 'header'],
  ])
  if (!found) throw new Error('no sheet')
  for await (const { values } of readListedRows(second, found.mapping)) {
    expect(values).toMatchObject({ startDate: '2014-03-06', recipients: [{ iso3: 'PER' }] })
  }
})

test('a person can name the heading row, and say that there is none', async () => {
  const file = await given('rows.csv', 'Title,Country\nName,Host country\nWells,Kenya\n')
  const sheet = file.sheets[0]
  if (!sheet) throw new Error('no sheet')
  const sample = await sampleSheet(sheet)
  expect(recogniseSheet(sample, { headerRows: [2] }).headerRows).toEqual([2])
  const none = recogniseSheet(sample, { headerRows: [] })
  expect([none.headerRows, none.firstDataRow]).toEqual([[], 1])
})

test.each([
  [{}, 'columns'],
  [{ columns: [{ index: 0, field: 'budget' }], headerRows: [], firstDataRow: 1 }, 'columns[0].field'],
  [{ columns: [{ index: -1, field: 'title' }], headerRows: [], firstDataRow: 1 }, 'columns[0].index'],
])('a broken mapping %j is refused with the part that is wrong: %s', (value, part) => {
  expect(() => parseMapping(value)).toThrow(part)
})
