import { describe, expect, test } from 'vitest'
import { type Db, sql } from '../../../database/db.ts'
import { ANONYMOUS } from '../../../operations/index.ts'
import {
  CONTACT_READS_AN_HOUR,
  erasePerson,
  getPerson,
  linkPersonToAccount,
  listPersons,
  readContact,
  recordConsent,
  registerPerson,
  revisePerson,
  whatIsKeptAboutPerson,
} from '../index.ts'
import { atDirectoryDesk, type DirectoryDesk, INSTANCE, member } from '../testing/directory-desk.ts'

const AMINA = { name: 'Amina Otieno', contact: { email: 'amina@example.org', phone: '+254 20 123456' }, languages: ['sw', 'en'] }
const LACKING = { code: 'operations.permission-lacking', kind: 'refused' }
const reader = member('reader')
const admin = member('admin', { role: 'admin', ...INSTANCE })

/** Amina at an office, with a focal point of that office and one of another. */
async function givenOffice(desk: DirectoryDesk) {
  const office = await desk.org('Office for Cooperation')
  const other = await desk.org('Other Office')
  const scope = { role: 'entity_focal_point', scope: 'entity', countries: [] } as const
  const mine = member('focal', { ...scope, scopeId: office.id, orgs: [office.id] })
  const foreign = member('foreign', { ...scope, scopeId: other.id, orgs: [other.id] })
  const { id } = await desk.run(registerPerson, {
    ...AMINA,
    affiliations: [{ orgId: office.id, title: 'Director' }],
    ownerOrg: office.id,
  })
  return { office, other, mine, foreign, id }
}

describe('registering a person', () => {
  test('a stranger may not, a member without a role may not, nor the focal point of another office', () =>
    atDirectoryDesk(async (desk) => {
      const { office, mine, foreign } = await givenOffice(desk)
      const another = { name: 'Juma Kato', affiliations: [{ orgId: office.id }] }
      expect(await desk.refusal(registerPerson, another, ANONYMOUS)).toMatchObject(LACKING)
      expect(await desk.refusal(registerPerson, another, reader)).toMatchObject(LACKING)
      expect(await desk.refusal(registerPerson, another, foreign)).toMatchObject(LACKING)
      expect(await desk.run(registerPerson, another, mine)).toMatchObject({ version: 1 })
    }))

  test('neither versions nor the audit trail hold a personal value, only which fields are stated', () =>
    atDirectoryDesk(async (desk) => {
      const { office, id } = await givenOffice(desk)
      const { snapshot } = await desk.database.one<{ snapshot: unknown }>(
        sql`select snapshot from record_versions where record_id = ${id}`,
      )
      expect(snapshot).toEqual({
        stated: ['affiliations', 'contact.email', 'contact.phone', 'languages', 'name'],
        visibility: 'network',
        ownerOrg: office.id,
      })
      const { text } = await desk.database.one<{ text: string }>(
        sql`select string_agg(e::text, ' ') as text from audit_events as e`,
      )
      expect(text).toContain('directory.register-person')
      expect(text).not.toMatch(/amina|otieno|254 20/i)
    }))

  const invalid: { name: string; given: object; expected: object }[] = [
    { name: 'no name', given: { name: ' ' }, expected: { code: 'operations.input-not-accepted' } },
    { name: 'a line break in the name', given: { name: 'A\r\nBcc: x' }, expected: { code: 'operations.input-not-accepted' } },
    {
      name: 'a page that is a script',
      given: { contact: { web: 'javascript:alert(1)' } },
      expected: { code: 'operations.input-not-accepted' },
    },
    { name: 'a language that is none', given: { languages: ['english!'] }, expected: { code: 'operations.input-not-accepted' } },
    { name: 'an unknown country', given: { countryCode: 'KEY' }, expected: { code: 'directory.country-unknown' } },
    {
      name: 'an unknown organisation',
      given: { affiliations: [{ orgId: 'none' }] },
      expected: { code: 'directory.org-missing' },
    },
  ]
  test.each(invalid)('$name is refused and nothing is written', ({ given, expected }) =>
    atDirectoryDesk(async (desk) => {
      expect(await desk.refusal(registerPerson, { name: 'Juma Kato', ...given })).toMatchObject(expected)
      expect(await desk.run(listPersons, {})).toMatchObject({ total: 0 })
    }),
  )

  test('an affiliation that ends before it begins is refused', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await desk.org('Office')
      const affiliations = [{ orgId: id, from: '2016', to: '2015-12' }]
      const problem = await desk.refusal(registerPerson, { name: 'Juma Kato', affiliations })
      expect(problem).toEqual({
        code: 'directory.affiliation-ends-before',
        kind: 'invalid',
        params: { from: '2016', to: '2015-12' },
      })
    }))

  test('the same name in the same office is a conflict until somebody says that it is another', () =>
    atDirectoryDesk(async (desk) => {
      const { office, other, id } = await givenOffice(desk)
      const again = { name: 'AMINA otieno', affiliations: [{ orgId: office.id }] }
      expect(await desk.refusal(registerPerson, again)).toEqual({
        code: 'directory.person-already-known',
        kind: 'conflict',
        params: { name: 'Amina Otieno', person: id },
      })
      await desk.run(registerPerson, { ...again, affiliations: [{ orgId: other.id }] })
      await desk.run(registerPerson, { ...again, anotherOfThatName: true })
      expect(await desk.run(listPersons, { search: 'amina' })).toMatchObject({ total: 3 })
    }))
})

