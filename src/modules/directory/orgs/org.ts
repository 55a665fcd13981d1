/** An organisation (domain 6.1): what is stated about it, and the pure rules over that. */
import { findArea, formsOfIdentifier, normaliseName } from '../../../codes/index.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import type { Base, Visibility } from '../fields.ts'

/** IATI organisation types; their names are in the code list `orgType`. */
export const ORG_TYPES = ['10', '11', '15', '21', '22', '23', '24', '30', '40', '60', '70', '71', '72', '73', '80', '90'] as const
export type OrgType = (typeof ORG_TYPES)[number]

export const ORG_SUBTYPES = [
  'un_fund_programme',
  'un_specialised_agency',
  'regional_commission',
  'un_office',
  'country_office',
  'centre',
] as const
export type OrgSubtype = (typeof ORG_SUBTYPES)[number]

export const DUE_DILIGENCE = ['none', 'requested', 'cleared', 'refused'] as const

/** `own`: made by us as `<ISO2>-SUR-<slug>`, because the body has none. `built`: from its channel code, still to be confirmed. */
export type IatiIdBasis = 'stated' | 'seen' | 'built' | 'own'

export interface MemberCountry {
  /** ISO 3166-1 alpha-3. */
  readonly country: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface OrgFacts {
  readonly names: LocalizedText
  readonly acronyms: Readonly<Record<string, string>>
  readonly aliases: readonly string[]
  readonly orgType: OrgType
  readonly orgSubtype: OrgSubtype | null
  readonly countryCode: string | null
  readonly parentId: string | null
  readonly iatiId: string | null
  readonly iatiIdBasis: IatiIdBasis | null
  readonly otherIds: readonly { readonly scheme: string; readonly id: string }[]
  /** A body whose members are countries; may act as a Southern collective (ruling 15). */
  readonly collective: boolean
  readonly memberCountries: readonly MemberCountry[]
  readonly partOfUnSystem: boolean
  readonly dueDiligence: (typeof DUE_DILIGENCE)[number]
  readonly dueDiligenceUntil: string | null
  readonly duplicateOf: string | null
  readonly ownerOrg: string | null
  readonly visibility: Visibility
}

export interface Org extends OrgFacts, Base {
  readonly id: string
  /** Short name of a shipped organisation, for example `undp`. */
  readonly key: string | null
}

/** What an audit event and a version hold: the facts, without the counters that change with every write. */
export function factsOf(org: Org): OrgFacts {
  const {
    id: _id,
    key: _key,
    version: _v,
    createdAt: _c,
    createdBy: _cb,
    updatedAt: _u,
    updatedBy: _ub,
    provenance: _p,
    ...facts
  } = org
  return facts
}

export interface OrgWording {
  readonly kind: 'name' | 'acronym' | 'alias' | 'identifier'
  readonly lang: string
  readonly folded: string
}

/** Every way in which the organisation is written, folded; what cannot be folded to anything is left out. */
export function wordingsOf(key: string | null, facts: OrgFacts): OrgWording[] {
  const identifiers = [
    key,
    ...(facts.iatiId === null ? [] : formsOfIdentifier(facts.iatiId)),
    // Five digits of another register are not a channel code.
    ...facts.otherIds.flatMap(({ scheme, id }) => (scheme === 'crs-channel' ? formsOfIdentifier(id) : [id])),
  ]
  const written: OrgWording[] = [
    ...Object.entries(facts.names.texts).map(([lang, text]) => ({ kind: 'name' as const, lang, folded: foldName(text) })),
    ...Object.entries(facts.acronyms).map(([lang, text]) => ({ kind: 'acronym' as const, lang, folded: foldName(text) })),
    ...facts.aliases.map((text) => ({ kind: 'alias' as const, lang: 'und', folded: foldName(text) })),
    ...identifiers.map((text) => ({ kind: 'identifier' as const, lang: 'und', folded: foldName(text ?? '') })),
  ]
  const distinct = new Map(written.map((wording) => [`${wording.kind} ${wording.lang} ${wording.folded}`, wording]))
  return [...distinct.values()].filter(({ folded }) => folded !== '')
}

/** "The World Bank" and "World Bank" are one name. */
export function foldName(text: string): string {
  return normaliseName(text).replace(/^the (?=.)/, '')
}

/** An organisation with a country and type 10 or 11 is that country's government. */
export function isGovernment(facts: Pick<OrgFacts, 'orgType' | 'countryCode'>): boolean {
  return facts.countryCode !== null && (facts.orgType === '10' || facts.orgType === '11')
}

// Of identifiers that people read aloud and type: longer ones are cut at a word.
const LONGEST_SLUG = 40

/**
 * Identifier of a government body that has none: `<ISO2>-SUR-<slug>`, from its acronym or its name in Latin letters.
 * Undefined for other bodies: a register prefix is never invented. `fallback` serves names without Latin letters.
 */
export function governmentBodyId(facts: OrgFacts, fallback: string): string | undefined {
  const area = facts.countryCode === null ? undefined : findArea(facts.countryCode)
  if (!area || !isGovernment(facts)) return undefined
  const { acronyms, names } = facts
  const written = [acronyms.en, acronyms[names.orig], ...Object.values(acronyms), names.texts.en, ...Object.values(names.texts)]
  const slug = written.map((text) => slugOf(text ?? '')).find((candidate) => candidate !== '') ?? fallback.toLowerCase()
  return `${area.iso2}-SUR-${slug}`
}

function slugOf(text: string): string {
  const slug = foldName(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (slug.length <= LONGEST_SLUG) return slug
  return slug
    .slice(0, LONGEST_SLUG + 1)
    .replace(/-[^-]*$/, '')
    .slice(0, LONGEST_SLUG)
}
