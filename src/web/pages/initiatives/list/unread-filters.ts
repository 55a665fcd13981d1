/** What an address asks that the list does not know: names that are no filter, and values that a filter's list does not have. */
import { findArea, isCode } from '../../../../codes/index.ts'
import {
  type Collection,
  FILTER_FIELDS,
  type FilterField,
  NOT_STATED,
  RECORD_STATES,
} from '../../../../modules/registry/index.ts'
import type { ListQuery } from './list-address.ts'

export interface UnreadFilters {
  readonly names: readonly string[]
  readonly values: readonly { readonly field: FilterField; readonly value: string }[]
}

/** Names that an address of the list may have beside its filters. */
const OTHER_NAMES = ['q', 'sort', 'from', 'unit', 'cited', 'rows', 'sample']

export function unreadFilters(
  address: URLSearchParams,
  { filter }: ListQuery,
  collections: readonly Collection[],
): UnreadFilters {
  const known: readonly string[] = [...FILTER_FIELDS, ...OTHER_NAMES]
  return {
    names: [...new Set(address.keys())].filter((name) => !known.includes(name)),
    values: FILTER_FIELDS.flatMap((field) =>
      (filter.values[field] ?? [])
        .filter((value) => value !== NOT_STATED && !isKnownValue(field, value, collections))
        .map((value) => ({ field, value })),
    ),
  }
}

const CODE_LISTS: Partial<Record<FilterField, string>> = {
  region: 'region',
  group: 'countryGroup',
  scale: 'scale',
  role: 'agencyRole',
  partnerType: 'partnerType',
  focus: 'territorialFocus',
  sector: 'sector',
  goal: 'sdg',
}

/** Themes and organisations are open: any text may be one. */
function isKnownValue(field: FilterField, value: string, collections: readonly Collection[]): boolean {
  const list = CODE_LISTS[field]
  if (list !== undefined) return isCode(list, value)
  switch (field) {
    case 'country':
    case 'host':
    case 'partner':
    case 'provider':
    case 'recipient':
      return findArea(value)?.iso3 === value
    case 'year':
      return /^\d{4}$/.test(value)
    case 'shown':
      return value === 'public' || value === 'preparing'
    case 'state':
      return RECORD_STATES.some((state) => state === value)
    case 'collection':
      return collections.some(({ key }) => key === value)
    // A label as one profile reads it: `un_default:SSC`.
    case 'cooperation':
      return isCode('framework', value.split(':')[1] ?? '')
    default:
      return true
  }
}
