/**
 * Merges two records of one organisation. The older one stays, whichever is named first; the other leads to it from now on.
 * Records of other modules are not touched: they follow when they are read, so the merge can be taken back.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import type { Provenance } from '../fields.ts'
import { factsOf, type Org } from '../orgs/org.ts'
import { lockOrg, selectOrgs, updateOrgs } from '../orgs/org-rows.ts'
import { insertMerge, movePersonReferences } from './org-merge-rows.ts'
import { planMerge } from './plan-merge.ts'

export const mergeOrgs = defineCommand({
  name: 'directory.merge-orgs',
  permission: 'directory.org.merge',
  input: z.object({
    keptId: z.string(),
    mergedId: z.string(),
    /** Why they are one. */
    reason: z.string().trim().min(1).max(2_000),
  }),

  async run(context, { keptId, mergedId, reason }): Promise<{ id: string; keptId: string; mergedId: string }> {
    const { db, clock, actor } = context
    await lockMerges(db)
    const planned = await planMerge(db, keptId, mergedId)
    await lockOrg(db, planned.kept.id)
    await lockOrg(db, planned.merged.id)
    // Read again under the lock: somebody may have revised one of them meanwhile.
    const { kept, merged, after, moves } = await planMerge(db, planned.kept.id, planned.merged.id)
    const at = clock.now().toISOString()
    const id = newId()
    const mergedAfter = { ...factsOf(merged), duplicateOf: kept.id }

    // The merged one first: an identifier belongs to one organisation at a time.
    await writeOrg(context, merged, { ...merged, ...mergedAfter, provenance: decided(context, merged) }, 'merged', reason)
    await writeOrg(context, kept, { ...kept, ...after, provenance: decided(context, kept) }, 'received-merge', reason)
    await repoint(context, moves.parts, (org) => ({ ...org, parentId: kept.id }), kept.id, reason)
    await repoint(context, moves.duplicates, (org) => ({ ...org, duplicateOf: kept.id }), kept.id, reason)
    await repoint(context, moves.ownedOrgs, (org) => ({ ...org, ownerOrg: kept.id }), kept.id, reason)
    await movePersonReferences(db, moves, merged.id, kept.id, at)
    await insertMerge(db, {
      id,
      keptId: kept.id,
      mergedId: merged.id,
      before: { kept, merged },
      after: { kept: after, merged: mergedAfter },
      moved: moves,
      reason,
      mergedAt: at,
      mergedBy: actor.id,
    })
    return { id, keptId: kept.id, mergedId: merged.id }
  },
})

/** One merge or undo at a time: two at once could make a circle that neither sees. */
export async function lockMerges(db: Db): Promise<void> {
  await db.run(sql`select pg_advisory_xact_lock(hashtext('directory.merge-orgs'))`)
}

/** A person decided it: later loads of shipped facts leave the record alone. */
function decided({ clock, actor }: CommandContext, { provenance }: Org): Provenance {
  return { ...provenance, origin: 'entered', actor: actor.id, at: clock.now().toISOString() }
}

/** Writes the next version of an organisation with its event. */
export async function writeOrg(
  { db, clock, actor, changed }: CommandContext,
  before: Org,
  after: Org,
  action: string,
  reason: string,
): Promise<void> {
  const version = before.version + 1
  await updateOrgs(db, [{ ...after, version, updatedAt: clock.now().toISOString(), updatedBy: actor.id }])
  changed({
    ref: { module: 'directory', aggregate: 'orgs', id: before.id },
    action,
    version,
    before: factsOf(before),
    after: factsOf(after),
    reason,
  })
}

/** Parts, duplicates and owned organisations, each with a version of its own. The kept one was written already. */
export async function repoint(
  context: CommandContext,
  ids: readonly string[],
  change: (org: Org) => Org,
  exceptId: string,
  reason: string,
): Promise<void> {
  const orgs = await selectOrgs(context.db, sql`o.id = any(${ids}::text[]) and o.id <> ${exceptId}`)
  for (const org of orgs) await writeOrg(context, org, change(org), 'changed', reason)
}
