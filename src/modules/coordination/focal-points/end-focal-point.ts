/** Ends a focal point: the person left, or another was named. What was stays to be read. */
import { z } from 'zod'
import { firstDayOf, isPartialDate, lastDayOf } from '../../../kernel/partial-date.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { endLinksOf } from '../links/confirmation-links.ts'
import type { FocalPoint } from './focal-point.ts'
import { lockFocalPoint, updateFocalPoint } from './focal-point-rows.ts'
import { scopeOfFocalPoint } from './scope-of-focal-point.ts'
import { changeOf } from './trace.ts'

export const endFocalPoint = defineCommand({
  name: 'coordination.end-focal-point',
  permission: 'coordination.focal-point.edit',
  input: z.object({
    id: z.string(),
    /** Until when; absent: today. */
    to: z.string().refine(isPartialDate, 'YYYY, YYYY-MM, YYYY-MM-DD').optional(),
    reason: z.string().trim().min(1).max(500),
  }),
  scope: (context, { id }) => scopeOfFocalPoint(context, id),

  async run({ whole, clock, actor, changed }, { id, to, reason }): Promise<{ id: string; version: number }> {
    const before = await lockFocalPoint(whole, id)
    const after = ended(before, clock.now(), actor.id, reason, to)
    await updateFocalPoint(whole, after)
    await endLinksOf(whole, clock.now(), id)
    changed(changeOf('ended', before, after, reason))
    return { id, version: after.version }
  },
})

/** Errors: Problems `coordination.end-in-future`, `coordination.ends-before`. */
export function ended(before: FocalPoint, now: Date, by: string, reason: string, on?: string): FocalPoint {
  const at = now.toISOString()
  const today = at.slice(0, 10)
  const to = on ?? today
  if (firstDayOf(to) > today) throw new Problem('coordination.end-in-future', { found: to, today }, { place: { field: 'to' } })
  if (before.from !== null && firstDayOf(before.from) > lastDayOf(to)) {
    throw new Problem('coordination.ends-before', { from: before.from, to }, { place: { field: 'to' } })
  }
  return { ...before, to, endedAt: at, endReason: reason, version: before.version + 1, updatedAt: at, updatedBy: by }
}
