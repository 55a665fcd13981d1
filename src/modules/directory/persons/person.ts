/** A person of the directory (domain 6.1): what is stated, what of it is personal, and the pure rules of consent. */
import type { Day } from '../../../kernel/partial-date.ts'
import type { Actor, RecordScope } from '../../../operations/index.ts'
import type { Visibility } from '../fields.ts'
import { foldName } from '../orgs/org.ts'

export const CONTACT_KINDS = ['email', 'phone', 'address', 'web'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

/** `directory`: shown to signed-in members. `mailing`: written to; it shows nothing. */
export const CONSENT_PURPOSES = ['directory', 'mailing'] as const
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]

export interface Affiliation {
  readonly orgId: string
  readonly title: string | null
  /** Partial dates. */
  readonly from: string | null
  readonly to: string | null
}

export type Contact = Readonly<Partial<Record<ContactKind, string>>>

export interface PersonFacts {
  readonly name: string
  readonly otherNames: readonly string[]
  readonly affiliations: readonly Affiliation[]
  readonly languages: readonly string[]
  readonly countryCode: string | null
  readonly contact: Contact
  readonly ownerOrg: string | null
  readonly visibility: Visibility
}

export interface Person extends Omit<PersonFacts, 'name'> {
  readonly id: string
  /** Empty once the personal values were erased. */
  readonly name: string | null
  readonly userId: string | null
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly erasedAt: string | null
}

export interface Consent {
  readonly id: string
  readonly personId: string
  readonly purpose: ConsentPurpose
  readonly covers: readonly ContactKind[]
  readonly givenOn: Day
  /** Last day on which it holds; empty = until it is withdrawn. */
  readonly until: Day | null
  /** How it was given. */
  readonly source: string
  readonly recordedAt: string
  readonly recordedBy: string
  readonly withdrawnAt: string | null
}

/** Days of consent are days in UTC: one rule for an instance whose people live in many time zones. */
export function dayOf(instant: Date): Day {
  return instant.toISOString().slice(0, 10)
}

export function isCurrent(consent: Pick<Consent, 'givenOn' | 'until' | 'withdrawnAt'>, today: Day): boolean {
  if (consent.withdrawnAt !== null || consent.givenOn > today) return false
  return consent.until === null || consent.until >= today
}

/** The kinds of contact data that members may be shown today. */
export function shownKinds(consents: readonly Consent[], today: Day): ReadonlySet<ContactKind> {
  return new Set(
    consents.filter((one) => one.purpose === 'directory' && isCurrent(one, today)).flatMap(({ covers }) => [...covers]),
  )
}

/** Of contact data without consent: the person and the administrator alone (domain section 14). */
export function isAdministrator({ kind, grants = [] }: Actor): boolean {
  return kind === 'local' || kind === 'job' || grants.some(({ role, scope }) => role === 'admin' && scope === 'instance')
}

export function isOwn(person: Pick<Person, 'userId'>, actor: Actor): boolean {
  return actor.kind === 'user' && person.userId === actor.id
}

/** To whose scope the record belongs: its owner, the organisations of today, the country. */
export function scopeOf(
  facts: Pick<PersonFacts, 'ownerOrg' | 'affiliations' | 'countryCode'>,
  userId?: string | null,
): RecordScope {
  const orgs = [facts.ownerOrg, ...facts.affiliations.filter(({ to }) => to === null).map(({ orgId }) => orgId)]
  return {
    orgs: [...new Set(orgs.filter((org) => org !== null))],
    countries: facts.countryCode === null ? [] : [facts.countryCode],
    ...(userId ? { self: userId } : {}),
  }
}

/**
 * What versions and the audit trail keep of a person: which fields are stated and which changed, never their values.
 * They are written once and cannot be erased; the values stand in the record alone.
 */
export interface PersonTrace {
  readonly stated: readonly string[]
  readonly visibility: Visibility
  readonly ownerOrg: string | null
  readonly changed?: readonly string[]
}

export function traceOf(person: Person, changed?: readonly string[]): PersonTrace {
  const lists = { otherNames: person.otherNames, affiliations: person.affiliations, languages: person.languages }
  const stated = [
    ...(person.name === null ? [] : ['name']),
    ...Object.entries(lists).flatMap(([name, list]) => (list.length > 0 ? [name] : [])),
    ...(person.countryCode === null ? [] : ['countryCode']),
    ...(person.userId === null ? [] : ['userId']),
    ...Object.keys(person.contact).map((kind) => `contact.${kind}`),
  ]
  const { visibility, ownerOrg } = person
  return { stated: stated.sort(), visibility, ownerOrg, ...(changed === undefined ? {} : { changed }) }
}

/** Names folded, one a line, for searching. */
export function searchTextOf({ name, otherNames }: Pick<PersonFacts, 'name' | 'otherNames'>): string {
  return [...new Set([name, ...otherNames].map(foldName))].filter((text) => text !== '').join('\n')
}
