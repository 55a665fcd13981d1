import { describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { isUniqueViolation } from '../../../database/translate-error.ts'
import { ANONYMOUS, type Grant, PROGRAM } from '../../../operations/index.ts'
import { erasePerson, registerPerson } from '../../directory/index.ts'
import { atDirectoryDesk, type DirectoryDesk, INSTANCE, member } from '../../directory/testing/directory-desk.ts'
import {
  answerConfirmationLink,
  askToConfirm,
  confirmFocalPoint,
  endFocalPoint,
  findConfirmationLink,
  focalPointCoverage,
  getFocalPoint,
  handOverFocalPoint,
  listFocalPoints,
  nameFocalPoint,
  printConfirmationLink,
  remindFocalPoints,
  reviseFocalPoint,
} from '../index.ts'

const KENYA: Grant = { role: 'national_focal_point', scope: 'country', scopeId: 'KEN', orgs: [], countries: ['KEN'] }
const kenyan = member('kenyan', KENYA)
const reader = member('reader')
const secretariat = member('secretariat', { role: 'secretariat', ...INSTANCE })

const LETTER = { givenOn: '2026-11-01', source: 'Letter of 1 November 2026' }
const AGENCY = {
  names: { orig: 'en', texts: { en: 'Cooperation Agency', fr: 'Agence de coopération' } },
  type: 'agency' as const,
}

/** Amina for Kenya, new to the directory, who agreed to be written to. */
function nameAmina(desk: DirectoryDesk, more: object = {}) {
  return desk.run(
    nameFocalPoint,
    {
      scope: 'country',
      countryCode: 'KE',
      mechanism: AGENCY,
      languages: ['sw', 'fr', 'en'],
      source: 'Note verbale 14',
      person: { name: 'Amina Otieno', email: 'amina@example.org', consent: { purposes: ['mailing'], ...LETTER } },
      ...more,
    },
    kenyan,
  )
}

async function tokenOf(desk: DirectoryDesk, id: string): Promise<string> {
  const { address } = await desk.run(printConfirmationLink, { id })
  return new URL(address).searchParams.get('token') ?? ''
}

describe('Naming a focal point', () => {
  test('nobody names one for another country, and members none at all', () =>
    atDirectoryDesk(async (desk) => {
      const person = { name: 'Juma' }
      const input = { scope: 'country' as const, countryCode: 'UGA', source: 'A letter', person }
      expect(await desk.refusal(nameFocalPoint, input, kenyan)).toMatchObject({ code: 'operations.permission-lacking' })
      expect(await desk.refusal(nameFocalPoint, input, reader)).toMatchObject({ code: 'operations.permission-lacking' })
      expect(await desk.database.one(sql`select count(*)::int as persons from persons`)).toEqual({ persons: 0 })
    }))

  test.each([
    { name: 'a country without a country', input: { scope: 'country' }, code: 'coordination.country-needed' },
    { name: 'a country that is none', input: { scope: 'country', countryCode: 'QQQ' }, code: 'coordination.country-unknown' },
    {
      name: 'a country with an organisation',
      input: { scope: 'country', countryCode: 'KEN', orgId: 'x' },
      code: 'coordination.org-not-for-country',
    },
    { name: 'an entity without one', input: { scope: 'org' }, code: 'coordination.org-needed' },
    { name: 'an entity with a country', input: { scope: 'org', countryCode: 'KEN' }, code: 'coordination.country-not-for-org' },
    { name: 'an entity that is not there', input: { scope: 'org', orgId: 'x' }, code: 'directory.org-missing' },
    { name: 'nobody', input: { scope: 'country', countryCode: 'KEN', person: undefined }, code: 'coordination.person-needed' },
    {
      name: 'a person who is not there',
      input: { scope: 'country', countryCode: 'KEN', person: undefined, personId: 'x' },
      code: 'directory.person-missing',
    },
  ])('$name: $code', ({ input, code }) =>
    atDirectoryDesk(async (desk) => {
      const whole = { source: 'A letter', person: { name: 'Juma' }, ...input } as never
      expect((await desk.refusal(nameFocalPoint, whole, secretariat)).code).toBe(code)
    }),
  )

  test('registers the person with the consent in one step; the record counts as invited', () =>
    atDirectoryDesk(async (desk) => {
      const { id, personId } = await nameAmina(desk)
      const view = await desk.run(getFocalPoint, { id }, reader)
      expect(view).toMatchObject({
        scope: 'country',
        countryCode: 'KEN',
        details: { state: 'invited', isMain: true, person: { id: personId, name: 'Amina Otieno' }, confirmedAt: null },
      })
      expect(view.record?.history).toMatchObject([{ version: 1, action: 'named', actorId: 'kenyan' }])
      // Versions hold no name and no address.
      expect(JSON.stringify(view.record?.history)).not.toMatch(/Amina|example\.org/)
      const consents = await desk.database.many(sql`select purpose, covers, given_on::text as on from person_consents`)
      expect(consents).toEqual([{ purpose: 'mailing', covers: ['email'], on: '2026-11-01' }])
    }))

  test('one main focal point at a time: the second is said in words, a further one stands beside it', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk)
      const second = { person: { name: 'Juma Kato' } }
      expect(await nameAmina(desk, second).catch((problem) => problem)).toMatchObject({
        code: 'coordination.main-already-named',
        params: { focalPoint: id },
        place: { field: 'isMain' },
      })
      await nameAmina(desk, { ...second, isMain: false })
      expect((await desk.run(listFocalPoints, {}, reader)).total).toBe(2)
      // The database holds to it whoever writes.
      const forced = desk.database.run(sql`update focal_points set is_main = true`)
      await expect(forced.catch((error: unknown) => Promise.reject(isUniqueViolation(error)))).rejects.toBe(true)
    }))

  test('the same person is not named twice', () =>
    atDirectoryDesk(async (desk) => {
      const { id, personId } = await nameAmina(desk)
      const again = await desk.refusal(
        nameFocalPoint,
        { scope: 'country', countryCode: 'KEN', personId, isMain: false, source: 'A letter' },
        kenyan,
      )
      expect(again).toMatchObject({ code: 'coordination.already-named', params: { focalPoint: id } })
    }))
})

