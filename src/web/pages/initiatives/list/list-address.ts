/** The address of a list: filter, order and place in it. What is at its default is left out: equal lists have equal addresses. */
import {
  FILTER_FIELDS,
  type FilterField,
  formatListingFilter,
  type ListingFilter,
  type ListingSort,
  parseListingFilter,
  SORTS,
} from '../../../../modules/registry/index.ts'

export interface ListQuery {
  readonly filter: ListingFilter
  readonly sort: ListingSort
  readonly offset: number
}

export const ROWS_PER_PAGE = 50

export function readListQuery(query: URLSearchParams): ListQuery {
  const offset = Number(query.get('from') ?? '1') - 1
  const sort = SORTS.find((one) => one === query.get('sort')) ?? 'listed'
  return { filter: parseListingFilter(query), sort, offset: Number.isInteger(offset) && offset > 0 ? offset : 0 }
}

/** `path` with the filter and order of the query; the place in the list only when it is given. */
export function listAddress(path: string, { filter, sort }: Pick<ListQuery, 'filter' | 'sort'>, offset = 0): string {
  const params = formatListingFilter(filter)
  if (sort !== 'listed') params.set('sort', sort)
  if (offset > 0) params.set('from', String(offset + 1))
  const text = params.toString()
  return text === '' ? path : `${path}?${text}`
}

/** Hidden fields that carry a filter through a form; values of a field are joined by commas, as `parseListingFilter` reads them. */
export function hiddenFilter(
  { filter, sort }: Pick<ListQuery, 'filter' | 'sort'>,
  without: readonly FilterField[],
): Record<string, string> {
  const hidden: Record<string, string> = {}
  for (const field of FILTER_FIELDS) {
    const values = filter.values[field]
    if (values && !without.includes(field)) hidden[field] = values.join(',')
  }
  if (sort !== 'listed') hidden.sort = sort
  return hidden
}
