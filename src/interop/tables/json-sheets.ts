/**
 * JSON and JSON Lines as sheets of rows. The first row holds the keys of all records, in order of appearance, as row 0;
 * records count from 1 (JSON) or bear their line number (JSON Lines). Lists inside a record become one cell, joined by `|`.
 */
import { Problem } from '../../kernel/problems.ts'
import { type JsonRecord, jsonLines, jsonRecords } from './json-records.ts'
import type { TableLimits } from './limits.ts'
import { quoted, tableReport } from './problems.ts'
import type { CellValue, RawRow, TableSheet } from './table-file.ts'
import type { TextSource } from './text-source.ts'

/** Reads the file once to learn the lists and their keys. Throws `tables.broken-json`, `tables.no-records-in-json`. */
export async function jsonSheets(
  text: TextSource,
  format: 'json' | 'jsonl',
  fileName: string,
  limits: TableLimits,
): Promise<readonly TableSheet[]> {
  const records = () => (format === 'json' ? jsonRecords(text.chunks(), fileName) : jsonLines(text.chunks(), fileName, limits))
  const keysOfList = new Map<string, Map<string, number>>()
  let broken: JsonRecord | undefined
  for await (const record of records()) {
    if (!isRecord(record.value)) {
      broken ??= record
      continue
    }
    let keys = keysOfList.get(record.list)
    if (!keys) {
      keys = new Map()
      keysOfList.set(record.list, keys)
    }
    for (const key of Object.keys(record.value)) if (!keys.has(key)) keys.set(key, keys.size)
    if (keys.size > limits.columns) {
      const place = { file: fileName, line: record.line }
      throw new Problem('tables.too-many-columns', { count: keys.size, limit: limits.columns }, { place })
    }
  }
  if (keysOfList.size === 0) {
    const place = { file: fileName, ...(broken ? { line: broken.line } : {}) }
    if (broken?.broken !== undefined) throw new Problem('tables.broken-json', { found: quoted(broken.broken) }, { place })
    throw new Problem('tables.no-records-in-json', {}, { place })
  }
  return [...keysOfList].map(([list, keys]) => ({
    name: list,
    hidden: false,
    merges: () => Promise.resolve([]),
    rows: () => rowsOf(records(), list, keys, format, fileName),
  }))
}

async function* rowsOf(
  records: AsyncIterable<JsonRecord>,
  list: string,
  keys: ReadonlyMap<string, number>,
  format: 'json' | 'jsonl',
  fileName: string,
): AsyncGenerator<RawRow> {
  yield { row: 0, cells: [...keys.keys()] }
  for await (const record of records) {
    if (record.list !== list) continue
    const row = format === 'jsonl' ? record.line : record.number
    if (!isRecord(record.value)) {
      const found = quoted(record.broken ?? JSON.stringify(record.value))
      const place = { file: fileName, row, line: record.line }
      yield {
        row,
        line: record.line,
        cells: [record.broken ?? JSON.stringify(record.value)],
        problems: [tableReport('broken-json', { found }, place, 'error')],
      }
      continue
    }
    const cells: CellValue[] = new Array(keys.size).fill(null)
    for (const [key, value] of Object.entries(record.value)) {
      const column = keys.get(key)
      if (column !== undefined) cells[column] = cellOf(value)
    }
    yield { row, ...(record.line === row ? {} : { line: record.line }), cells }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function cellOf(value: unknown): CellValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) {
    if (value.length === 0) return null
    const parts = value.map((part) => (typeof part === 'object' && part !== null ? JSON.stringify(part) : String(part ?? '')))
    return parts.join(parts.some((part) => part.includes('|')) ? '\n' : '|')
  }
  return JSON.stringify(value)
}