describe('What is read', () => {
  test('a stranger reads the name of the mechanism, and nothing of the person', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk)
      await nameAmina(desk, { mechanism: null, isMain: false, person: { name: 'Juma Kato' } })
      const page = await desk.run(listFocalPoints, {}, ANONYMOUS)
      expect(page.rows).toEqual([{ id, scope: 'country', countryCode: 'KEN', org: null, mechanism: AGENCY.names, details: null }])
      expect(await desk.run(getFocalPoint, { id }, ANONYMOUS)).toEqual({ ...page.rows[0], record: null })
      expect((await desk.run(listFocalPoints, { search: 'amina' }, ANONYMOUS)).total).toBe(0)
      expect(await desk.refusal(listFocalPoints, { state: 'stale' }, ANONYMOUS)).toMatchObject({ kind: 'refused' })
    }))

  test('filters by scope, region, state, language, words; pages follow the language of the reader', () =>
    atDirectoryDesk(async (desk) => {
      await nameAmina(desk)
      const unicef = await desk.org('Children’s Fund', { partOfUnSystem: true, orgType: '40' })
      const rest = [
        { scope: 'country' as const, countryCode: 'DEU', person: { name: 'Ada' }, languages: ['de'] },
        { scope: 'country' as const, countryCode: 'PER', person: { name: 'Inés' }, languages: ['es'] },
        { scope: 'org' as const, orgId: unicef.id, person: { name: 'Li' }, languages: ['zh', 'en'] },
        { scope: 'un_country_office' as const, countryCode: 'KEN', orgId: unicef.id, person: { name: 'Otto' } },
      ]
      for (const one of rest) await desk.run(nameFocalPoint, { source: 'A letter', ...one }, secretariat)
      const codes = async (input: object, actor = reader) =>
        (await desk.run(listFocalPoints, input, actor)).rows.map(
          ({ scope, countryCode, org }) => `${scope} ${countryCode ?? org?.names.texts.en}`,
        )
      // Germany, Kenya, Peru; in German Deutschland, Kenia, Peru; in French Allemagne first.
      expect(await codes({})).toEqual([
        'country DEU',
        'country KEN',
        'un_country_office KEN',
        'country PER',
        'org Children’s Fund',
      ])
      expect(await codes({ scope: 'country', lang: 'ru' })).toEqual(['country DEU', 'country KEN', 'country PER'])
      expect(await codes({ region: '002' })).toEqual(['country KEN', 'un_country_office KEN'])
      expect(await codes({ language: 'en' })).toEqual(['country KEN', 'org Children’s Fund'])
      expect(await codes({ search: 'otieno' })).toEqual(['country KEN'])
      expect(await codes({ search: 'COOPERATION agency' })).toEqual(['country KEN'])
      expect(await codes({ search: '!!' })).toEqual([])
      expect(await codes({ state: 'active' })).toEqual([])
      expect(await codes({ orgId: unicef.id })).toEqual(['un_country_office KEN', 'org Children’s Fund'])
      const first = await desk.run(listFocalPoints, { limit: 2 }, reader)
      expect([first.total, first.rows.length]).toEqual([5, 2])
      expect(await codes({ limit: 3, cursor: first.next ?? '' })).toEqual([
        'un_country_office KEN',
        'country PER',
        'org Children’s Fund',
      ])
      expect(await desk.refusal(listFocalPoints, { cursor: 'x' }, reader)).toMatchObject({ code: 'paging.cursor-not-accepted' })
    }))

  test('R46: n of N countries and entities; it falls when one ends or its person is erased', () =>
    atDirectoryDesk(async (desk) => {
      const unicef = await desk.org('Children’s Fund', { partOfUnSystem: true, orgType: '40' })
      await desk.org('Office of the Fund', { partOfUnSystem: true, orgType: '40', parentId: unicef.id })
      await desk.org('A ministry')
      const before = await desk.run(focalPointCoverage, {}, reader)
      expect([before.countries.named, before.entities.named, before.entities.total]).toEqual([0, 0, 1])
      const { id, personId } = await nameAmina(desk)
      await desk.run(nameFocalPoint, { scope: 'org', orgId: unicef.id, source: 'A letter', person: { name: 'Li' } }, secretariat)
      const after = await desk.run(focalPointCoverage, {}, reader)
      expect([after.countries.named, after.entities.named]).toEqual([1, 1])
      expect(after.countries.rows.find(({ countryCode }) => countryCode === 'KEN')).toEqual({
        countryCode: 'KEN',
        isNamed: true,
        state: 'invited',
      })
      // Germany is no programme country, so a focal point there changes nothing; among the members of DAC it counts.
      await desk.run(
        nameFocalPoint,
        { scope: 'country', countryCode: 'DEU', source: 'A letter', person: { name: 'Ada' } },
        secretariat,
      )
      expect((await desk.run(focalPointCoverage, {}, reader)).countries.named).toBe(1)
      expect((await desk.run(focalPointCoverage, { group: 'dac_member' }, reader)).countries.named).toBe(1)
      expect(await desk.refusal(focalPointCoverage, { group: 'x' }, reader)).toMatchObject({ code: 'coordination.group-unknown' })
      await desk.run(erasePerson, { id: personId, reason: 'Asked for' })
      expect((await desk.run(focalPointCoverage, {}, reader)).countries.named).toBe(0)
      expect((await desk.run(getFocalPoint, { id }, reader)).details?.person).toEqual({
        id: personId,
        name: null,
        isErased: true,
      })
      expect((await desk.run(focalPointCoverage, {}, ANONYMOUS)).entities.rows).toMatchObject([{ isNamed: true, state: null }])
    }))
})

