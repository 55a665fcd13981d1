/** Registers a person. Somebody of the same name in the same organisation is refused unless the user says that it is another. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, type Sight } from '../../../operations/index.ts'
import { foldName } from '../orgs/org.ts'
import { type PersonFacts, scopeOf, traceOf } from './person.ts'
import { checkedPerson, mergedContact, PersonFields } from './person-input.ts'
import { requireOwnerInScope } from './person-owner.ts'
import { insertPerson, type PersonToWrite } from './person-rows.ts'
import { maySee } from './who-may-see.ts'

const RegisterPersonInput = PersonFields.partial()
  .required({ name: true })
  .extend({
    /** "Yes, another person of that name." */
    anotherOfThatName: z.boolean().default(false),
  })

export const registerPerson = defineCommand({
  name: 'directory.register-person',
  permission: 'directory.person.edit',
  input: RegisterPersonInput,
  scope: async ({ db }, input) => scopeOf(await checkedPerson(db, factsOf(input))),

  async run(context, input): Promise<{ id: string; version: number }> {
    const { db, whole, clock, actor, sight, changed } = context
    const facts = await checkedPerson(db, factsOf(input))
    await requireOwnerInScope(context, facts.ownerOrg)
    if (!input.anotherOfThatName) await refuseKnownName(db, sight, facts)
    const id = newId()
    const at = clock.now().toISOString()
    const person: PersonToWrite = {
      id,
      ...facts,
      userId: null,
      version: 1,
      createdAt: at,
      createdBy: actor.id,
      updatedAt: at,
      updatedBy: actor.id,
      erasedAt: null,
    }
    await insertPerson(whole, person)
    changed({ ref: { module: 'directory', aggregate: 'persons', id }, action: 'created', version: 1, after: traceOf(person) })
    return { id, version: 1 }
  },
})

function factsOf(input: z.output<typeof RegisterPersonInput>): PersonFacts {
  return {
    name: input.name,
    otherNames: input.otherNames ?? [],
    affiliations: input.affiliations ?? [],
    languages: input.languages ?? [],
    countryCode: input.countryCode ?? null,
    contact: mergedContact({}, input.contact ?? {}),
    ownerOrg: input.ownerOrg ?? null,
    // The person has not said yet that strangers may know: network, not public.
    visibility: input.visibility ?? 'network',
  }
}

/** Only among those whom the user may see: a refusal must not give away somebody else. */
async function refuseKnownName(db: Db, sight: Sight, { name, affiliations }: PersonFacts): Promise<void> {
  const orgs = affiliations.map(({ orgId }) => orgId)
  const known = await db.maybe<{ id: string; name: string }>(sql`
    select p.id, p.name
    from persons as p
    where ${foldName(name)} = any(string_to_array(p.search_text, E'\n'))
      and ${maySee(sight)}
      and (
        ${orgs.length === 0}
        or not exists (select 1 from person_affiliations as a where a.person_id = p.id)
        or exists (select 1 from person_affiliations as a where a.person_id = p.id and a.org_id = any(${orgs}::text[]))
      )
    order by p.id
    limit 1
  `)
  if (known)
    throw new Problem('directory.person-already-known', { name: known.name, person: known.id }, { place: { field: 'name' } })
}
