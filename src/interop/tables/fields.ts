/**
 * The fields that a column of a table can be read into (domain 6.2 and ruling 1), and how the cells of each are read.
 *
 * Anything that is none of these is `kept`: stored word for word under its own header.
 */

/**
 * How a cell is read. `places` are countries and areas; `parties` are countries or organisations in a role;
 * `code` and `codes` belong to the code list named beside them.
 */
export type FieldForm =
  | 'identifier'
  | 'text'
  | 'longText'
  | 'year'
  | 'date'
  | 'amount'
  | 'currency'
  | 'count'
  | 'places'
  | 'parties'
  | 'code'
  | 'codes'
  | 'links'
  | 'contact'
  | 'kept'

export interface FieldDefinition {
  readonly form: FieldForm
  /** Code list in `src/codes` whose codes and names are accepted. */
  readonly list?: string
  /** Several columns may feed this field, for example "Partner country 1" and "Partner country 2". */
  readonly repeats?: boolean
}

export const FIELDS = {
  identifier: { form: 'identifier' },
  title: { form: 'text' },
  summary: { form: 'longText' },
  objective: { form: 'longText' },
  exchangeDescription: { form: 'longText' },
  kind: { form: 'code', list: 'initiativeKind' },
  phase: { form: 'code', list: 'phase' },
  scale: { form: 'code', list: 'scale' },
  hosts: { form: 'places', repeats: true },
  partnerCountries: { form: 'places', repeats: true },
  firstProviders: { form: 'parties', repeats: true },
  secondProviders: { form: 'parties', repeats: true },
  recipients: { form: 'parties', repeats: true },
  peers: { form: 'parties', repeats: true },
  funders: { form: 'parties', repeats: true },
  implementers: { form: 'parties', repeats: true },
  partnerTypes: { form: 'codes', list: 'partnerType', repeats: true },
  agencyRoles: { form: 'codes', list: 'agencyRole', repeats: true },
  regions: { form: 'codes', list: 'region', repeats: true },
  territorialFocus: { form: 'codes', list: 'territorialFocus', repeats: true },
  theme: { form: 'codes', list: 'theme', repeats: true },
  sectors: { form: 'codes', list: 'sector', repeats: true },
  sdgGoals: { form: 'codes', list: 'sdg', repeats: true },
  demandAreas: { form: 'codes', list: 'demandArea', repeats: true },
  modalities: { form: 'codes', list: 'modality', repeats: true },
  startDate: { form: 'date' },
  endDate: { form: 'date' },
  reportingOrg: { form: 'text' },
  agencyOrg: { form: 'text' },
  budgetAmount: { form: 'amount' },
  budgetCurrency: { form: 'currency' },
  beneficiaries: { form: 'count' },
  links: { form: 'links', repeats: true },
  contact: { form: 'contact', repeats: true },
  notes: { form: 'longText', repeats: true },
  listYear: { form: 'year' },
  revision: { form: 'text' },
  groupKey: { form: 'identifier' },
  sourceId: { form: 'identifier' },
  awardId: { form: 'identifier' },
  kept: { form: 'kept', repeats: true },
} as const satisfies Record<string, FieldDefinition>

export type FieldKey = keyof typeof FIELDS

export const FIELD_KEYS = Object.keys(FIELDS) as FieldKey[]

export function fieldDefinition(field: FieldKey): FieldDefinition {
  return FIELDS[field]
}

export function isFieldKey(text: string): text is FieldKey {
  return Object.hasOwn(FIELDS, text)
}

/** Per field the headings in one language, the most usual first. Case, accents and punctuation do not matter. */
export type HeaderWords = Readonly<Partial<Record<FieldKey, readonly string[]>>>
