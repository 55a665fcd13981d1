/** The filter panel and the chips of a list: which groups, which values, in which order. */
import type { Translator } from '../../../../i18n/translator.ts'
import {
  type FacetCount,
  FILTER_FIELDS,
  type FilterField,
  type ListingPage,
  NOT_STATED,
  withFilterValue,
} from '../../../../modules/registry/index.ts'
import type { Chip, FilterGroup, FilterOption } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { SHOWN_PROFILE, type ValueNames } from '../value-names.ts'
import { type ListQuery, listAddress } from './list-address.ts'

/** Groups of checkboxes, in the order in which people ask: where, with whom, what kind. */
const CHECKED: readonly FilterField[] = [
  'country',
  'year',
  'host',
  'partner',
  'region',
  'scale',
  'role',
  'partnerType',
  'cooperation',
]
/** Less often used, as one select each. */
const SELECTED: readonly FilterField[] = [
  'group',
  'theme',
  'sector',
  'goal',
  'provider',
  'recipient',
  'focus',
  'org',
  'state',
  'shown',
  'collection',
]

/** Values shown before "all values". Keeps the page light and the panel readable. */
const SHOWN_VALUES = 12

export interface FilterView {
  readonly groups: readonly FilterGroup[]
  /** Fields with more values than the panel shows. */
  readonly cut: readonly FilterField[]
}

export function filterView(request: PageRequest, query: ListQuery, facets: ListingPage['facets'], names: ValueNames): FilterView {
  const cut: FilterField[] = []
  const groups = [...CHECKED, ...SELECTED].flatMap((field): FilterGroup[] => {
    const set = query.filter.values[field] ?? []
    const counted = shownCounts(field, facets[field], set)
    if (counted.every(({ value }) => value === NOT_STATED) && set.length === 0) return []
    // Where everybody sees everything there is nothing to choose.
    if (field === 'shown' && counted.length < 2 && set.length === 0) return []
    const asSelect = SELECTED.includes(field) && set.length <= 1
    const kept = asSelect && field !== 'org' ? counted : mostCounted(counted, set)
    if (kept.length < counted.length) cut.push(field)
    return [
      {
        name: field,
        legend: request.t(`registry.field.${field}`),
        kind: asSelect ? 'one' : 'many',
        options: optionsOf(request, field, kept, set, names, asSelect),
      },
    ]
  })
  return { groups, cut }
}

/** All values of one field, in the order of the reader's language. */
export function allValues(
  request: PageRequest,
  query: ListQuery,
  field: FilterField,
  facets: ListingPage['facets'],
  names: ValueNames,
): FilterGroup {
  const set = query.filter.values[field] ?? []
  return {
    name: field,
    legend: request.t(`registry.field.${field}`),
    kind: 'many',
    options: optionsOf(request, field, withSet(facets[field], set), set, names, true),
  }
}

function shownCounts(field: FilterField, counts: readonly FacetCount[], set: readonly string[]): FacetCount[] {
  const ofProfile = field === 'cooperation' ? counts.filter(({ value }) => value.startsWith(`${SHOWN_PROFILE}:`)) : counts
  return withSet(ofProfile, set)
}

/** A value that is set stays visible when it selects nothing. */
function withSet(counts: readonly FacetCount[], set: readonly string[]): FacetCount[] {
  const known = new Set(counts.map(({ value }) => value))
  return [...counts, ...set.filter((value) => !known.has(value)).map((value) => ({ value, count: 0 }))]
}

function mostCounted(counts: readonly FacetCount[], set: readonly string[]): FacetCount[] {
  return counts.filter(({ value }, index) => index < SHOWN_VALUES || set.includes(value) || value === NOT_STATED)
}

function optionsOf(
  { t }: PageRequest,
  field: FilterField,
  counts: readonly FacetCount[],
  set: readonly string[],
  names: ValueNames,
  byName: boolean,
): FilterOption[] {
  const options = counts.map(({ value, count }) => ({ value, label: names(field, value), count, checked: set.includes(value) }))
  const last = (value: string) => (value === NOT_STATED ? 1 : 0)
  if (field === 'year') return options.sort((a, b) => last(a.value) - last(b.value) || b.value.localeCompare(a.value))
  if (byName) return options.sort((a, b) => last(a.value) - last(b.value) || t.compare(a.label, b.label))
  return options.sort((a, b) => last(a.value) - last(b.value))
}

export function chipsOf(request: PageRequest, query: ListQuery, names: ValueNames, path: string): Chip[] {
  const { t, at } = request
  const chips = FILTER_FIELDS.flatMap((field) => {
    const set = query.filter.values[field] ?? []
    return set.map((value) => ({
      group: t(`registry.field.${field}`),
      value: names(field, value),
      removeHref: listAddress(at(path), {
        ...query,
        filter: withFilterValue(
          query.filter,
          field,
          set.filter((other) => other !== value),
        ),
      }),
    }))
  })
  if (query.filter.search === undefined) return chips
  const { search, ...rest } = query.filter
  return [
    ...chips,
    { group: t('registry.list.search'), value: search, removeHref: listAddress(at(path), { ...query, filter: rest }) },
  ]
}

/** "Host country: Angola; Year: 2014". */
export function filterWords(t: Translator, chips: readonly Chip[]): string {
  return chips.map(({ group, value }) => t('registry.list.set', { field: group, value })).join('; ')
}
