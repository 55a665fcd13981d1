/**
 * Identifiers of records: 26-character ULIDs. They sort by the time of creation and are never reused.
 */
import { randomFillSync } from 'node:crypto'
import { monotonicFactory } from 'ulid'

export type Id = string

/** Asked for in large portions: each call of the system costs more than the identifier. */
const random = Buffer.alloc(4_096)
let used = random.length

function fraction(): number {
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  return (random[used++] ?? 0) / 256
}

const next = monotonicFactory(fraction)

/** A new identifier; two made in the same millisecond still sort in the order in which they were made. */
export function newId(): Id {
  return next()
}

/** Points to a record of any module without importing that module (style: modules look only to their left). */
export interface RecordRef {
  readonly module: string
  readonly aggregate: string
  readonly id: Id
}
