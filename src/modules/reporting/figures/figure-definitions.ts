/**
 * What each figure counts over what (domain section 11, ruling 2). Both readings of a figure ship side by side, each with its own id.
 * The rows behind a figure are always a filtered list, so that anybody can open, download and cite them.
 */
import { type Column, type FilterField, type ListingColumns, NOT_STATED } from '../../registry/index.ts'

export type FigureKind = 'count' | 'share'

export interface FigureValue {
  /** Count, or numerator of the share. */
  readonly numerator: number
  /** Undefined for a count. */
  readonly denominator?: number
}

/** What the texts of a family of definitions are about: `partners.type.mentions` says "{name}", the name of this code. */
export interface FigureSubject {
  /** List of closed codes. */
  readonly list: 'partnerType' | 'scale' | 'agencyRole' | 'region' | 'framework'
  readonly code: string
}

/** How the rows are read (ruling 2); two readings of one figure stand side by side. */
export type FigureReading = 'rows' | 'all-rows' | 'known-scale' | 'any-row' | 'mentions' | 'rows-with-role'

export interface FigureDefinition {
  readonly id: string
  /** Texts: `reporting.definition.<family>.title`, `.counts`, `.over` and `.text`. */
  readonly family: string
  readonly subject?: FigureSubject
  readonly reading: FigureReading
  /** Figures that belong together on a page: the headline, Figure I, II, III, the regions, the computed types. */
  readonly group: 'headline' | 'figure-i' | 'figure-ii' | 'figure-iii' | 'regions' | 'cooperation-types'
  readonly kind: FigureKind
  /** The filter that, added to portfolio and year, gives the rows behind. */
  readonly rowsFilter: Readonly<Partial<Record<FilterField, readonly string[]>>>
  /** Depends on a code list that changed between years: shares of such years are not comparable (data of 2013 and 2014, Figure I). */
  readonly codeListField?: FilterField
  compute(columns: ListingColumns, rows: Uint32Array): FigureValue
}

/** The four types of ¶31; foundations only where a source lists them, and none does. */
export const NON_GOVERNMENTAL = ['private_sector', 'cso', 'academia', 'research'] as const
export const SCALES = ['country_country', 'regional', 'global'] as const
export const ROLES = ['knowledge_broker', 'partnership_facilitator', 'capacity_builder'] as const
export const REGIONS = ['africa', 'arab_states', 'asia_pacific', 'europe_cis', 'lac'] as const
export const PARTNER_TYPES = [
  'national_government',
  'sub_national_government',
  'development_agency',
  'regional_organization',
  'multilateral',
  'private_sector',
  'cso',
  'academia',
  'research',
  'foundation',
  'ppp',
  'other',
] as const
export const COOPERATION_TYPES = ['SSC', 'TRC', 'MSS', 'ENABLING', 'NSC', 'NONE', 'UNDETERMINED'] as const

