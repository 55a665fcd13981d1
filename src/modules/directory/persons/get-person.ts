/**
 * One person: name, organisations, languages, and which contact data could be shown. The contact data of others come by
 * `directory.read-contact` alone, so that reading a page gives none away and none is read uncounted.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery, type Sight } from '../../../operations/index.ts'
import { type NamedAffiliation, named, orgNamesOf } from './list-persons.ts'
import {
  CONTACT_KINDS,
  type Consent,
  type ContactKind,
  dayOf,
  isAdministrator,
  isOwn,
  type Person,
  shownKinds,
} from './person.ts'
import { listConsents, selectPersons } from './person-rows.ts'
import { maySee } from './who-may-see.ts'

export interface ContactField {
  readonly kind: ContactKind
  /** `own`: the value stands here. `consent`: there is consent, it may be asked for. `no-consent`: hidden. */
  readonly access: 'own' | 'consent' | 'no-consent'
  readonly value: string | null
}

export interface PersonView {
  readonly id: string
  readonly version: number
  /** Empty when the personal values were erased. */
  readonly name: string | null
  readonly otherNames: readonly string[]
  readonly affiliations: readonly NamedAffiliation[]
  /** How many are left out, because the reader may not see the organisation. */
  readonly hiddenAffiliations: number
  readonly languages: readonly string[]
  readonly countryCode: string | null
  readonly ownerOrg: string | null
  readonly visibility: Person['visibility']
  readonly userId: string | null
  readonly isOwn: boolean
  readonly erasedAt: string | null
  readonly updatedAt: string
  /** The kinds that are kept; none for a stranger, who learns not even that. */
  readonly contact: readonly ContactField[]
  /** Whether asking gives something: with consent, or to the administrator. */
  readonly mayReadContact: boolean
  /** Newest first; none for a stranger. How it was given is told to the person and the administrator. */
  readonly consents: readonly (Omit<Consent, 'source'> & { readonly source: string | null })[]
}

export const getPerson = defineQuery({
  name: 'directory.get-person',
  permission: 'directory.person.read',
  input: z.object({ id: z.string() }),

  async run({ db, whole, actor, sight, clock }, { id }): Promise<PersonView> {
    const person = await findSeen(db, sight, id)
    const consents = actor.kind === 'anonymous' ? [] : await listConsents(db, id)
    const own = isOwn(person, actor)
    const kept = actor.kind === 'anonymous' ? [] : await keptKinds(whole, id)
    const contact = contactOf(person, kept, shownKinds(consents, dayOf(clock.now())), own)
    const tellsSource = own || isAdministrator(actor)
    const affiliations = named(person.affiliations, await orgNamesOf(db, sight, person.affiliations))
    return {
      id,
      version: person.version,
      name: person.name,
      otherNames: person.otherNames,
      affiliations,
      hiddenAffiliations: person.affiliations.length - affiliations.length,
      languages: person.languages,
      countryCode: person.countryCode,
      ownerOrg: person.ownerOrg,
      visibility: person.visibility,
      userId: tellsSource ? person.userId : null,
      isOwn: own,
      erasedAt: person.erasedAt,
      updatedAt: person.updatedAt,
      contact,
      mayReadContact: contact.some(({ access }) => access === 'consent' || (access === 'no-consent' && isAdministrator(actor))),
      consents: consents.map((one) => ({ ...one, source: tellsSource ? one.source : null })),
    }
  },
})

/** Which kinds are kept, without their values: row-level security hides both from whoever lacks consent. */
async function keptKinds(whole: Db, id: string): Promise<ContactKind[]> {
  const rows = await whole.many<{ kind: ContactKind }>(
    sql`select kind from person_contacts where person_id = ${id} order by kind`,
  )
  return rows.map(({ kind }) => kind)
}

function contactOf(person: Person, kept: readonly ContactKind[], shown: ReadonlySet<ContactKind>, own: boolean): ContactField[] {
  return CONTACT_KINDS.filter((kind) => kept.includes(kind)).map((kind) => {
    if (own) return { kind, access: 'own', value: person.contact[kind] ?? null }
    return { kind, access: shown.has(kind) ? 'consent' : 'no-consent', value: null }
  })
}

/** Throws `directory.person-missing` also for one whom the actor may not see: the refusal would tell that they exist. */
export async function findSeen(db: Db, sight: Pick<Sight, 'rows'>, id: string): Promise<Person> {
  const [person] = await selectPersons(db, sql`p.id = ${id} and ${maySee(sight)}`)
  if (!person) throw new Problem('directory.person-missing', { person: id })
  return person
}
