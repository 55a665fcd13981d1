/**
 * Every field of an initiative that can leave this instance, by name. What is not in this list leaves with no release: contacts,
 * internal notes, labels by hand with their author, accounts, history, everything computed. Content is built from the list: a field
 * that is withheld is never copied.
 */
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import type { InitiativeFacts, InitiativeRecord, ListedYear } from '../initiatives/initiative.ts'

export const RELEASE_GROUPS = ['what', 'who', 'where', 'subject', 'flows', 'results', 'other'] as const
export type ReleaseGroup = (typeof RELEASE_GROUPS)[number]

type FactName = keyof InitiativeFacts
type PartsList = 'partners' | 'contributions' | 'results'

interface Definition {
  readonly group: ReleaseGroup
  /** Facts that leave whole under this name. */
  readonly facts?: readonly FactName[]
  /** Parts of each row of a list. */
  readonly list?: PartsList
  readonly parts?: readonly string[]
}

const whole = (group: ReleaseGroup, ...facts: FactName[]): Definition => ({ group, facts })
const parts = (group: ReleaseGroup, list: PartsList, ...names: string[]): Definition => ({ group, list, parts: names })

const FIELDS = {
  title: whole('what', 'title'),
  /** Also the identifier within the collection. */
  identifiers: whole('what', 'identifiers'),
  kind: whole('what', 'kind'),
  summary: whole('what', 'summary'),
  objective: whole('what', 'objective'),
  exchange: whole('what', 'exchange'),
  phase: whole('what', 'phase'),
  scale: whole('what', 'scale'),
  purpose: whole('what', 'purpose'),
  plannedPeriod: whole('what', 'plannedPeriod'),
  actualPeriod: whole('what', 'actualPeriod'),
  /** Years in which it was listed. */
  years: { group: 'what' },
  /** Row, revision and group in the list from which it came. */
  listing: { group: 'what' },
  related: whole('what', 'related'),
  reportingOrg: whole('who', 'reportingOrg'),
  'partners.name': parts('who', 'partners', 'name', 'orgId', 'ref', 'unnamed'),
  'partners.country': parts('who', 'partners', 'iso3', 'collective'),
  'partners.role': parts('who', 'partners', 'role'),
  'partners.type': parts('who', 'partners', 'partnerType'),
  'partners.agreement': parts('who', 'partners', 'agreed', 'contributesOwnResources'),
  'partners.responsibilities': parts('who', 'partners', 'responsibilities'),
  partnerTypes: whole('who', 'partnerTypes'),
  agencyRoles: whole('who', 'agencyRoles'),
  hosts: whole('where', 'hosts'),
  engagedCountries: whole('where', 'engagedCountries'),
  countries: whole('where', 'countries'),
  regions: whole('where', 'regions'),
  locations: whole('where', 'locations'),
  territorialFocus: whole('where', 'territorialFocus'),
  theme: whole('subject', 'theme'),
  sectors: whole('subject', 'sectors'),
  goals: whole('subject', 'goals'),
  demandAreas: whole('subject', 'demandAreas'),
  supportCategories: whole('subject', 'supportCategories'),
  humanitarian: whole('subject', 'humanitarian', 'humanitarianScopes'),
  regionalPublicGood: whole('subject', 'regionalPublicGood'),
  modalities: whole('flows', 'modalities'),
  budget: whole('flows', 'budget'),
  'contributions.parties': parts(
    'flows',
    'contributions',
    'giver',
    'giverName',
    'giverRef',
    'taker',
    'takerName',
    'takerRef',
    'joint',
  ),
  'contributions.modality': parts('flows', 'contributions', 'modality', 'nature'),
  'contributions.period': parts('flows', 'contributions', 'period'),
  'contributions.money': parts('flows', 'contributions', 'money'),
  'contributions.quantity': parts('flows', 'contributions', 'quantity'),
  'contributions.valuations': parts('flows', 'contributions', 'valuations'),
  'contributions.loan': parts('flows', 'contributions', 'loan'),
  'contributions.description': parts('flows', 'contributions', 'description'),
  'contributions.place': parts('flows', 'contributions', 'country', 'region', 'sectors'),
  'contributions.reporting': parts('flows', 'contributions', 'sdgLink', 'recipientObjection', 'unFunction', 'fundedBy'),
  'contributions.published': parts('flows', 'contributions', 'published'),
  'results.statement': parts('results', 'results', 'level', 'statement', 'attribution'),
  'results.values': parts('results', 'results', 'indicator', 'baseline', 'target', 'actual', 'indicators'),
  'results.parties': parts('results', 'results', 'giver', 'taker'),
  documents: whole('results', 'documents'),
  published: whole('other', 'published'),
  kept: whole('other', 'kept'),
} as const satisfies Record<string, Definition>