export const FIGURE_DEFINITIONS: readonly FigureDefinition[] = [
  {
    id: 'projects.rows',
    family: 'projects.rows',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: {},
    compute: (_columns, rows) => ({ numerator: rows.length }),
  },
  {
    id: 'projects.groups',
    family: 'projects.groups',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: {},
    // A row without a group stands for itself.
    compute: (columns, rows) => ({ numerator: countGroups(columns, rows) }),
  },
  {
    id: 'countries.hosts',
    family: 'countries.hosts',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: {},
    compute: (columns, rows) => ({ numerator: distinctValues(columns.fields.host, rows) }),
  },
  {
    id: 'countries.rows-without-host',
    family: 'countries.rows-without-host',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: { host: [NOT_STATED] },
    compute: (columns, rows) => ({ numerator: countRows(rows, lacks(columns, 'host')) }),
  },
  {
    id: 'countries.engaged',
    family: 'countries.engaged',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: {},
    compute: (columns, rows) => ({ numerator: distinctValues(columns.fields.partner, rows) }),
  },
  {
    id: 'partners.non-government.any-row',
    family: 'partners.non-government.any-row',
    reading: 'any-row',
    group: 'figure-i',
    kind: 'share',
    rowsFilter: { partnerType: [...NON_GOVERNMENTAL] },
    codeListField: 'partnerType',
    compute: (columns, rows) => ({
      numerator: countRows(rows, has(columns, 'partnerType', NON_GOVERNMENTAL)),
      denominator: rows.length,
    }),
  },
  {
    id: 'partners.non-government.mentions',
    family: 'partners.non-government.mentions',
    reading: 'mentions',
    group: 'figure-i',
    kind: 'share',
    rowsFilter: { partnerType: [...NON_GOVERNMENTAL] },
    codeListField: 'partnerType',
    compute: (columns, rows) => ({
      numerator: sumRows(rows, mentions(columns, 'partnerType', NON_GOVERNMENTAL)),
      denominator: sumRows(rows, mentions(columns, 'partnerType')),
    }),
  },
  ...PARTNER_TYPES.map(
    (type): FigureDefinition => ({
      id: `partners.type.${type}.mentions`,
      family: 'partners.type.mentions',
      subject: { list: 'partnerType', code: type },
      reading: 'mentions',
      group: 'figure-i',
      kind: 'share',
      rowsFilter: { partnerType: [type] },
      codeListField: 'partnerType',
      compute: (columns, rows) => ({
        numerator: sumRows(rows, mentions(columns, 'partnerType', [type])),
        denominator: sumRows(rows, mentions(columns, 'partnerType')),
      }),
    }),
  ),
  {
    id: 'partners.rows-without-type',
    family: 'partners.rows-without-type',
    reading: 'rows',
    group: 'figure-i',
    kind: 'count',
    rowsFilter: { partnerType: [NOT_STATED] },
    compute: (columns, rows) => ({ numerator: countRows(rows, lacks(columns, 'partnerType')) }),
  },
  ...SCALES.flatMap((scale): FigureDefinition[] => [
    {
      id: `scale.${scale}.all-rows`,
      family: 'scale.all-rows',
      subject: { list: 'scale', code: scale },
      reading: 'all-rows',
      group: 'figure-ii',
      kind: 'share',
      rowsFilter: { scale: [scale] },
      compute: (columns, rows) => ({ numerator: countRows(rows, has(columns, 'scale', [scale])), denominator: rows.length }),
    },
    {
      id: `scale.${scale}.known-scale`,
      family: 'scale.known-scale',
      subject: { list: 'scale', code: scale },
      reading: 'known-scale',
      group: 'figure-ii',
      kind: 'share',
      rowsFilter: { scale: [scale] },
      compute: (columns, rows) => ({
        numerator: countRows(rows, has(columns, 'scale', [scale])),
        denominator: countRows(rows, has(columns, 'scale')),
      }),
    },
  ]),
  {
    id: 'scale.not-stated.all-rows',
    family: 'scale.not-stated.all-rows',
    reading: 'all-rows',
    group: 'figure-ii',
    kind: 'share',
    rowsFilter: { scale: [NOT_STATED] },
    compute: (columns, rows) => ({ numerator: countRows(rows, lacks(columns, 'scale')), denominator: rows.length }),
  },
  ...ROLES.flatMap((role): FigureDefinition[] => [
    {
      id: `roles.${role}.mentions`,
      family: 'roles.mentions',
      subject: { list: 'agencyRole', code: role },
      reading: 'mentions',
      group: 'figure-iii',
      kind: 'share',
      rowsFilter: { role: [role] },
      compute: (columns, rows) => ({
        numerator: sumRows(rows, mentions(columns, 'role', [role])),
        denominator: sumRows(rows, mentions(columns, 'role')),
      }),
    },
    {
      id: `roles.${role}.rows-with-role`,
      family: 'roles.rows-with-role',
      subject: { list: 'agencyRole', code: role },
      reading: 'rows-with-role',
      group: 'figure-iii',
      kind: 'share',
      rowsFilter: { role: [role] },
      compute: (columns, rows) => ({
        numerator: countRows(rows, has(columns, 'role', [role])),
        denominator: countRows(rows, has(columns, 'role')),
      }),
    },
  ]),
  {
    id: 'roles.rows-without-role',
    family: 'roles.rows-without-role',
    reading: 'rows',
    group: 'figure-iii',
    kind: 'count',
    rowsFilter: { role: [NOT_STATED] },
    compute: (columns, rows) => ({ numerator: countRows(rows, lacks(columns, 'role')) }),
  },
  ...REGIONS.map(
    (region): FigureDefinition => ({
      id: `regions.${region}.rows`,
      family: 'regions.rows',
      subject: { list: 'region', code: region },
      reading: 'all-rows',
      group: 'regions',
      kind: 'share',
      rowsFilter: { region: [region] },
      compute: (columns, rows) => ({ numerator: countRows(rows, has(columns, 'region', [region])), denominator: rows.length }),
    }),
  ),
  ...COOPERATION_TYPES.map(
    (type): FigureDefinition => ({
      id: `cooperation-type.${type}.rows`,
      family: 'cooperation-type.rows',
      subject: { list: 'framework', code: type },
      reading: 'all-rows',
      group: 'cooperation-types',
      kind: 'share',
      rowsFilter: { cooperation: [`un_default:${type}`] },
      compute: (columns, rows) => ({
        numerator: countRows(rows, has(columns, 'cooperation', [`un_default:${type}`])),
        denominator: rows.length,
      }),
    }),
  ),
]

