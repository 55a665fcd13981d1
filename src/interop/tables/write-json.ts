/** Writes JSON (one array of objects, one object a line) and JSON Lines. Keys are the column keys; missing values are null. */
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { OutColumn, OutRow, OutRows } from './out-rows.ts'
import { endWith } from './write-csv.ts'

const PIECE_LENGTH = 64 * 1024

export async function writeJson(rows: OutRows, columns: readonly OutColumn[], out: Writable): Promise<void> {
  await writeObjects(rows, columns, out, { start: '[\n', between: ',\n', end: '\n]\n' })
}

export async function writeJsonLines(rows: OutRows, columns: readonly OutColumn[], out: Writable): Promise<void> {
  await writeObjects(rows, columns, out, { start: '', between: '\n', end: '\n' })
}

interface Frame {
  readonly start: string
  readonly between: string
  readonly end: string
}

async function writeObjects(rows: OutRows, columns: readonly OutColumn[], out: Writable, frame: Frame): Promise<void> {
  let piece = frame.start
  let first = true
  for await (const row of rows) {
    piece += (first ? '' : frame.between) + objectText(row, columns)
    first = false
    if (piece.length < PIECE_LENGTH) continue
    if (!out.write(piece)) await once(out, 'drain')
    piece = ''
  }
  await endWith(out, first && frame.start === '' ? '' : piece + frame.end)
}

function objectText(row: OutRow, columns: readonly OutColumn[]): string {
  const pairs = columns.map(({ key }) => `${JSON.stringify(key)}:${JSON.stringify(row[key] ?? null)}`)
  return `{${pairs.join(',')}}`
}
