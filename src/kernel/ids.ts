/**
 * Identifiers of records: 26-character ULIDs. They sort by the time of creation and are never reused.
 */
import { monotonicFactory } from 'ulid'

export type Id = string

const next = monotonicFactory()

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