describe('From then on', () => {
  test('revising needs the newest version and keeps what was before', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk)
      const changes = { languages: ['fr'] }
      expect(await desk.refusal(reviseFocalPoint, { id, version: 1, changes }, reader)).toMatchObject({
        code: 'operations.permission-lacking',
      })
      await desk.run(reviseFocalPoint, { id, version: 1, changes }, kenyan)
      expect(await desk.refusal(reviseFocalPoint, { id, version: 1, changes: { languages: [] } }, kenyan)).toMatchObject({
        code: 'coordination.focal-point-changed-meanwhile',
        params: { version: 1, found: 2, by: 'kenyan' },
      })
      const { record } = await desk.run(getFocalPoint, { id }, reader)
      expect(record?.history.map(({ action }) => action)).toEqual(['changed', 'named'])
      expect(record?.facts.languages).toEqual(['fr'])
    }))

  test('confirmed today, it is active through the year and stale from the day twelve months later', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk)
      const state = async () => (await desk.run(getFocalPoint, { id }, reader)).details?.state
      await desk.run(confirmFocalPoint, { id }, kenyan)
      expect(await state()).toBe('active')
      desk.setTime('2027-11-24T11:59:59Z')
      expect(await state()).toBe('active')
      desk.setTime('2027-11-24T12:00:00Z')
      expect(await state()).toBe('stale')
      expect((await desk.run(listFocalPoints, { state: 'stale' }, reader)).total).toBe(1)
      await desk.run(confirmFocalPoint, { id }, kenyan)
      expect(await state()).toBe('active')
    }))

  test('ended, it can be read and not changed; the end is no later than today and no earlier than the begin', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk, { from: '2026-10' })
      const end = (to: string) => ({ id, to, reason: 'Retired' })
      expect(await desk.refusal(endFocalPoint, end('2026-11-25'), kenyan)).toMatchObject({ code: 'coordination.end-in-future' })
      expect(await desk.refusal(endFocalPoint, end('2026-09'), kenyan)).toMatchObject({ code: 'coordination.ends-before' })
      await desk.run(endFocalPoint, end('2026-11'), kenyan)
      expect(await desk.refusal(confirmFocalPoint, { id }, kenyan)).toMatchObject({ code: 'coordination.focal-point-ended' })
      expect((await desk.run(listFocalPoints, {}, reader)).total).toBe(0)
      expect((await desk.run(listFocalPoints, { state: 'ended' }, reader)).rows).toMatchObject([
        { id, details: { to: '2026-11' } },
      ])
      // Another can be the main one now.
      await nameAmina(desk, { person: { name: 'Juma Kato' } })
    }))

  test('handing over ends the one and names who stood in, to be confirmed', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk)
      expect(await desk.refusal(handOverFocalPoint, { id, reason: 'Leave' }, kenyan)).toMatchObject({
        code: 'coordination.backup-missing',
      })
      const juma = await desk.run(registerPerson, { name: 'Juma Kato', countryCode: 'KEN' }, kenyan)
      const { personId } = (await desk.run(getFocalPoint, { id }, reader)).record?.facts ?? { personId: '' }
      const self = { id, version: 1, changes: { backupId: personId } }
      expect(await desk.refusal(reviseFocalPoint, self, kenyan)).toMatchObject({ code: 'coordination.backup-is-the-person' })
      await desk.run(reviseFocalPoint, { id, version: 1, changes: { backupId: juma.id } }, kenyan)
      const next = await desk.run(handOverFocalPoint, { id, reason: 'Note verbale 15' }, kenyan)
      expect((await desk.run(getFocalPoint, { id }, reader)).details?.state).toBe('ended')
      expect(await desk.run(getFocalPoint, { id: next.id }, reader)).toMatchObject({
        countryCode: 'KEN',
        mechanism: AGENCY.names,
        details: { state: 'invited', isMain: true, person: { name: 'Juma Kato' }, backup: null },
      })
    }))

  test('who stands in may be a further focal point already: that one ends with the handing over', () =>
    atDirectoryDesk(async (desk) => {
      const further = await nameAmina(desk, { isMain: false, person: { name: 'Juma Kato' } })
      const { id } = await nameAmina(desk, { backupId: further.personId })
      const next = await desk.run(handOverFocalPoint, { id, reason: 'Note verbale 15' }, kenyan)
      const { rows } = await desk.run(listFocalPoints, {}, reader)
      expect(rows.map((row) => [row.id, row.details?.person.name])).toEqual([[next.id, 'Juma Kato']])
    }))
})

