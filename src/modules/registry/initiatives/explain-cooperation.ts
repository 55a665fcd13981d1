/** The decision rule's answer for each configured profile, with its explanation (domain 7.4). */
import type { CooperationType } from '../../../codes/index.ts'
import { COOPERATION_PROFILES, type CooperationResult } from '../cooperation-type/index.ts'
import { typeUnder } from './derive-columns.ts'
import type { InitiativeRecord } from './initiative.ts'

export interface CooperationUnderProfile extends CooperationResult {
  readonly profile: string
}

export function explainCooperation(record: Pick<InitiativeRecord, 'facts' | 'listed'>): CooperationUnderProfile[] {
  return COOPERATION_PROFILES.map((profile) => ({ profile: profile.key, ...typeUnder(record, profile) }))
}

/** The computed type under the profile that counts unless a report says otherwise. */
export function cooperationLabelOf(facts: InitiativeRecord['facts']): CooperationType | undefined {
  const [profile] = COOPERATION_PROFILES
  return profile && typeUnder({ facts, listed: [] }, profile).type
}
