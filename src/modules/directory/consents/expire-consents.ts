/**
 * Nightly: notes in the audit trail which consents have ended, and says which end soon, so that somebody can ask the person again.
 * Nothing is hidden here: contact data are hidden from the first moment after the last day, whether this ran or not.
 */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineCommand } from '../../../operations/index.ts'
import { type Consent, dayOf } from '../persons/person.ts'
import { selectConsents } from '../persons/person-rows.ts'
import { consentRef, consentTrace } from './consent-trace.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export interface EndingConsent extends Pick<Consent, 'id' | 'personId' | 'purpose' | 'covers' | 'recordedBy'> {
  readonly until: string
}

export const expireConsents = defineCommand({
  name: 'directory.expire-consents',
  permission: 'directory.consent.expire',
  input: z.object({ withinDays: z.number().int().min(0).max(366).default(30) }),

  async run({ db, clock, changed }, { withinDays }): Promise<{ ended: EndingConsent[]; endSoon: EndingConsent[] }> {
    const now = clock.now()
    const today = dayOf(now)
    const horizon = dayOf(new Date(now.getTime() + withinDays * DAY_MS))
    const ended = await selectConsents(db, sql`c.until < ${today}::date and c.withdrawn_at is null and c.expiry_noted_at is null`)
    await db.run(sql`
      update person_consents
      set expiry_noted_at = ${now.toISOString()}
      where id = any(${ended.map(({ id }) => id)}::text[])
    `)
    for (const consent of ended) {
      const before = consentTrace(consent)
      changed({ ref: consentRef(consent.id), action: 'ended', version: 2, before, after: { ...before, ended: true } })
    }
    const endSoon = await selectConsents(
      db,
      sql`c.until >= ${today}::date and c.until <= ${horizon}::date and c.withdrawn_at is null`,
    )
    return { ended: ended.map(ending), endSoon: endSoon.map(ending) }
  },
})

function ending({ id, personId, purpose, covers, recordedBy, until }: Consent): EndingConsent {
  return { id, personId, purpose, covers, recordedBy, until: until ?? '' }
}
