/** What versions and the audit trail keep of a consent: all but how it was given, which is free text and may name the person. */
import type { RecordRef } from '../../../kernel/ids.ts'
import type { Consent } from '../persons/person.ts'

export function consentRef(id: string): RecordRef {
  return { module: 'directory', aggregate: 'person_consents', id }
}

export function consentTrace(consent: Omit<Consent, 'source' | 'recordedAt' | 'recordedBy'>) {
  const { personId, purpose, covers, givenOn, until, withdrawnAt } = consent
  return { personId, purpose, covers, givenOn, until, withdrawnAt }
}