describe('revising a person', () => {
  test('a stranger and another office may not; the own office may', () =>
    atDirectoryDesk(async (desk) => {
      const { mine, foreign, id } = await givenOffice(desk)
      const change = { id, version: 1, changes: { countryCode: 'ke' } }
      expect(await desk.refusal(revisePerson, change, ANONYMOUS)).toMatchObject(LACKING)
      expect(await desk.refusal(revisePerson, change, foreign)).toMatchObject(LACKING)
      expect(await desk.run(revisePerson, change, mine)).toEqual({ id, version: 2 })
      expect(await desk.run(getPerson, { id }, reader)).toMatchObject({ countryCode: 'KEN', name: 'Amina Otieno' })
    }))

  test('nobody hands a person to an office that is not theirs, nor registers one for it', () =>
    atDirectoryDesk(async (desk) => {
      const { mine, other, id } = await givenOffice(desk)
      const to = (changes: object) => desk.refusal(revisePerson, { id, version: 1, changes }, mine)
      expect(await to({ ownerOrg: other.id })).toMatchObject(LACKING)
      expect(await to({ ownerOrg: other.id, affiliations: [{ orgId: other.id }] })).toMatchObject(LACKING)
      expect(await to({ ownerOrg: null, affiliations: [] })).toMatchObject(LACKING)
      const another = { name: 'Juma Kato', affiliations: [{ orgId: mine.grants?.[0]?.scopeId ?? '' }], ownerOrg: other.id }
      expect(await desk.refusal(registerPerson, another, mine)).toMatchObject(LACKING)
      expect(await desk.run(getPerson, { id })).toMatchObject({ version: 1 })
    }))

  test('one who is hidden is missing, and not refused', () =>
    atDirectoryDesk(async (desk) => {
      const { mine, foreign, id } = await givenOffice(desk)
      await desk.run(revisePerson, { id, version: 1, changes: { visibility: 'group' } }, mine)
      const missing = { code: 'directory.person-missing', kind: 'missing' }
      expect(await desk.refusal(revisePerson, { id, version: 2, changes: { name: 'X' } }, foreign)).toMatchObject(missing)
    }))

  test('two who started from one version: the second learns who was first, and nothing is lost', () =>
    atDirectoryDesk(async (desk) => {
      const { mine, id } = await givenOffice(desk)
      await desk.run(revisePerson, { id, version: 1, changes: { name: 'Amina A. Otieno' } }, mine)
      const problem = await desk.refusal(revisePerson, { id, version: 1, changes: { languages: ['fr'] } })
      expect(problem).toMatchObject({ code: 'directory.person-changed-meanwhile', params: { version: 1, found: 2, by: 'focal' } })
    }))

  test('contact data that are not named stay, null removes them; the trail names the kinds', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await givenOffice(desk)
      await desk.run(revisePerson, { id, version: 1, changes: { contact: { phone: null } } })
      const { contact } = await desk.run(readContact, { id })
      expect(contact).toEqual([{ kind: 'email', value: 'amina@example.org', consented: false }])
      const { snapshot } = await desk.database.one<{ snapshot: unknown }>(
        sql`select snapshot from record_versions where record_id = ${id} and version = 2`,
      )
      expect(snapshot).toMatchObject({ changed: ['contact.phone'] })
    }))
})