export type ReleaseField = keyof typeof FIELDS

export const RELEASE_FIELDS = Object.keys(FIELDS) as ReleaseField[]

/** Columns of a source that have no place here were read by nobody: they stay until somebody wants them to leave. */
export const WITHHELD_AT_FIRST: readonly ReleaseField[] = ['kept']

/** Rows that say nothing without it. */
const NEEDED: Readonly<Partial<Record<PartsList, string>>> = { results: 'statement' }

export function isReleaseField(text: string): text is ReleaseField {
  return Object.hasOwn(FIELDS, text)
}

export function groupOfField(field: ReleaseField): ReleaseGroup {
  return FIELDS[field].group
}

export type ReleasedYear = Pick<ListedYear, 'year' | 'sourceRow' | 'revision' | 'groupKey' | 'entered'>

export interface ReleasedContent {
  readonly identifier?: string
  readonly listed: readonly ReleasedYear[]
  readonly facts: InitiativeFacts
}

type Source = Pick<InitiativeRecord, 'identifier' | 'facts' | 'listed'>

/** What leaves of a record when these fields may: copied field by field, so that nothing else can be in it. */
export function releasedContent(record: Source, allowed: ReadonlySet<ReleaseField>): ReleasedContent {
  const facts: Record<string, unknown> = {}
  for (const field of RELEASE_FIELDS) {
    if (!allowed.has(field)) continue
    for (const name of factsOf(field)) if (record.facts[name] !== undefined) facts[name] = record.facts[name]
  }
  const partners = releasedRows(record, 'partners', allowed)
  const numbers = new Map(partners.map(({ row, number }) => [String(row.no), number]))
  if (partners.length > 0) facts.partners = partners.map(({ row, number }) => ({ ...row, no: number }))
  for (const list of ['contributions', 'results'] as const) {
    const rows = releasedRows(record, list, allowed)
    if (rows.length > 0)
      facts[list] = rows.map(({ row, number }) => ({
        ...withPartners(row, numbers),
        ...(list === 'contributions' ? { no: number } : {}),
      }))
  }
  const identifier = allowed.has('identifiers') ? record.identifier : null
  return {
    ...(identifier === null ? {} : { identifier }),
    listed: yearsOf(record.listed, allowed),
    facts: facts as InitiativeFacts,
  }
}

/** The fields that a record states. */
export function fieldsOf(record: Source): ReleaseField[] {
  return RELEASE_FIELDS.filter((field) => valuesOf(record, field).length > 0)
}

/** Names of organisations of the directory, by id: what leaves in place of the id. */
export type OrgWords = ReadonlyMap<string, string>

/** Everything that one field of a record says, as short texts: for the page on which a person decides. */
export function valuesOf(record: Source, field: ReleaseField, orgs: OrgWords = new Map()): string[] {
  const { identifier, listed, facts } = releasedContent(record, new Set([field, ...companionsOf(field)]))
  if (field === 'years') return listed.flatMap(({ year }) => (year === null ? [] : [String(year)]))
  if (field === 'listing')
    return listed.flatMap(({ sourceRow, revision, groupKey }) => {
      const said = [sourceRow, revision, groupKey].filter((one) => one !== null)
      return said.length === 0 ? [] : [said.join(' · ')]
    })
  const list = listOf(field)
  const names = partsOf(field)
  const wordOf = partnerWords(facts.partners ?? [], orgs)
  const shown = list
    ? ((facts[list] ?? []) as readonly Record<string, unknown>[]).map((row) =>
        names.map((name) => (ENDS.includes(name) ? wordOf(row[name]) : row[name])),
      )
    : factsOf(field).flatMap((name) => (Array.isArray(facts[name]) ? (facts[name] as readonly unknown[]) : [facts[name]]))
  const texts = shown.map((value) => textOfValue(value, orgs)).filter((text) => text !== '')
  return field === 'identifiers' && identifier !== undefined && !texts.some((text) => text.includes(identifier))
    ? [identifier, ...texts]
    : texts
}

/** The organisations to which released facts point. */
export function orgIdsOf({ reportingOrg, partners = [], agencyRoles = [] }: InitiativeFacts): string[] {
  return [reportingOrg?.orgId, ...partners.map(({ orgId }) => orgId), ...agencyRoles.map(({ org }) => org)].filter(
    (id) => id !== undefined,
  )
}

