/**
 * Where a page of a list ended, as a text that the caller gives back. Its content is nobody's business and may change; a checksum
 * finds one that was cut or changed. It grants nothing: what the next page shows is cut anew to what the caller may see.
 */
import type { z } from 'zod'
import { digestOf } from '../credentials/index.ts'
import { defineProblems, Problem } from '../kernel/problems.ts'

defineProblems('paging', { 'cursor-not-accepted': { kind: 'invalid', params: [] } })

const LONGEST = 500
const CHECKSUM_LETTERS = 8

export function writeCursor(content: unknown): string {
  const text = Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${text}.${checksumOf(text)}`
}

/** Errors: Problem `paging.cursor-not-accepted` for whatever we did not write. */
export function readCursor<Content>(cursor: string, schema: z.ZodType<Content>): Content {
  const [text = '', checksum = '', ...rest] = cursor.slice(0, LONGEST + 1).split('.')
  if (cursor.length > LONGEST || rest.length > 0 || checksumOf(text) !== checksum) throw cursorNotAccepted()
  const read = schema.safeParse(contentOf(text))
  if (!read.success) throw cursorNotAccepted()
  return read.data
}

/** The checksum keeps no secret: whoever computes it may write whatever they like. */
function contentOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined
  }
}

export function cursorNotAccepted(): Problem {
  return new Problem('paging.cursor-not-accepted', {}, { place: { field: 'cursor' } })
}

function checksumOf(text: string): string {
  return digestOf(`cursor ${text}`).slice(0, CHECKSUM_LETTERS)
}