describe('the list of people', () => {
  test('a record of a group is for its owner and the secretariat, for nobody else, in list, count and page', () =>
    atDirectoryDesk(async (desk) => {
      const { mine, foreign, id } = await givenOffice(desk)
      await desk.run(revisePerson, { id, version: 1, changes: { visibility: 'group' } })
      expect(await desk.run(listPersons, {}, foreign)).toMatchObject({ rows: [], total: 0 })
      expect(await desk.refusal(getPerson, { id }, foreign)).toMatchObject({ code: 'directory.person-missing', kind: 'missing' })
      expect(await desk.run(listPersons, {}, mine)).toMatchObject({ total: 1 })
      const secretariat = member('desk', { role: 'secretariat', ...INSTANCE })
      expect(await desk.run(getPerson, { id }, secretariat)).toMatchObject({ id })
    }))

  test('finds by another spelling, organisation, language and country, in pages', () =>
    atDirectoryDesk(async (desk) => {
      const { office, id } = await givenOffice(desk)
      await desk.run(registerPerson, { name: '王伟', otherNames: ['Wang Wei'], countryCode: 'CHN', languages: ['zh'] })
      const found = async (input: object) => (await desk.run(listPersons, input)).rows.map(({ name }) => name)
      expect(await found({ search: 'wang' })).toEqual(['王伟'])
      expect(await found({ search: 'office cooperation' })).toEqual(['Amina Otieno'])
      expect(await found({ search: '%' })).toEqual([])
      expect(await found({ orgId: office.id })).toEqual(['Amina Otieno'])
      expect(await found({ language: 'zh' })).toEqual(['王伟'])
      expect(await found({ country: 'cn' })).toEqual(['王伟'])
      const first = await desk.run(listPersons, { limit: 1 })
      expect(first).toMatchObject({ total: 2, rows: [{ id, affiliations: [{ title: 'Director' }] }] })
      expect(await found({ limit: 1, cursor: first.next })).toEqual(['王伟'])
      expect(await desk.refusal(listPersons, { cursor: 'x' })).toMatchObject({ code: 'directory.cursor-not-accepted' })
    }))
})

