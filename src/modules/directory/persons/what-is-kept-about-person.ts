/** Everything that is kept about a person, for that person: record, organisations, contact data, consents. Without an id: one's own. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { type Actor, defineQuery } from '../../../operations/index.ts'
import { type NamedAffiliation, named, orgNamesOf } from './list-persons.ts'
import type { Consent, Person } from './person.ts'
import { getPersonRow, listConsents, selectPersons } from './person-rows.ts'

export interface KeptAboutPerson {
  readonly person: Person
  readonly affiliations: readonly NamedAffiliation[]
  readonly consents: readonly Consent[]
  /** Accounts that were shown the contact data within the last hour; older readings stand in the audit trail. */
  readonly contactReadsLastHour: number
}

export const whatIsKeptAboutPerson = defineQuery({
  name: 'directory.what-is-kept-about-person',
  permission: {
    oneOf: ['directory.own-person.read', 'directory.person.erase'],
    of: ({ id }: { id?: string | undefined }) => (id === undefined ? 'directory.own-person.read' : 'directory.person.erase'),
  },
  input: z.object({
    /** For an administrator who answers somebody without an account. Absent: the person of the account. */
    id: z.string().optional(),
  }),

  /** Null when no person belongs to the account: then the directory keeps nothing about its holder. */
  async run({ db, actor, sight }, { id }): Promise<KeptAboutPerson | null> {
    const person = id === undefined ? await findOwn(db, actor) : await getPersonRow(db, id)
    if (person === undefined) return null
    const { reads } = await db.one<{ reads: number }>(sql`
      select count(distinct actor_id) as reads from person_contact_reads where person_id = ${person.id}
    `)
    return {
      person,
      affiliations: named(person.affiliations, await orgNamesOf(db, sight, person.affiliations)),
      consents: await listConsents(db, person.id),
      contactReadsLastHour: reads,
    }
  },
})

async function findOwn(db: Db, actor: Actor): Promise<Person | undefined> {
  return actor.kind === 'user' ? (await selectPersons(db, sql`p.user_id = ${actor.id}`))[0] : undefined
}
