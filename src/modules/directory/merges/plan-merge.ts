/** Which of two organisations stays and what the merge would do: the same plan for the question and for the deed. */
import type { Db } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { factsOf, type Org, type OrgFacts } from '../orgs/org.ts'
import { getOrg } from '../orgs/org-rows.ts'
import { factsAfterMerge, inOrderOfAge } from './org-merge.ts'
import { isBelow, type MovedReferences, referencesTo } from './org-merge-rows.ts'

export interface MergePlan {
  readonly kept: Org
  readonly merged: Org
  /** Facts of the kept one afterwards. */
  readonly after: OrgFacts
  readonly moves: MovedReferences
}

export async function planMerge(db: Db, oneId: string, otherId: string): Promise<MergePlan> {
  const one = await keptOf(db, oneId)
  const other = await keptOf(db, otherId)
  if (one.id === other.id) throw new Problem('directory.merge-needs-two', { org: one.id })
  const { kept, merged } = inOrderOfAge(one, other)
  // Two that the product ships are two: the next load would bring both back.
  if (merged.key !== null) throw new Problem('directory.merge-of-shipped', { kept: nameOf(kept), merged: nameOf(merged) })
  const parentId = await parentAfter(db, kept, merged)
  const after = { ...factsAfterMerge(factsOf(kept), factsOf(merged), kept.key), parentId, ownerOrg: ownerAfter(kept, merged) }
  const moves = await referencesTo(db, merged.id)
  return { kept, merged, after, moves: { ...moves, ownedOrgs: moves.ownedOrgs.filter((id) => id !== merged.id) } }
}

/** The record to which an earlier merge leads. The chain is one step long, because a merge moves the duplicates too. */
async function keptOf(db: Db, idOrKey: string): Promise<Org> {
  const org = await getOrg(db, idOrKey)
  return org.duplicateOf === null ? org : getOrg(db, org.duplicateOf)
}

/** A part of the merged one comes to stand where that stood; anything that would make a circle is refused or left open. */
async function parentAfter(db: Db, kept: Org, merged: Org): Promise<string | null> {
  if (kept.parentId === merged.id) return merged.parentId
  if (await isBelow(db, kept.id, merged.id)) {
    throw new Problem('directory.merge-would-loop', { kept: nameOf(kept), merged: nameOf(merged) })
  }
  if (kept.parentId !== null || merged.parentId === null || merged.parentId === kept.id) return kept.parentId
  return (await isBelow(db, merged.parentId, kept.id)) ? null : merged.parentId
}

function ownerAfter(kept: Org, merged: Org): string | null {
  const owner = kept.ownerOrg ?? merged.ownerOrg
  return owner === merged.id ? kept.id : owner
}

function nameOf({ names, id }: Org): string {
  return names.texts[names.orig] ?? id
}
