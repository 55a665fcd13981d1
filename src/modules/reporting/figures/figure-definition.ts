/** What a definition of a figure says: what is counted over what, in which reading, and which rows stand behind (domain section 11). */
import type { FilterField, ListingColumns } from '../../registry/index.ts'

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
