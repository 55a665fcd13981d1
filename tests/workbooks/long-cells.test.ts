/** One long cell or one quote that is never closed must not stop the program: reading takes as long as the file is large. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type ListedRowResult, openTableFile, readListedRows, recogniseFile } from '../../src/interop/tables/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-long-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HEADING = 'Project code,Title,Recipient,Start date,Budget,Sector,Web links,Contact,Notes'

/**
 * Reads a file twice, as a check and an import do. Tells the work in milliseconds of the processor, which other programs on the
 * machine do not change much, and how often anything else got its turn.
 */
async function read(name: string, content: string) {
  const path = join(folder, name)
  writeFileSync(path, content)
  let turns = 0
  const listen = setInterval(() => {
    turns += 1
  }, 1)
  const start = process.cpuUsage()
  const file = await openTableFile(path)
  const recognition = await recogniseFile(file)
  const mapping = recognition.sheets[0]?.mapping
  if (!mapping) throw new Error('no sheet recognised')
  const results: ListedRowResult[] = []
  for (let pass = 0; pass < 2; pass++) {
    results.length = 0
    for await (const result of readListedRows(file, mapping)) results.push(result)
  }
  const { user, system } = process.cpuUsage(start)
  const took = (user + system) / 1000
  clearInterval(listen)
  await file.close()
  return { results, took, turns }
}

function withCell(text: string): string {
  const others = Array.from({ length: 30 }, (_, at) => `P-${at},Wells,Kenya,2014-01-01,1200,11120,https://a.org,a@b.org,none`)
  const cell = `"${text}"`
  return [HEADING, ...others, `P-99,${cell},${cell},${cell},${cell},${cell},${cell},${cell},${cell}`].join('\n')
}

test.each([
  ['letters', 'x'],
  ['digits', '7'],
  ['spaces between letters', 'x '],
  ['names and commas', 'Atlantide, '],
  ['doubled quotes', 'a""b '],
  ['words', 'Support to civil registration and vital statistics. '],
])('nine columns with one long cell of %s: four times the length takes about four times as long', async (_name, unit) => {
  await read('warm.csv', withCell(unit.repeat(10)))
  const text = (length: number) => unit.repeat(length / unit.length)
  const once = await read('once.csv', withCell(text(50_000)))
  const fourTimes = await read('four-times.csv', withCell(text(200_000)))
  // Quadratic reading takes sixteen times as long; the fixed part hides noise of the machine.
  expect(fourTimes.took).toBeLessThan(once.took * 8 + 400)
  expect(fourTimes.results.length).toBe(31)
})

test('a cell of 3 MB is one row, rejected with its place and length; the rows around it are read', async () => {
  const rows = [HEADING, 'A1,Wells,Kenya', `A2,"${'long, '.repeat(500_000)}",Mali`, 'A3,Seeds,Peru']
  const { results, took } = await read('three.csv', rows.join('\n'))
  // About 100 ms; the bound leaves room for a busy machine.
  expect(took).toBeLessThan(4_000)
  expect(results.map((result) => result.status)).toEqual(['accepted', 'rejected', 'accepted'])
  expect(results[1]?.problems[0]).toMatchObject({
    code: 'tables.cell-too-long',
    params: { length: 3_000_000, limit: 1_000_000 },
    place: { file: 'three.csv', row: 3, column: 'B' },
    level: 'error',
  })
  expect(results[1]?.values.title?.length).toBeLessThan(300)
})

test('a quote that is never closed in a file of 5 MB is named by its row, and no row is lost', async () => {
  const rows = Array.from(
    { length: 10_000 },
    (_, at) =>
      `P-${at},${at === 5 ? '"' : ''}Wells and pumps of the north,Kenya,2014-01-01,1200,11120,,,${'As said before. '.repeat(30)}`,
  )
  const { results, took, turns } = await read('unclosed.csv', [HEADING, ...rows].join('\n'))
  expect(took).toBeLessThan(20_000)
  expect(turns).toBeGreaterThan(took / 200)
  expect(results.length).toBe(10_000)
  expect(
    results
      .filter((result) => result.problems.some((problem) => problem.code === 'tables.unclosed-quote'))
      .map((result) => result.row),
  ).toEqual([7])
  expect(results[5]?.values.title).toBe('"Wells and pumps of the north')
})

test('a file in which every row opens a quote is read to its end', async () => {
  const rows = Array.from({ length: 3_000 }, (_, at) => `P-${at},"Wells and pumps of the north,Kenya,2014-01-01`)
  const { results, took, turns } = await read('all-unclosed.csv', [HEADING, ...rows].join('\n'))
  expect(took).toBeLessThan(20_000)
  expect(turns).toBeGreaterThan(took / 200)
  expect(results.length).toBe(3_000)
})
