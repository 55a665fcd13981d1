/** Revises an organisation: only the fields that are named change, and only when nobody changed it meanwhile. */
import { z } from 'zod'
import type { Db } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { differingFields, fieldsChangedSince } from '../record-versions.ts'
import { factsOf, type Org, type OrgFacts } from './org.ts'
import { checkedFacts, OrgFields } from './org-input.ts'
import { getOrg, lockOrg, updateOrgs } from './org-rows.ts'
import { withGovernmentId } from './register-org.ts'

export const ReviseOrgInput = z.object({
  id: z.string(),
  /** The version that the person saw. */
  version: z.number().int().min(1),
  changes: OrgFields.partial(),
  reason: z.string().trim().max(2_000).optional(),
})

export const reviseOrg = defineCommand({
  name: 'directory.revise-org',
  permission: 'directory.org.revise',
  // Not its country: whoever may say what an organisation is and below which it stands, says whose records are whose.
  scope: async (_context, { id }) => ({ orgs: [id], countries: [] }),
  input: ReviseOrgInput,

  async run({ db, clock, actor, changed }, { id, version, changes, reason }): Promise<Org> {
    const org = await lockOrg(db, id)
    if (org.version !== version) throw await changedMeanwhile(db, org, version)

    const before = factsOf(org)
    const wanted = { ...before, ...changes, ...basisOf(org, changes.iatiId) } as OrgFacts
    const after = await withGovernmentId(db, id, await checkedFacts(db, id, wanted))
    if (differingFields(before, after).length === 0) return org

    const at = clock.now().toISOString()
    const provenance = { ...org.provenance, origin: 'entered' as const, actor: actor.id, at }
    await updateOrgs(db, [{ ...org, ...after, provenance, version: version + 1, updatedAt: at, updatedBy: actor.id }])
    changed({
      ref: { module: 'directory', aggregate: 'orgs', id },
      action: 'changed',
      version: version + 1,
      before,
      after,
      ...(reason === undefined ? {} : { reason }),
    })
    return getOrg(db, id)
  },
})

/** An identifier that a person writes is stated by that person; one that is not touched keeps its basis. */
function basisOf(org: Org, iatiId: string | null | undefined): Pick<OrgFacts, 'iatiIdBasis'> | Record<string, never> {
  if (iatiId === undefined || iatiId === org.iatiId) return {}
  return { iatiIdBasis: iatiId === null ? null : 'stated' }
}

async function changedMeanwhile(db: Db, org: Org, version: number): Promise<Problem> {
  const fields = await fieldsChangedSince(db, { module: 'directory', aggregate: 'orgs', id: org.id }, version, factsOf(org))
  return new Problem('directory.org-changed-meanwhile', {
    version,
    found: org.version,
    by: org.updatedBy,
    at: org.updatedAt,
    fields: fields.join(', ') || 'none',
  })
}
