/** The change of a focal point as the audit trail and its versions keep it. */
import type { RecordRef } from '../../../kernel/ids.ts'
import type { RecordChange } from '../../../operations/index.ts'
import { type FocalPoint, snapshotOf } from './focal-point.ts'

export function focalPointRef(id: string): RecordRef {
  return { module: 'coordination', aggregate: 'focal_points', id }
}

export function changeOf(action: string, before: FocalPoint | undefined, after: FocalPoint, reason?: string): RecordChange {
  return {
    ref: focalPointRef(after.id),
    action,
    version: after.version,
    ...(before === undefined ? {} : { before: snapshotOf(before) }),
    after: snapshotOf(after),
    ...(reason === undefined ? {} : { reason }),
  }
}
