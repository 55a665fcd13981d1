/** What a merge of two organisations would do, for the page that asks before it is done. */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { factsOf, type Org, type OrgFacts } from '../orgs/org.ts'
import { differingFields } from '../record-versions.ts'
import { planMerge } from './plan-merge.ts'

export interface MergePreview {
  /** The older record, which stays. */
  readonly kept: Org
  readonly merged: Org
  /** The kept one afterwards, and the fields in which it will have changed. */
  readonly after: OrgFacts
  readonly changes: readonly string[]
  readonly moves: { readonly parts: number; readonly duplicates: number; readonly owned: number; readonly people: number }
}

export const previewMerge = defineQuery({
  name: 'directory.preview-merge',
  permission: 'directory.org.merge',
  input: z.object({ keptId: z.string(), mergedId: z.string() }),

  async run({ db }, { keptId, mergedId }): Promise<MergePreview> {
    const { kept, merged, after, moves } = await planMerge(db, keptId, mergedId)
    const people = new Set(moves.affiliations.map(({ personId }) => personId)).size
    const owned = moves.ownedOrgs.length + moves.ownedPersons.length
    const counts = { parts: moves.parts.length, duplicates: moves.duplicates.length, owned, people }
    return { kept, merged, after, changes: differingFields(factsOf(kept), after), moves: counts }
  },
})
