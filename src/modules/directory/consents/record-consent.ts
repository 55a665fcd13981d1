/** Writes down that a person agreed: to what, since when, until when, and how it was said. Without a person: one's own consent. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { findSeen } from '../persons/get-person.ts'
import { CONSENT_PURPOSES, CONTACT_KINDS, dayOf, scopeOf } from '../persons/person.ts'
import { lockPerson } from '../persons/person-rows.ts'
import { consentRef, consentTrace } from './consent-trace.ts'

export const recordConsent = defineCommand({
  name: 'directory.record-consent',
  permission: {
    oneOf: ['directory.consent.record', 'directory.own-person.edit'],
    of: ({ personId }: { personId?: string | undefined }) =>
      personId === undefined ? 'directory.own-person.edit' : 'directory.consent.record',
  },
  input: z.object({
    /** Absent: the person of the account. */
    personId: z.string().optional(),
    purpose: z.enum(CONSENT_PURPOSES),
    covers: z.array(z.enum(CONTACT_KINDS)).min(1),
    givenOn: z.iso.date(),
    /** Last day on which it holds. */
    until: z.iso.date().nullable().default(null),
    /** Form, e-mail, letter, with its date or file number. */
    source: z.string().trim().min(1).max(500),
  }),
  async scope({ db, sight }, { personId }) {
    if (personId === undefined) return undefined
    const person = await findSeen(db, sight, personId)
    return scopeOf(person, person.userId)
  },

  async run({ whole: db, clock, actor, changed }, input): Promise<{ id: string; personId: string }> {
    const { givenOn, until, purpose, source } = input
    const today = dayOf(clock.now())
    if (givenOn > today)
      throw new Problem('directory.consent-in-future', { found: givenOn, today }, { place: { field: 'givenOn' } })
    if (until !== null && until < givenOn) {
      throw new Problem('directory.consent-ends-before', { givenOn, until }, { place: { field: 'until' } })
    }
    const person = await lockPerson(db, actor, input.personId)
    const id = newId()
    const covers = CONTACT_KINDS.filter((kind) => input.covers.includes(kind))
    await db.run(sql`
      insert into person_consents (id, person_id, purpose, covers, given_on, until, source, recorded_at, recorded_by)
      values (${id}, ${person.id}, ${purpose}, ${covers}::text[], ${givenOn}, ${until}, ${source}, ${clock.now().toISOString()},
              ${actor.id})
    `)
    const consent = { id, personId: person.id, purpose, covers, givenOn, until, withdrawnAt: null }
    changed({ ref: consentRef(id), action: 'created', version: 1, after: consentTrace(consent) })
    return { id, personId: person.id }
  },
})
