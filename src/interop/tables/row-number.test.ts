/** Running numbers and codes. A key that counts the rows would let next year's list overwrite this year's. */
import { describe, expect, test } from 'vitest'
import { recogniseSheet } from './recognise-sheet.ts'
import type { CellValue } from './table-file.ts'

function columnOf(heading: string, numbers: readonly CellValue[]) {
  const rows = numbers.map((number, at) => [number, `Wells and pumps for district ${at}`, 'Kenya'])
  const cells = [[heading, 'Title', 'Country'], ...rows]
  const sample = { name: '', hidden: false, merges: [], rows: cells.map((row, at) => ({ row: at + 1, cells: row })) }
  const recognition = recogniseSheet(sample)
  return { column: recognition.columns[0], field: recognition.mapping.columns[0]?.field, sample }
}

const COUNTING = [1, 2, 3, 4, 5]

describe('a running number is kept and says why', () => {
  test.each([
    'N°',
    'No.',
    '#',
    'Nº',
    '№',
    '序号',
    'م',
    'Ord.',
    '№ п/п',
    'S/N',
    'N° d’ordre',
    '编号',
    'Item',
    'Project code',
    'ID',
  ])('1, 2, 3 under %s', (heading) => {
    const { column, field } = columnOf(heading, COUNTING)
    expect(field).toBe('kept')
    expect(column?.reasonKey).toBe('tables.reason.row-number')
    expect(column?.alternatives.some((other) => other.field === 'identifier')).toBe(true)
  })

  test.each([
    ['as text', ['1.', '2.', '3.', '4.']],
    ['with leading zeros', ['001', '002', '003']],
    ['that starts anew in a section', [1, 2, 3, 1, 2, 3, 4]],
    ['with a row struck out', [1, 2, 4, 5, 6]],
    ['in Arabic digits', ['١', '٢', '٣']],
    ['of one row', [1]],
  ])('a number %s under N°', (_kind, numbers) => {
    expect(columnOf('N°', numbers).field).toBe('kept')
  })
})

describe('a code is the identifier', () => {
  test.each([
    ['N°', ['P-001', 'P-002', 'P-003']],
    ['No.', ['SSC14-001', 'SSC14-002', 'SSC14-003']],
    ['No.', [56789, 61234, 70001]],
    ['Project number', ['00056789', '00061234', '00070001']],
    ['编号', ['2014-1', '2014-2', '2014-3']],
    ['Project code', ['001', '002', '003']],
    ['Project code', [17, 18, 19]],
    ['identifier', COUNTING],
  ])('%s: %j', (heading, codes) => {
    const { column, field } = columnOf(heading, codes)
    expect(field).toBe('identifier')
    expect(column?.reasonKey).toBeUndefined()
  })

  test('a person who says that the running number is the key is believed', () => {
    const { sample } = columnOf('N°', COUNTING)
    const proposed = recogniseSheet(sample).mapping
    const [number, ...others] = proposed.columns
    if (!number) throw new Error('no column')
    const saved = { ...proposed, columns: [{ ...number, field: 'identifier' as const }, ...others] }
    expect(recogniseSheet(sample, { saved }).mapping.columns[0]?.field).toBe('identifier')
  })

  test('numbers that happen to count under the heading of another field stay that field', () => {
    expect(columnOf('Number of beneficiaries', COUNTING).field).toBe('beneficiaries')
  })
})
