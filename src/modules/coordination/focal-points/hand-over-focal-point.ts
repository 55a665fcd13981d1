/** Hands over to the one who stands in: the focal point ends, and the other is named in its place, to be confirmed. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { defineCommand } from '../../../operations/index.ts'
import { endLinksOf } from '../links/confirmation-links.ts'
import { ended } from './end-focal-point.ts'
import type { FocalPoint } from './focal-point.ts'
import { problemAt, requireFree, requirePeople } from './focal-point-input.ts'
import { insertFocalPoint, lockFocalPoint, selectFocalPoints, updateFocalPoint } from './focal-point-rows.ts'
import { scopeOfFocalPoint } from './scope-of-focal-point.ts'
import { changeOf } from './trace.ts'

export const handOverFocalPoint = defineCommand({
  name: 'coordination.hand-over-focal-point',
  permission: 'coordination.focal-point.edit',
  input: z.object({
    id: z.string(),
    reason: z.string().trim().min(1).max(500),
  }),
  scope: (context, { id }) => scopeOfFocalPoint(context, id),

  /** Gives the id of the new one. */
  async run(
    { db, whole, clock, actor, sight, changed },
    { id, reason },
  ): Promise<{ id: string; version: number; endedId: string }> {
    const before = await lockFocalPoint(whole, id)
    const { backupId } = before
    if (backupId === null) throw problemAt('backupId', 'backup-missing')
    const over = ended(before, clock.now(), actor.id, reason)
    const at = clock.now().toISOString()
    const next: FocalPoint = {
      ...before,
      id: newId(),
      personId: backupId,
      backupId: null,
      languages: [],
      from: at.slice(0, 10),
      source: reason,
      confirmedAt: null,
      confirmedHow: null,
      remindedAt: null,
      reminders: 0,
      version: 1,
      createdAt: at,
      createdBy: actor.id,
      updatedAt: at,
      updatedBy: actor.id,
    }
    await requirePeople(db, sight, next, ['personId'])
    await updateFocalPoint(whole, over)
    await endLinksOf(whole, clock.now(), id)
    // Who stood in may have been a further focal point here: that ends too, because nobody is named twice.
    for (const further of await furtherOf(whole, next)) {
      const gone = ended(further, clock.now(), actor.id, reason)
      await updateFocalPoint(whole, gone)
      await endLinksOf(whole, clock.now(), further.id)
      changed(changeOf('ended', further, gone, reason))
    }
    await requireFree(whole, { ...next, id: null })
    await insertFocalPoint(whole, next)
    changed(changeOf('ended', before, over, reason))
    changed(changeOf('named', undefined, next, reason))
    return { id: next.id, version: 1, endedId: id }
  },
})

function furtherOf(db: Db, { scope, countryCode, orgId, personId }: FocalPoint): Promise<FocalPoint[]> {
  return selectFocalPoints(
    db,
    sql`f.person_id = ${personId}
      and f.ended_at is null
      and f.scope = ${scope}
      and f.country_code is not distinct from ${countryCode}
      and f.org_id is not distinct from ${orgId}`,
  )
}
