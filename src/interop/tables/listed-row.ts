/** One row of a table with typed values: what the source listed, as listed (domain ruling 1). Unknown stays unknown (ruling 8). */
import type { ProblemReport } from '../../kernel/problems.ts'

/** A country, area, region or organisation as written, with its code where the text names exactly one. */
export interface NamedPlace {
  readonly text: string
  readonly iso3?: string
  /** A region or country group named instead of a country. */
  readonly region?: string
  /** Codes of all areas that the text may mean; a person decides. */
  readonly candidates?: readonly string[]
  /** 0 to 1, from "Kenya (60 %)". */
  readonly share?: number
}

/** A code as written; `code` is absent where the list does not know it (ruling 10). */
export interface CodedText {
  readonly text: string
  readonly code?: string
  readonly share?: number
}

export interface ListedRow {
  identifier?: string
  groupKey?: string
  sourceId?: string
  awardId?: string
  title?: string
  summary?: string
  objective?: string
  exchangeDescription?: string
  revision?: string
  reportingOrg?: string
  agencyOrg?: string
  /** Partial dates: YYYY, YYYY-MM or YYYY-MM-DD. */
  startDate?: string
  endDate?: string
  /** Exact decimal text, never negative. */
  budgetAmount?: string
  /** ISO 4217. */
  budgetCurrency?: string
  listYear?: number
  beneficiaries?: number
  kind?: CodedText
  phase?: CodedText
  scale?: CodedText
  hosts: NamedPlace[]
  partnerCountries: NamedPlace[]
  firstProviders: NamedPlace[]
  secondProviders: NamedPlace[]
  recipients: NamedPlace[]
  peers: NamedPlace[]
  funders: NamedPlace[]
  implementers: NamedPlace[]
  partnerTypes: CodedText[]
  agencyRoles: CodedText[]
  regions: CodedText[]
  territorialFocus: CodedText[]
  theme: CodedText[]
  sectors: CodedText[]
  sdgGoals: CodedText[]
  demandAreas: CodedText[]
  modalities: CodedText[]
  links: string[]
  /** Private until the person has agreed (domain 6.1). */
  contact: string[]
  notes: string[]
  /** Everything else, word for word, by heading; also cells whose date or amount could not be read. */
  kept: Record<string, string>
}

export interface ListedRowResult {
  /** As the person sees it in the file. */
  readonly row: number
  readonly line?: number
  /** A rejected row cannot be stored; its problems say why, and its values are still given. */
  readonly status: 'accepted' | 'rejected'
  readonly values: ListedRow
  readonly problems: readonly ProblemReport[]
}

export function emptyListedRow(): ListedRow {
  return {
    hosts: [],
    partnerCountries: [],
    firstProviders: [],
    secondProviders: [],
    recipients: [],
    peers: [],
    funders: [],
    implementers: [],
    partnerTypes: [],
    agencyRoles: [],
    regions: [],
    territorialFocus: [],
    theme: [],
    sectors: [],
    sdgGoals: [],
    demandAreas: [],
    modalities: [],
    links: [],
    contact: [],
    notes: [],
    kept: {},
  }
}