describe('Confirming by a link', () => {
  test('without an account, once; looking changes nothing; a newer link ends the older', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk)
      const older = await tokenOf(desk, id)
      const token = await tokenOf(desk, id)
      expect(await desk.run(findConfirmationLink, { token: older }, ANONYMOUS)).toBeNull()
      for (let look = 0; look < 2; look += 1) {
        expect(await desk.run(findConfirmationLink, { token }, ANONYMOUS)).toMatchObject({
          countryCode: 'KEN',
          personName: 'Amina Otieno',
          mechanismNames: AGENCY.names,
        })
      }
      await desk.run(answerConfirmationLink, { token, answer: 'confirmed' }, ANONYMOUS)
      expect(await desk.refusal(answerConfirmationLink, { token, answer: 'confirmed' }, ANONYMOUS)).toMatchObject({
        code: 'coordination.link-over',
      })
      const { details, record } = await desk.run(getFocalPoint, { id }, reader)
      expect(details).toMatchObject({ state: 'active', confirmedHow: 'link' })
      expect(record?.history[0]).toMatchObject({ action: 'confirmed-by-link', actorId: 'anonymous' })
    }))

  test('after sixty days it is over; who has left says so and it ends', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk)
      const token = await tokenOf(desk, id)
      desk.setTime('2027-01-23T12:00:00Z')
      expect(await desk.run(findConfirmationLink, { token }, ANONYMOUS)).toBeNull()
      const next = await tokenOf(desk, id)
      await desk.run(answerConfirmationLink, { token: next, answer: 'left' }, ANONYMOUS)
      expect(await desk.run(getFocalPoint, { id }, reader)).toMatchObject({ details: { state: 'ended', to: '2027-01-23' } })
    }))

  test('mail goes in the first language that we speak, to an address with a consent; without one only a letter is left', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk)
      // Swahili is first, and is none of ours.
      expect(await desk.run(askToConfirm, { id }, kenyan)).toEqual({ id, lang: 'fr' })
      const [message] = await desk.database.many<{ to: string; lang: string; body: string; user: null }>(sql`
        select to_address as to, lang, body, user_id as user from messages
      `)
      expect(message).toMatchObject({ to: 'amina@example.org', lang: 'fr', user: null })
      const token = /\/fr\/focal-points\/confirm\?token=([\w-]+)/.exec(message?.body ?? '')?.[1] ?? ''
      await desk.run(answerConfirmationLink, { token, answer: 'confirmed' }, ANONYMOUS)
      expect((await desk.database.one<{ body: string }>(sql`select body from messages`)).body).not.toContain(token)

      const other = await nameAmina(desk, { isMain: false, person: { name: 'Juma Kato', email: 'juma@example.org' } })
      expect(await desk.refusal(askToConfirm, { id: other.id }, kenyan)).toMatchObject({ code: 'coordination.no-address' })
      expect(await desk.run(printConfirmationLink, { id: other.id }, kenyan)).toMatchObject({
        lang: 'fr',
        personName: 'Juma Kato',
      })
    }))

  test('reminders begin thirty days before it is stale, thirty days apart, three at most', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await nameAmina(desk)
      await desk.run(confirmFocalPoint, { id }, kenyan)
      const remind = async (day: string) => {
        desk.setTime(`${day}T12:00:00Z`)
        return (await desk.run(remindFocalPoints, {}, PROGRAM)).reminded
      }
      // Confirmed on 24 November 2026: stale from 24 November 2027, so reminded from 25 October on.
      expect(await remind('2027-10-24')).toBe(0)
      expect(await remind('2027-10-25')).toBe(1)
      expect(await remind('2027-10-26')).toBe(0)
      expect(await remind('2027-11-24')).toBe(1)
      expect(await remind('2027-12-24')).toBe(1)
      expect(await remind('2028-03-01')).toBe(0)
      await desk.run(confirmFocalPoint, { id }, kenyan)
      expect(await remind('2029-03-01')).toBe(1)
    }))
})
