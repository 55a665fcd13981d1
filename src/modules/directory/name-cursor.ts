/** Where a page of a list by name ends. The name and the id of the last row, so that rows added meanwhile move nothing. */
import { z } from 'zod'
import { Problem } from '../../kernel/problems.ts'

export interface NamePlace {
  readonly name: string
  readonly id: string
}

export function writeCursor({ name, id }: NamePlace): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url')
}

/** Throws `directory.cursor-not-accepted`. */
export function readCursor(cursor: string): NamePlace {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const [name, id] = z.tuple([z.string(), z.string()]).parse(parsed)
    return { name, id }
  } catch (cause) {
    throw new Problem('directory.cursor-not-accepted', { found: cursor }, { place: { field: 'cursor' }, cause })
  }
}
