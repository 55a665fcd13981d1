import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { writeXlsx } from '../../interop/tables/index.ts'
import type { ImportedRow } from '../../modules/registry/index.ts'
import { openForReading, proposedMappings } from './import-table-file.ts'
import { type Reading, type RowBatch, readInBatches } from './read-batches.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-batches-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Result extends Reading, Pick<RowBatch, 'rows' | 'problems' | 'rowsRead' | 'rejected'> {}

async function readFile(path: string, rowLimit?: number): Promise<Result> {
  const file = await openForReading({ path })
  const sum = { rows: [] as ImportedRow[], problems: [] as RowBatch['problems'], rowsRead: 0, rejected: 0 }
  const options = rowLimit === undefined ? {} : { rowLimit }
  const reading = await readInBatches(file, await proposedMappings(file), options, async (batch) => {
    sum.rows.push(...batch.rows)
    sum.problems.push(...batch.problems)
    sum.rowsRead += batch.rowsRead
    sum.rejected += batch.rejected
  })
  await file.close()
  return { ...reading, ...sum }
}

function csv(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const workbook = async (name: string, sheets: Record<string, string[][]>): Promise<string> => {
  const path = join(folder, name)
  const out = createWriteStream(path)
  await writeXlsx(
    Object.entries(sheets).map(([sheet, rows]) => ({ name: sheet, rows })),
    out,
  )
  return path
}

const HEADING = 'Award ID,Title,Country'

describe('an award that several rows of a year share names none of them', () => {
  test('both rows are kept, each under a name of its own, and the person is told', async () => {
    const path = csv('awards.csv', [HEADING, '100,Wells,Jamaica', '200,Roads,Kenya', '100,Seeds,Cuba'])
    const { rows, problems, rejected } = await readFile(path)
    expect(rows.map(({ facts }) => facts.hosts)).toEqual([['JAM'], ['KEN'], ['CUB']])
    expect(rows.map(({ identifier }) => identifier.startsWith('~'))).toEqual([true, false, true])
    expect(new Set(rows.map(({ identifier }) => identifier)).size).toBe(3)
    expect(rows.map(({ facts }) => facts.identifiers)).toEqual(['100', '200', '100'].map((value) => [{ scheme: 'award', value }]))
    expect(rejected).toBe(0)
    expect(problems).toMatchObject([
      { code: 'registry.number-shared', params: { number: '100' }, place: { row: 2, column: 'Award ID' }, level: 'warning' },
      { code: 'registry.number-shared', params: { number: '100' }, place: { row: 4, column: 'Award ID' }, level: 'warning' },
    ])
  })

  test('the names are the same when it is read again, however far apart the rows are and whatever stands between them', async () => {
    const between = Array.from({ length: 1_200 }, (_, index) => `${index + 1000},Exchange ${index},Kenya`)
    const first = await readFile(csv('far.csv', [HEADING, '100,Wells,Jamaica', ...between, '100,Seeds,Cuba']))
    const again = await readFile(csv('far.csv', [HEADING, '100,Seeds,Cuba', ...between, '100,Wells,Jamaica']))
    expect(new Set(first.rows.map(({ identifier }) => identifier))).toEqual(
      new Set(again.rows.map(({ identifier }) => identifier)),
    )
    const part = await readFile(join(folder, 'far.csv'), 10)
    expect(part.rows[0]?.identifier).toBe(again.rows[0]?.identifier)
  })

  test('a second year of an award is the same initiative, listed again', async () => {
    const path = csv('years.csv', ['Award ID,Title,Country,Year', '100,Wells,Jamaica,2013', '100,Wells,Jamaica,2014'])
    const { rows, problems } = await readFile(path)
    expect(rows.map(({ identifier }) => identifier)).toEqual(['100', '100'])
    expect(problems).toEqual([])
  })

  test('across the sheets of a workbook too', async () => {
    const rowsOf = (title: string, country: string) => [
      ['Award ID', 'Title', 'Country'],
      ['A-100', title, country],
    ]
    const path = await workbook('awards.xlsx', { North: rowsOf('Wells', 'Jamaica'), South: rowsOf('Seeds', 'Cuba') })
    const { rows, problems } = await readFile(path)
    expect(rows.map(({ identifier }) => identifier.startsWith('~'))).toEqual([true, true])
    expect(problems.map(({ code, place }) => [code, place?.sheet, place?.row])).toEqual([
      ['registry.number-shared', 'North', 2],
      ['registry.number-shared', 'South', 2],
    ])
  })
})

test('the row of a second sheet with an identifier of the first is rejected, and both places are named', async () => {
  const rowsOf = (...rows: string[][]) => [['Project code', 'Title', 'Country'], ...rows]
  const path = await workbook('codes.xlsx', {
    North: rowsOf(['P-1', 'Wells', 'Jamaica'], ['P-2', 'Roads', 'Kenya']),
    South: rowsOf(['P-2', 'Seeds', 'Cuba'], ['P-3', 'Ports', 'Chile']),
  })
  const { rows, problems, rowsRead, rejected, sheets } = await readFile(path)
  expect(rows.map(({ identifier }) => identifier)).toEqual(['P-1', 'P-2', 'P-3'])
  expect([rowsRead, rejected]).toEqual([4, 1])
  expect(problems).toMatchObject([
    {
      code: 'registry.row-repeated',
      params: { identifier: 'P-2', firstRow: 3, sheet: 'North' },
      place: { sheet: 'South', row: 2 },
      level: 'error',
    },
  ])
  expect(sheets).toMatchObject([
    { accepted: 2, rejected: 0 },
    { accepted: 1, rejected: 1 },
  ])
})
