/**
 * A filter over listings, as it stands in an address: `?collection=undp-2014&host=AGO&host=JAM&scale=regional&q=water`.
 * `country` asks for any part in the initiative: host, partner, provider or recipient. Values of one field are alternatives; fields add up. `not_stated` asks for the rows that say nothing in that field.
 */
export const FILTER_FIELDS = [
  'collection',
  'year',
  'country',
  'host',
  'partner',
  'provider',
  'recipient',
  'region',
  'group',
  'scale',
  'role',
  'partnerType',
  'theme',
  'focus',
  'sector',
  'goal',
  'cooperation',
  'org',
  'state',
  /** `public`: what everybody sees and figures count; `preparing`: what only editors see. */
  'shown',
] as const
export type FilterField = (typeof FILTER_FIELDS)[number]

export const NOT_STATED = 'not_stated'

export interface ListingFilter {
  readonly values: Readonly<Partial<Record<FilterField, readonly string[]>>>
  readonly search?: string
}

export const SORTS = ['listed', 'title', 'year', 'newest'] as const
export type ListingSort = (typeof SORTS)[number]

/** Reads a filter from an address or from the command line's `--filter`; unknown names are ignored, values are kept in a stable order. */
export function parseListingFilter(query: URLSearchParams | string): ListingFilter {
  const params = typeof query === 'string' ? new URLSearchParams(query) : query
  const values: Partial<Record<FilterField, readonly string[]>> = {}
  for (const field of FILTER_FIELDS) {
    const given = [
      ...new Set(
        params
          .getAll(field)
          .flatMap((value) => value.split(','))
          .map((value) => value.trim()),
      ),
    ].filter((value) => value !== '')
    if (given.length > 0) values[field] = given.sort()
  }
  const search = params.get('q')?.trim().slice(0, 200)
  return search ? { values, search } : { values }
}

/** The canonical address of a filter: the same filter always gives the same text, so that it can be cited. */
export function formatListingFilter(filter: ListingFilter): URLSearchParams {
  const params = new URLSearchParams()
  for (const field of FILTER_FIELDS) {
    for (const value of filter.values[field] ?? []) params.append(field, value)
  }
  if (filter.search) params.set('q', filter.search)
  return params
}

export function withFilterValue(filter: ListingFilter, field: FilterField, values: readonly string[]): ListingFilter {
  const next = { ...filter.values }
  if (values.length === 0) delete next[field]
  else next[field] = [...values].sort()
  return { ...filter, values: next }
}
