/** One focal point, with its history for members; strangers get the name of the mechanism. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { listRecordVersions, permits, type RecordVersion } from '../../access/index.ts'
import { type FocalPointFacts, scopeOf } from './focal-point.ts'
import { getFocalPointRow } from './focal-point-rows.ts'
import { dbFor, type ListedFocalPoint, listedByIds, mayBeSeen, seesPeople, WITH_ORG } from './read-focal-points.ts'
import { focalPointRef } from './trace.ts'

export interface FocalPointRecord {
  readonly facts: FocalPointFacts
  readonly version: number
  readonly endReason: string | null
  readonly remindedAt: string | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly updatedBy: string
  /** Newest first. */
  readonly history: readonly RecordVersion[]
  readonly mayEdit: boolean
}

export interface FocalPointView extends ListedFocalPoint {
  /** Null for strangers. */
  readonly record: FocalPointRecord | null
}

export const getFocalPoint = defineQuery({
  name: 'coordination.get-focal-point',
  permission: 'coordination.mechanism.read',
  input: z.object({ id: z.string() }),
  async run(context, { id }): Promise<FocalPointView> {
    const { db, actor, sight } = context
    const seen = await dbFor(context).maybe<{ id: string }>(sql`
      select f.id from focal_points as f ${WITH_ORG} where f.id = ${id} and ${mayBeSeen(sight, actor)}
    `)
    const [listed] = seen ? await listedByIds(context, [id]) : []
    if (!listed) throw new Problem('coordination.focal-point-missing', { focalPoint: id })
    if (!seesPeople(actor)) return { ...listed, record: null }
    const one = await getFocalPointRow(db, id)
    const { scope, countryCode, orgId, mechanism, personId, backupId, isMain, languages, from, source } = one
    const { version, endReason, remindedAt, createdAt, updatedAt, updatedBy } = one
    return {
      ...listed,
      record: {
        facts: { scope, countryCode, orgId, mechanism, personId, backupId, isMain, languages, from, source },
        version,
        endReason,
        remindedAt,
        createdAt,
        updatedAt,
        updatedBy,
        history: await listRecordVersions(db, focalPointRef(id)),
        mayEdit: permits(actor, 'coordination.focal-point.edit', scopeOf(one)),
      },
    }
  },
})
