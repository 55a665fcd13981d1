/** Ends a consent at once; what it covered is hidden from the next request on. One's own may be withdrawn without any other right. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { findSeen } from '../persons/get-person.ts'
import { type Consent, scopeOf } from '../persons/person.ts'
import { getOwnPerson, selectConsents } from '../persons/person-rows.ts'
import { consentRef, consentTrace } from './consent-trace.ts'

export const withdrawConsent = defineCommand({
  name: 'directory.withdraw-consent',
  permission: {
    oneOf: ['directory.consent.record', 'directory.own-person.edit'],
    of: ({ own }: { own?: boolean | undefined }) => (own ? 'directory.own-person.edit' : 'directory.consent.record'),
  },
  input: z.object({
    consentId: z.string(),
    /** The consent is that of the person of the account. */
    own: z.boolean().default(false),
    reason: z.string().trim().max(2_000).optional(),
  }),
  async scope({ db, whole, sight }, { consentId, own }) {
    if (own) return undefined
    const person = await findSeen(db, sight, (await getConsent(whole, consentId)).personId).catch((error: unknown) => {
      // That of a hidden person is as good as not there.
      throw error instanceof Problem ? missing(consentId) : error
    })
    return scopeOf(person, person.userId)
  },

  async run({ whole: db, clock, actor, changed }, { consentId, own, reason }): Promise<{ id: string; withdrawnAt: string }> {
    const row = await db.maybe<{ noted: boolean }>(sql`
      select expiry_noted_at is not null as noted from person_consents where id = ${consentId} for update
    `)
    const consent = await getConsent(db, consentId)
    // Somebody else's is as good as not there.
    if (own && consent.personId !== (await getOwnPerson(db, actor)).id) throw missing(consentId)
    if (consent.withdrawnAt !== null) throw new Problem('directory.consent-already-withdrawn', { at: consent.withdrawnAt })
    const withdrawnAt = clock.now().toISOString()
    await db.run(sql`
      update person_consents set withdrawn_at = ${withdrawnAt}, withdrawn_by = ${actor.id} where id = ${consentId}
    `)
    changed({
      ref: consentRef(consentId),
      action: 'withdrawn',
      // Recorded, and perhaps noted as ended before.
      version: row?.noted ? 3 : 2,
      before: consentTrace(consent),
      after: consentTrace({ ...consent, withdrawnAt }),
      ...(reason === undefined ? {} : { reason }),
    })
    return { id: consentId, withdrawnAt }
  },
})

async function getConsent(db: Db, id: string): Promise<Consent> {
  const [consent] = await selectConsents(db, sql`c.id = ${id}`)
  if (!consent) throw missing(id)
  return consent
}

function missing(consent: string): Problem {
  return new Problem('directory.consent-missing', { consent })
}