describe('contact data', () => {
  test('6.1: are hidden without recorded consent from everybody but the person and the administrator', () =>
    atDirectoryDesk(async (desk) => {
      const { mine, id } = await givenOffice(desk)
      expect(await desk.refusal(readContact, { id }, ANONYMOUS)).toMatchObject({ kind: 'refused' })
      expect(await desk.refusal(readContact, { id }, reader)).toMatchObject({ code: 'directory.contact-without-consent' })
      expect(await desk.refusal(readContact, { id }, mine)).toMatchObject({ code: 'directory.contact-without-consent' })
      expect(JSON.stringify(await desk.run(getPerson, { id }, mine))).not.toContain('amina@example.org')
      expect((await desk.run(readContact, { id }, admin)).contact).toHaveLength(2)
      await desk.run(linkPersonToAccount, { id, userId: 'amina' })
      expect(await desk.run(getPerson, { id }, member('amina'))).toMatchObject({
        isOwn: true,
        contact: [
          { kind: 'email', access: 'own', value: 'amina@example.org' },
          { kind: 'phone', access: 'own', value: '+254 20 123456' },
        ],
      })
    }))

  test('with consent members read what it covers, after asking; the reading is in the audit trail', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await givenOffice(desk)
      await desk.run(recordConsent, {
        personId: id,
        purpose: 'directory',
        covers: ['email'],
        givenOn: '2026-11-01',
        source: 'Form 7',
      })
      await desk.run(recordConsent, {
        personId: id,
        purpose: 'mailing',
        covers: ['phone'],
        givenOn: '2026-11-01',
        source: 'Form 7',
      })
      const view = await desk.run(getPerson, { id }, reader)
      expect(view).toMatchObject({
        mayReadContact: true,
        contact: [
          { kind: 'email', access: 'consent', value: null },
          { kind: 'phone', access: 'no-consent', value: null },
        ],
      })
      expect(view.consents.map(({ source }) => source)).toEqual([null, null])
      expect((await desk.run(readContact, { id }, reader)).contact).toEqual([
        { kind: 'email', value: 'amina@example.org', consented: true },
      ])
      const events = await desk.database.many(
        sql`select actor_id as actor, action from audit_events where record_id = ${id} and action = 'contact-read' order by id`,
      )
      expect(events).toEqual([{ actor: 'reader', action: 'contact-read' }])
    }))

  test('an account reads those of 60 people an hour; the same person again counts once', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await givenOffice(desk)
      await desk.run(recordConsent, {
        personId: id,
        purpose: 'directory',
        covers: ['email'],
        givenOn: '2026-11-01',
        source: 'Form 7',
      })
      await desk.run(readContact, { id }, reader)
      await desk.run(readContact, { id }, reader)
      await desk.database.run(sql`
        insert into persons (id, name, search_text, version, created_at, created_by, updated_at, updated_by)
        select 'P' || n, 'P' || n, 'p' || n, 1, now(), 'x', now(), 'x' from generate_series(1, ${CONTACT_READS_AN_HOUR}) as n
      `)
      await desk.database.run(sql`
        insert into person_contact_reads (id, actor_id, person_id, read_at)
        select 'R' || n, 'late', 'P' || n, '2026-11-24T11:30:00Z' from generate_series(1, ${CONTACT_READS_AN_HOUR}) as n
      `)
      expect(await desk.refusal(readContact, { id }, member('late'))).toEqual({
        code: 'directory.contact-limit-reached',
        kind: 'refused',
        params: { limit: 60 },
      })
      desk.setTime('2026-11-24T12:30:00Z')
      expect((await desk.run(readContact, { id }, member('late'))).contact).toHaveLength(1)
    }))
})

test('the second net: statements with the eyes of a member, without any condition of ours, give no foreign person and no hidden value', () =>
  atDirectoryDesk(async (desk) => {
    const { office, id } = await givenOffice(desk)
    const eyes = (sees: 'all' | 'network' | 'public', orgs: string[] = [], actorId = 'x') =>
      desk.database.as({ actorId, sees, orgs, countries: [] })
    const names = (db: Db) => db.many(sql`select name from persons order by name`)
    const values = (db: Db) => db.many(sql`select kind from person_contacts order by kind`)
    expect(await names(eyes('public'))).toEqual([])
    expect(await names(eyes('network'))).toEqual([{ name: 'Amina Otieno' }])
    expect(await values(eyes('network', [office.id]))).toEqual([])
    expect(await values(eyes('all'))).toEqual([{ kind: 'email' }, { kind: 'phone' }])
    await desk.run(recordConsent, {
      personId: id,
      purpose: 'directory',
      covers: ['phone'],
      givenOn: '2026-11-01',
      source: 'Form 7',
    })
    expect(await values(eyes('network'))).toEqual([{ kind: 'phone' }])
    expect(await values(eyes('public'))).toEqual([])
    await desk.run(revisePerson, { id, version: 1, changes: { visibility: 'private' } })
    expect(await names(eyes('network'))).toEqual([])
    expect(await values(eyes('network'))).toEqual([])
    expect(await names(eyes('network', [office.id]))).toEqual([{ name: 'Amina Otieno' }])
    await desk.run(linkPersonToAccount, { id, userId: 'amina' })
    expect(await values(eyes('network', [], 'amina'))).toEqual([{ kind: 'email' }, { kind: 'phone' }])
  }))

