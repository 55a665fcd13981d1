/** SQL that the operations on people share. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Actor } from '../../../operations/index.ts'
import type { Affiliation, Consent, Contact, Person } from './person.ts'
import { searchTextOf } from './person.ts'

const COLUMNS = sql`
  p.id, p.name, p.other_names as "otherNames", p.languages, p.country_code as "countryCode", p.user_id as "userId",
  p.owner_org as "ownerOrg", p.visibility, p.version, p.created_at as "createdAt", p.created_by as "createdBy",
  p.updated_at as "updatedAt", p.updated_by as "updatedBy", p.erased_at as "erasedAt",
  coalesce((
    select jsonb_agg(jsonb_build_object('orgId', a.org_id, 'title', a.title, 'from', a.from_date, 'to', a.to_date) order by a.position)
    from person_affiliations as a
    where a.person_id = p.id
  ), '[]'::jsonb) as affiliations,
  coalesce((
    select jsonb_object_agg(c.kind, c.value) from person_contacts as c where c.person_id = p.id
  ), '{}'::jsonb) as contact
`

/** `where` names the table `p`. */
export function selectPersons(db: Db, where: Sql): Promise<Person[]> {
  return db.many<Person>(sql`select ${COLUMNS} from persons as p where ${where} order by p.id`)
}

/** Throws `directory.person-missing`. */
export async function getPersonRow(db: Db, id: string): Promise<Person> {
  const [person] = await selectPersons(db, sql`p.id = ${id}`)
  if (!person) throw new Problem('directory.person-missing', { person: id })
  return person
}

/** The person of the account; throws `directory.person-of-account-missing`. */
export async function getOwnPerson(db: Db, actor: Actor): Promise<Person> {
  const own = actor.kind === 'user' ? (await selectPersons(db, sql`p.user_id = ${actor.id}`))[0] : undefined
  if (!own) throw new Problem('directory.person-of-account-missing')
  return own
}

/** The named person or, without an id, the actor's own; locked until the transaction ends. Refuses one that was erased. */
export async function lockPerson(db: Db, actor: Actor, id: string | undefined): Promise<Person> {
  const found = id ?? (await getOwnPerson(db, actor)).id
  await db.maybe(sql`select id from persons where id = ${found} for update`)
  const person = await getPersonRow(db, found)
  if (person.erasedAt !== null) throw new Problem('directory.person-erased', { person: found, at: person.erasedAt })
  return person
}

export type PersonToWrite = Person & { readonly name: string }

export async function insertPerson(db: Db, person: PersonToWrite): Promise<void> {
  await db.run(sql`
    insert into persons (id, name, other_names, languages, country_code, user_id, search_text, version, created_at, created_by,
                         updated_at, updated_by, owner_org, visibility)
    values (${person.id}, ${person.name}, ${person.otherNames}::text[], ${person.languages}::text[], ${person.countryCode},
            ${person.userId}, ${searchTextOf(person)}, ${person.version}, ${person.createdAt}, ${person.createdBy},
            ${person.updatedAt}, ${person.updatedBy}, ${person.ownerOrg}, ${person.visibility})
  `)
  await replaceParts(db, person.id, person.affiliations, person.contact)
}

/** Replaces the whole record; the caller has checked the version it builds on. */
export async function updatePerson(db: Db, person: PersonToWrite): Promise<void> {
  await db.run(sql`
    update persons
    set name = ${person.name},
        other_names = ${person.otherNames}::text[],
        languages = ${person.languages}::text[],
        country_code = ${person.countryCode},
        user_id = ${person.userId},
        search_text = ${searchTextOf(person)},
        version = ${person.version},
        updated_at = ${person.updatedAt},
        updated_by = ${person.updatedBy},
        owner_org = ${person.ownerOrg},
        visibility = ${person.visibility}
    where id = ${person.id}
  `)
  await replaceParts(db, person.id, person.affiliations, person.contact)
}

async function replaceParts(db: Db, id: string, affiliations: readonly Affiliation[], contact: Contact): Promise<void> {
  const contacts = Object.entries(contact)
  await db.run(sql`delete from person_affiliations where person_id = ${id}`)
  await db.run(sql`delete from person_contacts where person_id = ${id}`)
  await db.run(sql`
    insert into person_affiliations (person_id, position, org_id, title, from_date, to_date)
    select ${id}, r.position, r.org_id, r.title, r.from_date, r.to_date
    from unnest(
      ${affiliations.map((_, index) => index + 1)}::integer[],
      ${affiliations.map(({ orgId }) => orgId)}::text[],
      ${affiliations.map(({ title }) => title)}::text[],
      ${affiliations.map(({ from }) => from)}::text[],
      ${affiliations.map(({ to }) => to)}::text[]
    ) as r(position, org_id, title, from_date, to_date)
  `)
  await db.run(sql`
    insert into person_contacts (person_id, kind, value)
    select ${id}, r.kind, r.value
    from unnest(${contacts.map(([kind]) => kind)}::text[], ${contacts.map(([, value]) => value)}::text[]) as r(kind, value)
  `)
}

const CONSENT = sql`
  c.id, c.person_id as "personId", c.purpose, c.covers, c.given_on as "givenOn", c.until, c.source, c.recorded_at as "recordedAt",
  c.recorded_by as "recordedBy", c.withdrawn_at as "withdrawnAt"
`

/** All consents of a person, newest first. */
export function listConsents(db: Db, personId: string): Promise<Consent[]> {
  return selectConsents(db, sql`c.person_id = ${personId}`)
}

/** `where` names the table `c`. */
export function selectConsents(db: Db, where: Sql): Promise<Consent[]> {
  return db.many<Consent>(sql`
    select ${CONSENT} from person_consents as c where ${where} order by c.given_on desc, c.id desc
  `)
}