const byId = new Map(FIGURE_DEFINITIONS.map((definition) => [definition.id, definition]))

export function findFigureDefinition(id: string): FigureDefinition | undefined {
  return byId.get(id)
}

/** Rows of these whose computed type is South-South, triangular or multilateral support (domain 7.4), default profile. */
export function countConfirmed(columns: ListingColumns, rows: Uint32Array): number {
  return countRows(rows, has(columns, 'cooperation', ['un_default:SSC', 'un_default:TRC', 'un_default:MSS']))
}

type RowNumber = (row: number) => number
type RowTest = (row: number) => boolean

/** How many of a row's values of a field are among `wanted`; all of its values when nothing is wanted in particular. */
function mentions(columns: ListingColumns, field: FilterField, wanted?: readonly string[]): RowNumber {
  const { offsets, codes, dictionary } = columns.fields[field]
  if (!wanted) return (row) => (offsets[row + 1] ?? 0) - (offsets[row] ?? 0)
  const isWanted = Uint8Array.from(dictionary, (value) => (wanted.includes(value) ? 1 : 0))
  return (row) => {
    let count = 0
    const end = offsets[row + 1] ?? 0
    for (let index = offsets[row] ?? 0; index < end; index += 1) count += isWanted[codes[index] ?? 0] ?? 0
    return count
  }
}

function has(columns: ListingColumns, field: FilterField, wanted?: readonly string[]): RowTest {
  const count = mentions(columns, field, wanted)
  return (row) => count(row) > 0
}

function lacks(columns: ListingColumns, field: FilterField): RowTest {
  const count = mentions(columns, field)
  return (row) => count(row) === 0
}

function countRows(rows: Uint32Array, test: RowTest): number {
  let count = 0
  for (const row of rows) if (test(row)) count += 1
  return count
}

function sumRows(rows: Uint32Array, numberOf: RowNumber): number {
  let sum = 0
  for (const row of rows) sum += numberOf(row)
  return sum
}

function distinctValues({ offsets, codes, dictionary }: Column, rows: Uint32Array): number {
  const seen = new Uint8Array(dictionary.length)
  for (const row of rows) {
    const end = offsets[row + 1] ?? 0
    for (let index = offsets[row] ?? 0; index < end; index += 1) seen[codes[index] ?? 0] = 1
  }
  return seen.reduce((count, value) => count + value, 0)
}

function countGroups(columns: ListingColumns, rows: Uint32Array): number {
  const groups = new Set<string>()
  let alone = 0
  for (const row of rows) {
    const group = columns.groupKeys[row]
    if (group) groups.add(group)
    else alone += 1
  }
  return groups.size + alone
}
