/** Registers an organisation. One that carries a known name is refused unless the person says that it is another. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { factsOf, foldName, governmentBodyId, type Org, type OrgFacts } from './org.ts'
import { checkedFacts, NOTHING_STATED, OrgFields } from './org-input.ts'
import { getOrg, insertOrgs } from './org-rows.ts'

export const RegisterOrgInput = OrgFields.partial()
  .required({ names: true, orgType: true })
  .extend({
    /** "Yes, another organisation of the same name": without it a known name of the same country is a conflict. */
    anotherOfThatName: z.boolean().default(false),
  })

export const registerOrg = defineCommand({
  name: 'directory.register-org',
  permission: 'directory.org.register',
  input: RegisterOrgInput,

  async run({ db, clock, actor, changed }, { anotherOfThatName, ...stated }): Promise<Org> {
    const id = newId()
    const at = clock.now().toISOString()
    const entered = { ...NOTHING_STATED, ...stated, iatiIdBasis: stated.iatiId ? 'stated' : null } as OrgFacts
    const checked = await checkedFacts(db, id, entered)
    if (!anotherOfThatName) await refuseKnownName(db, checked)
    const facts = await withGovernmentId(db, id, checked)
    const org: Org = {
      id,
      key: null,
      ...facts,
      provenance: { origin: 'entered', actor: actor.id, at, sources: [] },
      version: 1,
      createdAt: at,
      createdBy: actor.id,
      updatedAt: at,
      updatedBy: actor.id,
    }
    await insertOrgs(db, [org])
    changed({ ref: { module: 'directory', aggregate: 'orgs', id }, action: 'created', version: 1, after: factsOf(org) })
    return getOrg(db, id)
  },
})

/** Two ministries of health are two; two of one country, or one without a country, may be one entered twice. */
async function refuseKnownName(db: Db, { names, countryCode }: OrgFacts): Promise<void> {
  const folded = Object.values(names.texts).map(foldName)
  const known = await db.maybe<{ id: string; name: string }>(sql`
    select o.id, o.names -> 'texts' ->> n.lang as name
    from org_names as n
    join orgs as o on o.id = n.org_id
    where n.kind = 'name'
      and n.folded = any(${folded}::text[])
      and o.duplicate_of is null
      and (o.country_code is null or ${countryCode}::text is null or o.country_code = ${countryCode})
    order by o.id
    limit 1
  `)
  if (!known) return
  throw new Problem('directory.org-already-known', { name: known.name, org: known.id }, { place: { field: 'names' } })
}

/** A government body without an identifier gets one; a second body of the same slug gets the number 2, and so on. */
export async function withGovernmentId(db: Db, id: string, facts: OrgFacts): Promise<OrgFacts> {
  if (facts.iatiId !== null) return facts
  const base = governmentBodyId(facts, id)
  if (base === undefined) return facts
  const taken = await db.many<{ iatiId: string }>(sql`
    select lower(iati_id) as "iatiId"
    from orgs
    where lower(iati_id) like ${`${base.toLowerCase()}%`} and duplicate_of is null
  `)
  return { ...facts, iatiId: firstFree(base, new Set(taken.map(({ iatiId }) => iatiId))), iatiIdBasis: 'own' }
}

function firstFree(base: string, taken: ReadonlySet<string>): string {
  let candidate = base
  for (let number = 2; taken.has(candidate.toLowerCase()); number += 1) candidate = `${base}-${number}`
  return candidate
}
