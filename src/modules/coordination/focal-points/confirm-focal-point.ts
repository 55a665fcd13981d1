/** "It is still so", written down by somebody who edits the directory. The person does it by a link: `coordination.answer-link`. */
import { z } from 'zod'
import { defineCommand } from '../../../operations/index.ts'
import { endLinksOf } from '../links/confirmation-links.ts'
import type { FocalPoint } from './focal-point.ts'
import { lockFocalPoint, updateFocalPoint } from './focal-point-rows.ts'
import { scopeOfFocalPoint } from './scope-of-focal-point.ts'
import { changeOf } from './trace.ts'

export const confirmFocalPoint = defineCommand({
  name: 'coordination.confirm-focal-point',
  permission: 'coordination.focal-point.edit',
  input: z.object({ id: z.string(), reason: z.string().trim().max(2_000).optional() }),
  scope: (context, { id }) => scopeOfFocalPoint(context, id),

  async run({ whole, clock, actor, changed }, { id, reason }): Promise<{ id: string; version: number; confirmedAt: string }> {
    const before = await lockFocalPoint(whole, id)
    const after = confirmed(before, clock.now(), actor.id, 'editor')
    await updateFocalPoint(whole, after)
    await endLinksOf(whole, clock.now(), id)
    changed(changeOf('confirmed', before, after, reason))
    return { id, version: after.version, confirmedAt: clock.now().toISOString() }
  },
})

export function confirmed(before: FocalPoint, now: Date, by: string, how: 'link' | 'editor'): FocalPoint {
  const at = now.toISOString()
  return {
    ...before,
    confirmedAt: at,
    confirmedHow: how,
    remindedAt: null,
    reminders: 0,
    version: before.version + 1,
    updatedAt: at,
    updatedBy: by,
  }
}