const ENDS = ['giver', 'taker']

/** A number of a partner is read as the partner that it is. */
function partnerWords(partners: NonNullable<InitiativeFacts['partners']>, orgs: OrgWords) {
  const words = new Map(partners.map(({ no, name, orgId, iso3 }) => [no, name ?? orgs.get(orgId ?? '') ?? iso3 ?? no]))
  return (no: unknown) => (no === undefined ? undefined : (words.get(String(no)) ?? no))
}

/** A result needs its statement to be there at all. */
function companionsOf(field: ReleaseField): ReleaseField[] {
  if (field === 'results.values' || field === 'results.parties') return ['results.statement', ...PARTNER_FIELDS]
  return field === 'contributions.parties' ? PARTNER_FIELDS : []
}

const PARTNER_FIELDS = RELEASE_FIELDS.filter((field) => listOf(field) === 'partners')

function textOfValue(value: unknown, orgs: OrgWords): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return orgs.get(String(value)) ?? String(value)
  if (isLocalized(value)) return languagesOf(value)
  return (Array.isArray(value) ? value : Object.values(value))
    .map((one) => textOfValue(one, orgs))
    .filter((text) => text !== '')
    .join(' · ')
}

/** The original first; each language keeps its own direction. */
function languagesOf({ orig, texts }: LocalizedText): string {
  const { [orig]: original, ...others } = texts
  return [original, ...Object.values(others)]
    .filter((text) => text !== undefined)
    .map((text) => `\u2068${text}\u2069`)
    .join(' / ')
}

function isLocalized(value: object): value is LocalizedText {
  return 'texts' in value && 'orig' in value
}

function definitionOf(field: ReleaseField): Definition {
  return FIELDS[field]
}

function factsOf(field: ReleaseField): readonly FactName[] {
  return definitionOf(field).facts ?? []
}

function listOf(field: ReleaseField): PartsList | undefined {
  return definitionOf(field).list
}

function partsOf(field: ReleaseField): readonly string[] {
  return definitionOf(field).parts ?? []
}

interface ReleasedRow {
  readonly row: Readonly<Record<string, unknown>>
  readonly number: string
}

const PLAIN_NUMBER = /^\d{1,6}$/

/** Rows of which something may leave. A number that says more than an order is replaced by one that does not. */
function releasedRows({ facts }: Source, list: PartsList, allowed: ReadonlySet<ReleaseField>): ReleasedRow[] {
  const names = RELEASE_FIELDS.filter((field) => listOf(field) === list && allowed.has(field)).flatMap(partsOf)
  const rows = (facts[list] ?? []) as readonly Readonly<Record<string, unknown>>[]
  const allPlain = rows.every(({ no }) => no === undefined || PLAIN_NUMBER.test(String(no)))
  const needed = NEEDED[list]
  return rows.flatMap((row, index) => {
    const kept = names.filter((name) => row[name] !== undefined)
    if (kept.length === 0 || (needed !== undefined && !kept.includes(needed))) return []
    const { no } = row
    const copied = Object.fromEntries(kept.map((name) => [name, row[name]]))
    const number = allPlain && no !== undefined ? String(no) : String(index + 1)
    return [{ row: no === undefined ? copied : { no, ...copied }, number }]
  })
}

/** Points to partners that leave, by the number under which they leave. */
function withPartners(row: Readonly<Record<string, unknown>>, numbers: ReadonlyMap<string, string>): Record<string, unknown> {
  const { giver, taker, ...others } = row
  const known = (no: unknown) => (no === undefined ? undefined : numbers.get(String(no)))
  const ends = { giver: known(giver), taker: known(taker) }
  return { ...others, ...Object.fromEntries(Object.entries(ends).filter(([, no]) => no !== undefined)) }
}

/** At least one, so that a record is listed there as it is here; without the years several could not be told apart. */
function yearsOf(listed: readonly ListedYear[], allowed: ReadonlySet<ReleaseField>): ReleasedYear[] {
  const [years, listing] = [allowed.has('years'), allowed.has('listing')]
  // What depends on it follows from the other facts: the region of a record that no list stated is that of its hosts.
  const isEntered = listed.every(({ runId, entered }) => runId === null || entered === true)
  return (years ? listed : listed.slice(0, 1)).map(({ year, sourceRow, revision, groupKey }) => ({
    year: years ? year : null,
    sourceRow: listing ? sourceRow : null,
    revision: listing ? revision : null,
    groupKey: listing ? groupKey : null,
    ...(isEntered ? { entered: true } : {}),
  }))
}
