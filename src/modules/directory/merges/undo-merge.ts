/**
 * Takes a merge back: both records as they were, and what was moved goes back. Refused, with the fields, when somebody changed
 * since what the merge had written; what else was changed since stays.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { factsOf, type Org, type OrgFacts } from '../orgs/org.ts'
import { requireFreeIdentifier } from '../orgs/org-input.ts'
import { lockOrg, selectOrgs } from '../orgs/org-rows.ts'
import { differingFields } from '../record-versions.ts'
import { lockMerges, repoint, writeOrg } from './merge-orgs.ts'
import { closeMerge, isBelow, movePersonReferences, type OrgMerge, selectMerges } from './org-merge-rows.ts'

export interface UndoneMerge {
  readonly id: string
  readonly keptId: string
  readonly mergedId: string
  /** References that stay with the kept organisation, because somebody changed them since. */
  readonly left: number
}

export const undoMerge = defineCommand({
  name: 'directory.undo-merge',
  permission: 'directory.org.merge',
  input: z.object({ mergeId: z.string(), reason: z.string().trim().min(1).max(2_000) }),

  async run(context, { mergeId, reason }): Promise<UndoneMerge> {
    const { db, clock, actor } = context
    await lockMerges(db)
    const merge = await openMerge(db, mergeId)
    const kept = await lockOrg(db, merge.keptId)
    const merged = await lockOrg(db, merge.mergedId)
    const restored = restoredKept(kept, merge)
    if (merged.duplicateOf !== kept.id) throw changedSince(merged, ['duplicateOf'])

    await writeOrg(context, kept, restored, 'gave-merge-back', reason)
    await requireFreeIdentifier(db, kept.id, restored.iatiId)
    const { duplicateOf, provenance } = merge.before.merged
    await requireFreeIdentifier(db, merged.id, merged.iatiId)
    await writeOrg(context, merged, { ...merged, duplicateOf, provenance }, 'unmerged', reason)
    const left = await moveBack(context, merge, reason)
    await refuseCircle(db, kept, merged)
    await closeMerge(db, mergeId, clock.now().toISOString(), actor.id, reason)
    return { id: mergeId, keptId: kept.id, mergedId: merged.id, left }
  },
})

async function openMerge(db: Db, id: string): Promise<OrgMerge> {
  const [merge] = await selectMerges(db, sql`m.id = ${id}`, 1)
  if (!merge) throw new Problem('directory.merge-missing', { merge: id })
  if (merge.undoneAt !== null) throw new Problem('directory.merge-already-undone', { merge: id })
  const both = [merge.keptId, merge.mergedId]
  const [later] = await selectMerges(
    db,
    sql`m.id > ${id} and m.undone_at is null and (m.kept_id = any(${both}::text[]) or m.merged_id = any(${both}::text[]))`,
    1,
  )
  if (later) throw new Problem('directory.merge-followed-by-another', { merge: id, later: later.id })
  return merge
}

/** The kept record with the fields that the merge wrote as they were before it. */
function restoredKept(kept: Org, { before, after }: OrgMerge): Org {
  const then = factsOf(before.kept)
  const written = differingFields(then, after.kept)
  const changed = differingFields(factsOf(kept), after.kept).filter((field) => written.includes(field))
  if (changed.length > 0) throw changedSince(kept, changed)
  const back = Object.fromEntries(Object.entries(then).filter(([field]) => written.includes(field))) as Partial<OrgFacts>
  const untouched = kept.version === before.kept.version + 1
  return { ...kept, ...back, ...(untouched ? { provenance: before.kept.provenance } : {}) }
}

function changedSince(org: Org, fields: readonly string[]): Problem {
  const { names, updatedBy: by, updatedAt: at } = org
  return new Problem('directory.merged-record-changed', {
    org: names.texts[names.orig] ?? org.id,
    fields: fields.join(', '),
    by,
    at,
  })
}

async function moveBack(context: CommandContext, merge: OrgMerge, reason: string): Promise<number> {
  const { db } = context
  const { keptId, mergedId, moved, mergedAt } = merge
  const still = async (ids: readonly string[], column: 'parent_id' | 'duplicate_of' | 'owner_org') => {
    const orgs = await selectOrgs(db, sql`o.id = any(${ids}::text[]) and ${sql.raw(`o.${column}`)} = ${keptId}`)
    return orgs.map(({ id }) => id).filter((id) => id !== keptId)
  }
  const parts = await still(moved.parts, 'parent_id')
  await repoint(context, parts, (org) => ({ ...org, parentId: mergedId }), keptId, reason)
  const duplicates = await still(moved.duplicates, 'duplicate_of')
  await repoint(context, duplicates, (org) => ({ ...org, duplicateOf: mergedId }), keptId, reason)
  const owned = await still(moved.ownedOrgs, 'owner_org')
  await repoint(context, owned, (org) => ({ ...org, ownerOrg: mergedId }), keptId, reason)
  const people = await movePersonReferences(db, moved, keptId, mergedId, mergedAt)
  const moves = [moved.parts, moved.duplicates, moved.ownedOrgs].flat().filter((id) => id !== keptId)
  return moves.length - parts.length - duplicates.length - owned.length + people
}

async function refuseCircle(db: Db, kept: Org, merged: Org): Promise<void> {
  if (!(await isBelow(db, kept.id, kept.id)) && !(await isBelow(db, merged.id, merged.id))) return
  throw new Problem('directory.merge-would-loop', {
    kept: kept.names.texts[kept.names.orig] ?? kept.id,
    merged: merged.names.texts[merged.names.orig] ?? merged.id,
  })
}
