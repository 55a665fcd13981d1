/** What we write is read by an independent reader, and by our own. */
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import readExcelFile from 'read-excel-file/node'
import { afterAll, expect, test } from 'vitest'
import { openTableFile } from './open-table-file.ts'
import { type OutColumn, tableSheet } from './out-rows.ts'
import { writeCsv } from './write-csv.ts'
import { writeJson, writeJsonLines } from './write-json.ts'
import { writeXlsx } from './write-xlsx.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-write-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

const columns: OutColumn[] = [
  { key: 'id', header: 'Code' },
  { key: 'title', header: 'Title & more <b>' },
  { key: 'start', header: 'Start', form: 'date' },
  { key: 'budget', header: 'Budget', form: 'decimal' },
  { key: 'hosts', header: 'Hosts' },
]
const rows = [
  { id: '00057359', title: '=1+1 "quoted", _x0041_ & <i>', start: '2014-03-05', budget: '1234567.89', hosts: ['KEN', 'UGA'] },
  { id: '+49 30', title: 'Zeile\nzwei 🌍 bell\u0007', start: '2014-03', budget: '12345678901234567890.12', hosts: [] },
]

test('a workbook keeps texts, leading zeros, real dates and numbers; an independent reader agrees', async () => {
  await writeXlsx(
    [tableSheet('Data', columns, rows), { name: 'Data', rightToLeft: true, rows: [['ملاحظة']] }],
    createWriteStream(at('a.xlsx')),
  )
  const sheets = await readExcelFile(at('a.xlsx'))
  const data = sheets[0]?.data ?? []
  expect(data[1]?.slice(0, 2)).toEqual(['00057359', expect.stringContaining('=1+1 "quoted"')])
  expect(data[1]?.[2]).toEqual(new Date('2014-03-05T00:00:00Z'))
  expect(data[1]?.[3]).toBe(1234567.89)
  const file = await openTableFile(at('a.xlsx'))
  expect(file.sheets.map((sheet) => sheet.name)).toEqual(['Data', 'Data 2'])
  const read: unknown[] = []
  for await (const row of file.sheets[0]?.rows() ?? []) read.push(row.cells)
  expect(read).toEqual([
    columns.map((column) => column.header),
    ['00057359', '=1+1 "quoted", _x0041_ & <i>', new Date('2014-03-05T00:00:00Z'), 1234567.89, 'KEN|UGA'],
    // More digits than a spreadsheet keeps stay a text; a month is no day.
    ['+49 30', 'Zeile\nzwei 🌍 bell\u0007', '2014-03', '12345678901234567890.12'],
  ])
})

test('a text longer than a cell can hold is cut, and the cut is counted', async () => {
  const { cutCells } = await writeXlsx([{ name: 'A', rows: [['x'.repeat(40_000)]] }], createWriteStream(at('long.xlsx')))
  expect(cutCells).toBe(1)
})

test('rows that fail midway reject, they do not hang', async () => {
  function* failing(): Generator<string[]> {
    yield ['a']
    throw new Error('no more rows')
  }
  await expect(writeXlsx([{ name: 'A', rows: failing() }], createWriteStream(at('fails.xlsx')))).rejects.toThrow('no more rows')
})

test('CSV for people marks texts that would run as formulas; CSV for machines is bare', async () => {
  await writeCsv(rows, columns, createWriteStream(at('people.csv')), { byteOrderMark: true })
  const people = parse(readFileSync(at('people.csv')), { bom: true })
  expect(people[1]).toEqual(['00057359', `'=1+1 "quoted", _x0041_ & <i>`, '2014-03-05', '1234567.89', 'KEN|UGA'])
  expect(people[2]?.[0]).toBe("'+49 30")
  await writeCsv(rows, columns, createWriteStream(at('machine.csv')), { machine: true })
  const machine = parse(readFileSync(at('machine.csv')))
  expect(machine[1]?.[1]).toBe('=1+1 "quoted", _x0041_ & <i>')
})

test('JSON and JSON Lines hold lists as lists and nothing as null', async () => {
  await writeJson(rows, columns, createWriteStream(at('a.json')))
  await writeJsonLines(rows, columns, createWriteStream(at('a.jsonl')))
  const whole = JSON.parse(readFileSync(at('a.json'), 'utf8'))
  const lines = readFileSync(at('a.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(whole).toEqual(rows)
  expect(lines).toEqual(rows)
  await writeJson([], columns, createWriteStream(at('empty.json')))
  expect(JSON.parse(readFileSync(at('empty.json'), 'utf8'))).toEqual([])
})
