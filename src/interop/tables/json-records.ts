/**
 * The records of a JSON file, streaming: an array of objects, or an object that holds one or more such arrays.
 * Each record is cut out by counting brackets and parsed by itself, so that memory holds one record and not the file.
 */
import { Problem } from '../../kernel/problems.ts'
import type { TableLimits } from './limits.ts'
import { quoted } from './problems.ts'

export interface JsonRecord {
  /** The key of the array in the outer object; empty when the file itself is the array. */
  readonly list: string
  /** Counts from 1 within its list. */
  readonly number: number
  readonly line: number
  readonly value: unknown
  /** The text of a line that is not JSON; `value` is then undefined. */
  readonly broken?: string
}

/** Characters of one record. */
const RECORD_LENGTH = 20_000_000

/** Throws `tables.broken-json` with the line where reading stopped. */
export async function* jsonRecords(text: AsyncIterable<string>, fileName: string): AsyncGenerator<JsonRecord> {
  const counts = new Map<string, number>()
  let buffer = ''
  let at = 0
  let line = 1
  let depth = 0
  let inString = false
  let escaped = false
  let start = -1
  let startLine = 1
  let outer: 'array' | 'object' | undefined
  let list = ''
  let inList = false
  let stringStart = 0
  let lastString = ''

  const broken = (found: string, where = line) =>
    new Problem('tables.broken-json', { found: quoted(found) }, { place: { file: fileName, line: where } })

  function record(end: number): JsonRecord {
    const source = buffer.slice(start, end)
    start = -1
    const number = (counts.get(list) ?? 0) + 1
    counts.set(list, number)
    try {
      return { list, number, line: startLine, value: JSON.parse(source) }
    } catch {
      throw broken(source, startLine)
    }
  }

  for await (const chunk of text) {
    buffer += chunk
    for (; at < buffer.length; at++) {
      const code = buffer.charCodeAt(at)
      if (code === 10) line += 1
      if (inString) {
        if (escaped) escaped = false
        else if (code === 92) escaped = true
        else if (code === 34) {
          inString = false
          if (depth === 1 && outer === 'object') lastString = buffer.slice(stringStart, at + 1)
        }
        continue
      }
      if (code === 34) {
        inString = true
        stringStart = at
        if (depth === 0) throw broken(buffer.slice(at, at + 80))
        continue
      }
      if (code === 123 || code === 91) {
        if (depth === 0) {
          if (outer !== undefined) throw broken(buffer.slice(at, at + 80))
          outer = code === 91 ? 'array' : 'object'
          inList = outer === 'array'
        } else if (depth === 1 && outer === 'object' && code === 91) {
          inList = true
          list = safeKey(lastString)
        } else if (start < 0 && inList && code === 123 && depth === listDepth(outer)) {
          start = at
          startLine = line
        }
        depth += 1
      } else if (code === 125 || code === 93) {
        depth -= 1
        if (depth < 0) throw broken(buffer.slice(at, at + 80))
        if (start >= 0 && depth === listDepth(outer)) yield record(at + 1)
        if (depth === 1 && outer === 'object' && code === 93) inList = false
      } else if (depth === 0 && code > 32) throw broken(buffer.slice(at, at + 80))
    }
    const keepFrom = start >= 0 ? start : inString ? stringStart : buffer.length
    if (buffer.length - keepFrom > RECORD_LENGTH) throw broken(buffer.slice(keepFrom, keepFrom + 80))
    buffer = buffer.slice(keepFrom)
    at -= keepFrom
    if (start >= 0) start = 0
    stringStart -= keepFrom
  }
  if (depth !== 0 || inString) throw broken(buffer.slice(-80))
}

function listDepth(outer: 'array' | 'object' | undefined): number {
  return outer === 'object' ? 2 : 1
}

function safeKey(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}

/** One JSON value a line; blank lines are passed over. A line that is not JSON is handed on as `broken`, the next ones are read. */
export async function* jsonLines(text: AsyncIterable<string>, fileName: string, limits: TableLimits): AsyncGenerator<JsonRecord> {
  let number = 0
  let line = 0
  let rest = ''
  function* whole(lines: string[]): Generator<JsonRecord> {
    for (const source of lines) {
      line += 1
      if (source.trim() === '') continue
      number += 1
      let record: JsonRecord
      try {
        record = { list: '', number, line, value: JSON.parse(source) }
      } catch {
        record = { list: '', number, line, value: undefined, broken: source }
      }
      yield record
    }
  }
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > limits.cellLength * 20) {
      throw new Problem('tables.broken-json', { found: quoted(rest) }, { place: { file: fileName, line: line + 1 } })
    }
    yield* whole(lines)
  }
  if (rest !== '') yield* whole([rest])
}