describe('erasing a person', () => {
  test('a stranger, a member and the own office may not: the administrator alone', () =>
    atDirectoryDesk(async (desk) => {
      const { mine, id } = await givenOffice(desk)
      for (const actor of [ANONYMOUS, reader, mine]) {
        expect(await desk.refusal(erasePerson, { id, reason: 'asked' }, actor)).toMatchObject(LACKING)
      }
    }))

  test('no value is left in any table; the row stays and says when; a second time is a conflict', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await givenOffice(desk)
      await desk.run(recordConsent, {
        personId: id,
        purpose: 'directory',
        covers: ['email'],
        givenOn: '2026-11-01',
        source: 'Mail of Amina',
      })
      await desk.run(erasePerson, { id, reason: 'asked by letter' }, admin)
      expect(await desk.run(getPerson, { id })).toMatchObject({ name: null, contact: [], affiliations: [], consents: [] })
      expect(await desk.run(listPersons, { search: 'amina' })).toMatchObject({ total: 0 })
      for (const table of [
        'persons',
        'person_affiliations',
        'person_contacts',
        'person_consents',
        'record_versions',
        'audit_events',
      ]) {
        const rows = await desk.database.many<{ row: string }>(sql`select t::text as row from ${sql.ref(table)} as t order by 1`)
        expect(rows.filter(({ row }) => /amina|otieno|254 20/i.test(row))).toEqual([])
      }
      expect(await desk.refusal(erasePerson, { id, reason: 'again' })).toMatchObject({ code: 'directory.person-erased' })
      expect(await desk.refusal(revisePerson, { id, version: 2, changes: { name: 'X' } })).toMatchObject({
        code: 'directory.person-erased',
      })
    }))
})

describe('what is kept about me', () => {
  test('of somebody else only the administrator is told', () =>
    atDirectoryDesk(async (desk) => {
      const { mine, id } = await givenOffice(desk)
      expect(await desk.refusal(whatIsKeptAboutPerson, { id }, ANONYMOUS)).toMatchObject(LACKING)
      expect(await desk.refusal(whatIsKeptAboutPerson, { id }, mine)).toMatchObject(LACKING)
      expect(await desk.run(whatIsKeptAboutPerson, { id }, admin)).toMatchObject({ person: { name: 'Amina Otieno' } })
    }))

  test('the holder of the account reads, corrects and removes it without any other right', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await givenOffice(desk)
      const amina = member('amina')
      expect(await desk.run(whatIsKeptAboutPerson, {}, amina)).toBeNull()
      expect(await desk.refusal(linkPersonToAccount, { id, userId: 'amina' }, amina)).toMatchObject(LACKING)
      await desk.run(linkPersonToAccount, { id, userId: 'amina' })
      const kept = await desk.run(whatIsKeptAboutPerson, {}, amina)
      expect(kept).toMatchObject({
        person: { contact: { email: 'amina@example.org' } },
        affiliations: [{ title: 'Director', orgNames: { texts: { en: 'Office for Cooperation' } } }],
        contactReadsLastHour: 0,
      })
      await desk.run(revisePerson, { version: kept?.person.version ?? 0, changes: { contact: { phone: null } } }, amina)
      const given = { covers: ['email' as const], givenOn: '2026-11-24', source: 'my page' }
      await desk.run(recordConsent, { purpose: 'directory', ...given }, amina)
      expect((await desk.run(readContact, { id }, reader)).contact).toHaveLength(1)
      await desk.run(erasePerson, { reason: 'my wish' }, amina)
      expect(await desk.run(whatIsKeptAboutPerson, {}, amina)).toBeNull()
    }))

  test('an account belongs to one person', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await givenOffice(desk)
      const second = await desk.run(registerPerson, { name: 'Juma Kato' })
      await desk.run(linkPersonToAccount, { id, userId: 'amina' })
      const problem = await desk.refusal(linkPersonToAccount, { id: second.id, userId: 'amina' })
      expect(problem).toEqual({ code: 'directory.account-taken', kind: 'conflict', params: { person: id } })
    }))
})
