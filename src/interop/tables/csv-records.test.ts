/** CSV records, with csv-parse as an independent reader of the same text. */
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvRecords, detectDelimiter } from './csv-records.ts'
import { DEFAULT_LIMITS } from './limits.ts'

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function records(text: string, size = text.length || 1): Promise<string[][]> {
  const rows: string[][] = []
  for await (const row of csvRecords(inPieces(text, size), ',', 'x.csv', DEFAULT_LIMITS)) rows.push(row.cells.map(String))
  return rows
}

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', ' ', ';', '家', '') })
const quotedText = (rows: string[][]) =>
  rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\r\n')

test('any cells come back as they were, however the text is cut into pieces, and as csv-parse reads them', async () => {
  const tables = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(tables, fc.integer({ min: 1, max: 7 }), async (rows, size) => {
      const text = quotedText(rows)
      expect(await records(text, size)).toEqual(rows)
      expect(await records(text, size)).toEqual(parse(text, { relax_column_count: true }))
    }),
    { numRuns: 200 },
  )
})

test('rows are counted as a spreadsheet shows them, lines as a text editor does', async () => {
  const seen: unknown[] = []
  for await (const row of csvRecords(inPieces('a,"b\nc"\n\nd,e\n', 3), ',', 'x.csv', DEFAULT_LIMITS))
    seen.push([row.row, row.line, row.cells.length])
  expect(seen).toEqual([
    [1, undefined, 2],
    [2, 3, 0],
    [3, 4, 2],
  ])
})

test.each([
  ['a,b|c,d\n1,2|3,4\n5,6,7\n', ','],
  ['a;b;c\n1,5;2,5;3\n1,7;2;3,1\n', ';'],
  ['a\tb\n1,2\t3\n', '\t'],
  ['a|b|c\n1|2|3\n', '|'],
  ['sep=;\r\na,b;c\r\n', ';'],
])('the delimiter of %j is %j', (text, delimiter) => {
  expect(detectDelimiter(text, true, DEFAULT_LIMITS)).toBe(delimiter)
})
