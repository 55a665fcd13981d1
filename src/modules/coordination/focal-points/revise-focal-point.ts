/** Revises what is stated of a focal point: only the fields that are named, and only when nobody changed it meanwhile. */
import { z } from 'zod'
import { defineCommand } from '../../../operations/index.ts'
import { differingFields } from '../../directory/index.ts'
import type { FocalPoint } from './focal-point.ts'
import { RevisableFields, requireFree, requirePeople } from './focal-point-input.ts'
import { lockFocalPoint, updateFocalPoint } from './focal-point-rows.ts'
import { scopeOfFocalPoint } from './scope-of-focal-point.ts'
import { changeOf } from './trace.ts'

export const reviseFocalPoint = defineCommand({
  name: 'coordination.revise-focal-point',
  permission: 'coordination.focal-point.edit',
  input: z.object({
    id: z.string(),
    /** The version that was seen. */
    version: z.number().int().min(1),
    changes: RevisableFields.partial(),
    reason: z.string().trim().max(2_000).optional(),
  }),
  scope: (context, { id }) => scopeOfFocalPoint(context, id),

  async run({ db, whole, clock, actor, sight, changed }, { id, version, changes, reason }) {
    const before = await lockFocalPoint(whole, id, version)
    const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<FocalPoint>
    const wanted = { ...before, ...named }
    if (differingFields(before, wanted).length === 0) return { id, version }
    await requirePeople(db, sight, wanted, wanted.backupId === before.backupId ? [] : ['backupId'])
    await requireFree(whole, wanted)
    const after = { ...wanted, version: version + 1, updatedAt: clock.now().toISOString(), updatedBy: actor.id }
    await updateFocalPoint(whole, after)
    changed(changeOf('changed', before, after, reason))
    return { id, version: after.version }
  },
})
