/** Parquet is read back by another reader than the one that writes. */
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import type { OutColumn, OutRows } from '../tables/index.ts'
import { openParquet, writeParquet } from './write-parquet.ts'

const COLUMNS: readonly OutColumn[] = [
  { key: 'name', header: 'Name' },
  { key: 'year', header: 'Year', form: 'integer' },
  { key: 'amount', header: 'Amount', form: 'decimal' },
  { key: 'joint', header: 'Joint', form: 'boolean' },
  { key: 'codes', header: 'Codes' },
]

async function written(rows: OutRows, notes?: Parameters<typeof writeParquet>[3]) {
  const out = new PassThrough()
  const whole = buffer(out)
  const result = await writeParquet(rows, COLUMNS, out, notes)
  const bytes = await whole
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  return { result, metadata: await parquetMetadataAsync(file), objects: await parquetReadObjects({ file }) }
}

test('a number with more digits than the column holds is counted, and one that is too large is left out rather than wrong', async () => {
  const { result, objects } = await written([
    { name: 'long', amount: '0.1234567890123' },
    { name: 'large', amount: '1'.repeat(30) },
  ])
  expect(result).toEqual({ rows: 2, shortened: 2 })
  expect(objects[0]?.amount).toBeCloseTo(0.123456789012, 13)
  expect(objects[1]?.amount).toBeNull()
})

test('what is missing is null, and an empty list too', async () => {
  const { objects } = await written([{ name: undefined, year: null, codes: [] }])
  expect(objects).toEqual([{ name: null, year: null, amount: null, joint: null, codes: null }])
})

test('texts in every script, whole numbers, amounts below zero, truth values and lists come back', async () => {
  const { objects } = await written([
    { name: '=صندوق 基金', year: 2014, amount: '-1200000.50', joint: true, codes: ['AGO', 'BRA'] },
  ])
  expect(objects).toEqual([{ name: '=صندوق 基金', year: 2014, amount: -1200000.5, joint: true, codes: 'AGO|BRA' }])
})

test('a table of more than one group of rows is whole, and its notes are asked after the last row', async () => {
  let last = 0
  function* many() {
    for (let row = 1; row <= 12_001; row += 1) {
      last = row
      yield { name: `row ${row}`, year: row }
    }
  }
  const { result, metadata, objects } = await written(many(), { rows: () => String(last), language: 'en' })
  expect(result.rows).toBe(12_001)
  expect(Number(metadata.num_rows)).toBe(12_001)
  expect(metadata.row_groups).toHaveLength(3)
  expect(metadata.key_value_metadata).toEqual([
    { key: 'rows', value: '12001' },
    { key: 'language', value: 'en' },
  ])
  expect([objects[0]?.name, objects[12_000]?.name]).toEqual(['row 1', 'row 12001'])
})

test('a table without rows is a file with columns and no rows', async () => {
  const { metadata, objects } = await written([])
  expect(Number(metadata.num_rows)).toBe(0)
  expect(metadata.schema.slice(1).map(({ name }) => name)).toEqual(['name', 'year', 'amount', 'joint', 'codes'])
  expect(objects).toEqual([])
})

test('batches that come of their own accord give the same file as rows that are read, and a broken stream is said to whoever adds next', async () => {
  const rows = Array.from({ length: 12_000 }, (_, at) => ({ name: `Name ${at % 7}`, year: 2000 + (at % 20) }))
  const out = new PassThrough()
  const whole = buffer(out)
  const file = openParquet(COLUMNS, out)
  for (let at = 0; at < rows.length; at += 500) await file.add(rows.slice(at, at + 500))
  expect(await file.end()).toEqual({ rows: 12_000, shortened: 0 })
  const other = new PassThrough()
  const read = buffer(other)
  await writeParquet(rows, COLUMNS, other)
  expect((await whole).equals(await read)).toBe(true)

  const broken = new PassThrough()
  const refused = openParquet(COLUMNS, broken)
  broken.destroy(new Error('no space'))
  await new Promise((resolve) => broken.once('close', resolve))
  await expect(refused.add(rows.slice(0, 1))).rejects.toThrow('no space')
})
