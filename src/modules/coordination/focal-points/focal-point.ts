/** A focal point (domain 6.6): who is named, for whom, since when; and the pure rules of its states. */
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import type { PartialDate } from '../../../kernel/partial-date.ts'
import type { RecordScope } from '../../../operations/index.ts'

export const FOCAL_POINT_SCOPES = ['country', 'org', 'unct', 'un_country_office'] as const
export type FocalPointScope = (typeof FOCAL_POINT_SCOPES)[number]

export const MECHANISM_TYPES = ['unit', 'agency', 'committee', 'person'] as const
export type MechanismType = (typeof MECHANISM_TYPES)[number]

export const FOCAL_POINT_STATES = ['invited', 'active', 'stale', 'ended'] as const
export type FocalPointState = (typeof FOCAL_POINT_STATES)[number]

/** Without a confirmation for so long it is stale (domain 6.6). */
export const STALE_AFTER_MONTHS = 12
/** The person is asked to confirm again from so many days before on. */
export const REMIND_DAYS_BEFORE = 30

export interface Mechanism {
  readonly names: LocalizedText
  readonly type: MechanismType
}

export interface FocalPointFacts {
  readonly scope: FocalPointScope
  /** Alpha-3; null for an organisation. */
  readonly countryCode: string | null
  /** Null for a country. */
  readonly orgId: string | null
  readonly mechanism: Mechanism | null
  readonly personId: string
  readonly backupId: string | null
  readonly isMain: boolean
  /** BCP 47 tags, the preferred first. */
  readonly languages: readonly string[]
  readonly from: PartialDate | null
  /** How it is known. */
  readonly source: string
}

export interface FocalPoint extends FocalPointFacts {
  readonly id: string
  readonly to: PartialDate | null
  readonly confirmedAt: string | null
  readonly confirmedHow: 'link' | 'editor' | null
  readonly endedAt: string | null
  readonly endReason: string | null
  readonly remindedAt: string | null
  readonly reminders: number
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
}

/** Confirmed at this instant or before it: stale. The last day of a shorter month stands for days that it lacks. */
export function staleBefore(now: Date): Date {
  const before = new Date(now)
  const day = before.getUTCDate()
  before.setUTCDate(1)
  before.setUTCMonth(before.getUTCMonth() - STALE_AFTER_MONTHS)
  const last = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth() + 1, 0)).getUTCDate()
  before.setUTCDate(Math.min(day, last))
  return before
}

/** By the dates alone, so that nothing has to run for a focal point to become stale. */
export function stateOf({ endedAt, confirmedAt }: Pick<FocalPoint, 'endedAt' | 'confirmedAt'>, now: Date): FocalPointState {
  if (endedAt !== null) return 'ended'
  if (confirmedAt === null) return 'invited'
  return new Date(confirmedAt).getTime() <= staleBefore(now).getTime() ? 'stale' : 'active'
}

/**
 * Who may edit it: of a country the people of that country; of an organisation or one of its offices those of the organisation. An
 * office in a country is the entity's and not the government's; so is the team, whose record an office of the United Nations keeps.
 */
export function scopeOf({ scope, countryCode, orgId }: Pick<FocalPointFacts, 'scope' | 'countryCode' | 'orgId'>): RecordScope {
  if (scope === 'country') return { orgs: [], countries: countryCode === null ? [] : [countryCode] }
  return { orgs: orgId === null ? [] : [orgId], countries: [] }
}

/** What versions keep: identifiers of people, never their names. */
export function snapshotOf({ reminders: _, remindedAt: __, ...kept }: FocalPoint): object {
  return kept
}
