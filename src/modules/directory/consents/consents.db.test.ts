import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { ANONYMOUS, PROGRAM } from '../../../operations/index.ts'
import { expireConsents, linkPersonToAccount, readContact, recordConsent, registerPerson, withdrawConsent } from '../index.ts'
import { atDirectoryDesk, type DirectoryDesk, member } from '../testing/directory-desk.ts'

const LACKING = { code: 'operations.permission-lacking', kind: 'refused' }
const reader = member('reader')

async function givenPerson(desk: DirectoryDesk, name = 'Amina Otieno'): Promise<string> {
  return (await desk.run(registerPerson, { name, contact: { email: 'amina@example.org' } })).id
}

const FORM: Omit<z.input<typeof recordConsent.input>, 'personId'> = {
  purpose: 'directory',
  covers: ['email'],
  givenOn: '2026-11-01',
  source: 'Form 7',
}

describe('recording a consent', () => {
  test('a stranger and a member without a role may not', () =>
    atDirectoryDesk(async (desk) => {
      const personId = await givenPerson(desk)
      for (const actor of [ANONYMOUS, reader]) {
        expect(await desk.refusal(recordConsent, { personId, ...FORM }, actor)).toMatchObject(LACKING)
      }
    }))

  const invalid = [
    { name: 'a day that has not come', given: { givenOn: '2026-11-25' }, expected: 'directory.consent-in-future' },
    { name: 'an end before the beginning', given: { until: '2026-10-31' }, expected: 'directory.consent-ends-before' },
    { name: 'no source', given: { source: ' ' }, expected: 'operations.input-not-accepted' },
    { name: 'nothing that it covers', given: { covers: [] }, expected: 'operations.input-not-accepted' },
    { name: 'an unknown person', given: { personId: 'none' }, expected: 'directory.person-missing' },
  ]
  test.each(invalid)('$name is refused', ({ given, expected }) =>
    atDirectoryDesk(async (desk) => {
      const personId = await givenPerson(desk)
      expect((await desk.refusal(recordConsent, { personId, ...FORM, ...given })).code).toBe(expected)
    }),
  )

  test('the trail tells what was agreed and never how it was said', () =>
    atDirectoryDesk(async (desk) => {
      const { id } = await desk.run(recordConsent, { personId: await givenPerson(desk), ...FORM, until: '2027-11-01' })
      const event = await desk.database.one<{ after: object }>(sql`select after from audit_events where record_id = ${id}`)
      expect(event.after).toMatchObject({ purpose: 'directory', covers: ['email'], givenOn: '2026-11-01', until: '2027-11-01' })
      expect(JSON.stringify(event)).not.toContain('Form 7')
    }))
})

describe('withdrawing a consent', () => {
  test('a stranger may not, and nobody that of somebody else as if it were the own', () =>
    atDirectoryDesk(async (desk) => {
      const personId = await givenPerson(desk)
      const { id } = await desk.run(recordConsent, { personId, ...FORM })
      expect(await desk.refusal(withdrawConsent, { consentId: id }, ANONYMOUS)).toMatchObject(LACKING)
      const other = await givenPerson(desk, 'Juma Kato')
      await desk.run(linkPersonToAccount, { id: other, userId: 'juma' })
      const problem = await desk.refusal(withdrawConsent, { consentId: id, own: true }, member('juma'))
      expect(problem).toMatchObject({ code: 'directory.consent-missing', kind: 'missing' })
    }))

  test('and recording one: a person who is hidden is as good as not there', () =>
    atDirectoryDesk(async (desk) => {
      const [office, other] = [await desk.org('Office'), await desk.org('Other')]
      const hidden = { name: 'Juma Kato', ownerOrg: office.id, visibility: 'group' } as const
      const { id: personId } = await desk.run(registerPerson, hidden)
      const { id: consentId } = await desk.run(recordConsent, { personId, ...FORM })
      const focal = { role: 'entity_focal_point', scope: 'entity', countries: [] } as const
      const foreign = member('foreign', { ...focal, scopeId: other.id, orgs: [other.id] })
      expect((await desk.refusal(recordConsent, { personId, ...FORM }, foreign)).code).toBe('directory.person-missing')
      expect((await desk.refusal(withdrawConsent, { consentId }, foreign)).code).toBe('directory.consent-missing')
      const mine = member('focal', { ...focal, scopeId: office.id, orgs: [office.id] })
      expect(await desk.run(withdrawConsent, { consentId }, mine)).toMatchObject({ id: consentId })
    }))

  test('hides at once; a second time is a conflict', () =>
    atDirectoryDesk(async (desk) => {
      const personId = await givenPerson(desk)
      const { id } = await desk.run(recordConsent, { personId, ...FORM })
      expect((await desk.run(readContact, { id: personId }, reader)).contact).toHaveLength(1)
      await desk.run(withdrawConsent, { consentId: id, reason: 'by telephone' })
      expect((await desk.refusal(readContact, { id: personId }, reader)).code).toBe('directory.contact-without-consent')
      expect((await desk.refusal(withdrawConsent, { consentId: id })).code).toBe('directory.consent-already-withdrawn')
    }))
})

describe('the end of a consent', () => {
  test('nobody but the program and the administrator asks for it', () =>
    atDirectoryDesk(async (desk) => {
      expect(await desk.refusal(expireConsents, {}, ANONYMOUS)).toMatchObject(LACKING)
      expect(await desk.refusal(expireConsents, {}, reader)).toMatchObject(LACKING)
    }))

  test('data are hidden from the first moment after the last day, before any nightly work', () =>
    atDirectoryDesk(async (desk) => {
      const personId = await givenPerson(desk)
      await desk.run(recordConsent, { personId, ...FORM, until: '2026-11-30' })
      desk.setTime('2026-11-30T23:59:59Z')
      expect((await desk.run(readContact, { id: personId }, reader)).contact).toHaveLength(1)
      desk.setTime('2026-12-01T00:00:00Z')
      expect((await desk.refusal(readContact, { id: personId }, reader)).code).toBe('directory.contact-without-consent')
    }))

  test('each end is noted once; those that end within 30 days are named', () =>
    atDirectoryDesk(async (desk) => {
      const personId = await givenPerson(desk)
      const { id: first } = await desk.run(recordConsent, { personId, ...FORM, until: '2026-11-23' })
      const { id: soon } = await desk.run(recordConsent, { personId, ...FORM, until: '2026-12-24' })
      await desk.run(recordConsent, { personId, ...FORM, until: '2026-12-25' })
      await desk.run(recordConsent, { personId, ...FORM })
      expect(await desk.run(expireConsents, {}, PROGRAM)).toMatchObject({
        ended: [{ id: first, until: '2026-11-23', personId }],
        endSoon: [{ id: soon, until: '2026-12-24' }],
      })
      expect((await desk.run(expireConsents, {}, PROGRAM)).ended).toEqual([])
      const events = await desk.database.many(sql`select action from audit_events where record_id = ${first} order by action`)
      expect(events).toEqual([{ action: 'created' }, { action: 'ended' }])
      await desk.run(withdrawConsent, { consentId: first })
    }))
})
