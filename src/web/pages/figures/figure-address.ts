/** Addresses of figures: the portfolio and the year as the list of initiatives names them, and any further filter carried along. */
import { Problem } from '../../../kernel/problems.ts'
import {
  type FilterField,
  formatListingFilter,
  type ListingFilter,
  NOT_STATED,
  parseListingFilter,
} from '../../../modules/registry/index.ts'
import type { Figure, ListedYearChoice } from '../../../modules/reporting/index.ts'

/** Fields that choose what is looked at; all others are a further filter. Figures count what is published, so no state is asked for. */
const CHOOSING: readonly FilterField[] = ['collection', 'year', 'state']

/** The further filter of an address. */
export function furtherFilter(query: URLSearchParams): ListingFilter {
  const { values, search } = parseListingFilter(query)
  const further = Object.fromEntries(Object.entries(values).filter(([field]) => !CHOOSING.includes(field as FilterField)))
  return search === undefined ? { values: further } : { values: further, search }
}

export function isFiltered({ values, search }: ListingFilter): boolean {
  return Object.keys(values).length > 0 || search !== undefined
}

/** Undefined when the text is no year. */
export function readYear(text: string | null | undefined): ListedYearChoice | undefined {
  if (text === NOT_STATED) return NOT_STATED
  return text && /^\d{4}$/.test(text) ? Number(text) : undefined
}

/** The year that an address asks for; undefined when it asks for none. Throws `reporting.year-not-readable`. */
export function askedYear(text: string | null | undefined): ListedYearChoice | undefined {
  if (text === null || text === undefined || text === '') return undefined
  const year = readYear(text)
  if (year === undefined) throw new Problem('reporting.year-not-readable', { found: text })
  return year
}

export function figuresAddress(portfolio: string, year: ListedYearChoice | undefined, filter: ListingFilter): string {
  const values = { ...filter.values, collection: [portfolio], ...(year === undefined ? {} : { year: [String(year)] }) }
  return `?${formatListingFilter({ ...filter, values })}`
}

/** Path of a number's card, without the language. */
export function cardPath(
  figure: Pick<Figure, 'portfolio' | 'year' | 'definitionId'>,
  filter: ListingFilter = { values: {} },
): string {
  const query = formatListingFilter(filter).toString()
  const year = figure.year === null ? NOT_STATED : String(figure.year)
  const path = `/figures/${encodeURIComponent(figure.portfolio)}/${year}/${figure.definitionId}`
  return query === '' ? path : `${path}?${query}`
}
