/**
 * A row of a table as facts of an initiative. Nothing is guessed: a name that nobody could resolve stays as written, a code that no
 * list knows stays as written, and what has no place is kept under its heading (rulings 8 and 10).
 */
import type { CodedText, ListedRow, NamedPlace } from '../../interop/tables/index.ts'
import { localizedText } from '../../kernel/localized-text.ts'
import type { ImportedRow, InitiativeFacts, Partner } from '../../modules/registry/index.ts'
import { nameOfRow } from './row-names.ts'

type RowFacts = Omit<ImportedRow, 'seq' | 'identifier'> & { readonly identifier: string | null }

/** `language` is that of the texts, where the person has said it; otherwise they are marked as undetermined. */
export function factsOfRow(row: ListedRow, sourceRow: number, language = 'und'): RowFacts {
  const text = (value: string | undefined) => (value === undefined ? undefined : localizedText(value, language))
  const kept = { ...row.kept, ...unresolvedHosts(row.hosts) }
  // Words that no list knows have no place among the facts, and are not lost.
  if (row.kind && row.kind.code === undefined) kept.kind = row.kind.text
  if (row.phase && row.phase.code === undefined) kept.phase = row.phase.text
  if (row.beneficiaries !== undefined) kept.beneficiaries = String(row.beneficiaries)
  const links = row.links.filter((link) => /^https?:\/\//i.test(link))
  const otherLinks = row.links.filter((link) => !/^https?:\/\//i.test(link))
  if (otherLinks.length > 0) kept.links = otherLinks.join(' | ')
  if (row.budgetAmount === undefined && row.budgetCurrency !== undefined) kept.budgetCurrency = row.budgetCurrency
  const facts: InitiativeFacts = {
    identifiers: identifiersOf(row),
    kind: row.kind?.code as InitiativeFacts['kind'],
    phase: row.phase?.code as InitiativeFacts['phase'],
    title: text(row.title),
    summary: text(row.summary),
    objective: text(row.objective),
    exchange: text(row.exchangeDescription),
    reportingOrg: row.reportingOrg === undefined ? undefined : { name: row.reportingOrg },
    plannedPeriod:
      row.startDate === undefined && row.endDate === undefined ? undefined : { start: row.startDate, end: row.endDate },
    scale: codeOf(row.scale),
    hosts: some(row.hosts.flatMap((place) => place.iso3 ?? [])),
    engagedCountries: some(row.partnerCountries.flatMap((place) => place.iso3 ?? [])),
    regions: some(row.regions.map((region) => ({ code: codeOf(region) ?? region.text, ...shareOf(region) }))),
    territorialFocus: some(row.territorialFocus.map((focus) => codeOf(focus) ?? focus.text)),
    theme: row.theme[0] ? (codeOf(row.theme[0]) ?? row.theme[0].text) : undefined,
    sectors: some(row.sectors.map((sector) => ({ ...sectorOf(sector), ...shareOf(sector) }))),
    goals: some(row.sdgGoals.flatMap((goal) => goalOf(codeOf(goal)))),
    demandAreas: some(row.demandAreas.map((area) => codeOf(area) ?? area.text)),
    partners: some(partnersOf(row)),
    partnerTypes: some(row.partnerTypes.map((type) => codeOf(type) ?? type.text)),
    agencyRoles: some(
      row.agencyRoles.map((role) => ({
        role: codeOf(role) ?? role.text,
        ...(row.agencyOrg === undefined ? {} : { org: row.agencyOrg }),
      })),
    ),
    modalities: some(row.modalities.map((modality) => codeOf(modality) ?? modality.text)),
    budget:
      row.budgetAmount === undefined
        ? undefined
        : { amount: row.budgetAmount, ...(row.budgetCurrency === undefined ? {} : { currency: row.budgetCurrency }) },
    documents: some(links.map((url) => ({ url }))),
    contact: row.contact.length > 0 ? row.contact.join('; ') : undefined,
    note: row.notes.length > 0 ? row.notes.join('\n') : undefined,
    kept: Object.keys(kept).length > 0 ? kept : undefined,
  }
  return {
    identifier: nameOfRow(row)?.text ?? null,
    facts: withoutUndefined(facts),
    listed: { year: row.listYear ?? null, sourceRow, revision: row.revision ?? null, groupKey: row.groupKey ?? null },
  }
}

function identifiersOf(row: ListedRow): InitiativeFacts['identifiers'] {
  const identifiers = [
    ['internal', isMadeByUs(row.identifier) ? undefined : row.identifier],
    ['source', row.sourceId],
    ['award', row.awardId],
  ] as const
  return some(identifiers.flatMap(([scheme, value]) => (value === undefined ? [] : [{ scheme, value }])))
}

/** A row without identifier was named by what it says; a filled template brings that name back, and it is nobody's identifier. */
function isMadeByUs(identifier: string | undefined): boolean {
  return identifier !== undefined && /^~[0-9a-f]{24}(-\d+)?$/.test(identifier)
}

const ROLES = [
  ['firstProviders', 'first_provider'],
  ['secondProviders', 'second_provider'],
  ['recipients', 'recipient'],
  ['peers', 'peer'],
  ['funders', 'funder'],
  ['implementers', 'implementer'],
] as const

function partnersOf(row: ListedRow): Partner[] {
  const inRoles = ROLES.flatMap(([field, role]) => row[field].map((place) => ({ ...partyOf(place), role })))
  // Partners whose name is not that of one country: a region, an organisation, or a name that a person must resolve.
  const unresolved = row.partnerCountries.filter((place) => place.iso3 === undefined).map(partyOf)
  return [...inRoles, ...unresolved].map((party, index) => ({ no: `p${index + 1}`, ...party }))
}

function partyOf(place: NamedPlace): Omit<Partner, 'no' | 'role'> {
  if (place.iso3 !== undefined) return { iso3: place.iso3 }
  return place.region === undefined
    ? { name: place.text }
    : { name: place.text, unnamed: true, collective: { group: place.region } }
}

function unresolvedHosts(hosts: readonly NamedPlace[]): Record<string, string> {
  const texts = hosts.filter((place) => place.iso3 === undefined).map((place) => place.text)
  return texts.length === 0 ? {} : { hosts: texts.join(' | ') }
}

function codeOf(coded: CodedText | undefined): string | undefined {
  return coded === undefined ? undefined : (coded.code ?? coded.text)
}

/** IATI sector vocabularies: 1 = five digits, 2 = three digits, 99 = the source's own. */
function sectorOf(sector: CodedText): { vocabulary: string; code: string } {
  const code = codeOf(sector) ?? sector.text
  return { vocabulary: /^\d{5}$/.test(code) ? '1' : /^\d{3}$/.test(code) ? '2' : '99', code }
}

function goalOf(code: string | undefined): { goal: string; target?: string }[] {
  if (code === undefined) return []
  const [goal = code] = code.split('.')
  return [code === goal ? { goal } : { goal, target: code }]
}

function shareOf({ share }: CodedText): { share?: number } {
  return share === undefined ? {} : { share }
}

/** Undefined instead of an empty list: "not stated" has one form. */
function some<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list
}

function withoutUndefined(facts: InitiativeFacts): InitiativeFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as InitiativeFacts
}
