/** Whose focal point it is, for the question of rights. One that may not be seen is missing. */
import type { QueryContext, RecordScope } from '../../../operations/index.ts'
import { scopeOf } from './focal-point.ts'
import { findSeen } from './read-focal-points.ts'

export async function scopeOfFocalPoint({ db, sight }: Pick<QueryContext, 'db' | 'sight'>, id: string): Promise<RecordScope> {
  return scopeOf(await findSeen(db, sight, id))
}
