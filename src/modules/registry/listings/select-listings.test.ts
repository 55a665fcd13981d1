import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildColumns, type ListingRow, mergeColumns, rowOf, rowWithId } from './listing-columns.ts'
import {
  FILTER_FIELDS,
  type FilterField,
  formatListingFilter,
  type ListingFilter,
  NOT_STATED,
  parseListingFilter,
} from './listing-filter.ts'
import { narrowRows, selectListings } from './select-listings.ts'

const EMPTY = Object.fromEntries(FILTER_FIELDS.map((field) => [field, []])) as unknown as ListingRow['values']

function row(id: string, values: Partial<ListingRow['values']>): ListingRow {
  return {
    id,
    initiativeId: `i-${id}`,
    groupKey: null,
    hasTitle: true,
    isPublic: values.state?.[0] !== 'draft',
    values: { ...EMPTY, collection: ['demo'], state: ['published'], ...values },
  }
}

const ROWS = [
  row('1', { host: ['JAM'], partner: ['CUB', 'JAM'], scale: ['country_country'], year: ['2014'] }),
  row('2', { host: ['AGO'], scale: ['regional'], year: ['2014'] }),
  row('3', { scale: ['regional'], year: ['2013'] }),
  row('4', { host: ['AGO', 'MOZ'], year: ['2014'], state: ['draft'] }),
  row('5', { host: ['AGO'], collection: ['sample-one'], year: ['2014'] }),
]
const COLUMNS = buildColumns(ROWS)
const SCOPE = { states: ['published', 'draft'], defaultCollections: ['demo'] }

const idsOf = (filter: ListingFilter['values'], scope = SCOPE) =>
  [...selectListings(COLUMNS, { values: filter }, scope).rows].map((index) => COLUMNS.ids[index])

describe('a filter over listings', () => {
  test('values of one field are alternatives, fields add up', () => {
    expect(idsOf({ host: ['AGO', 'JAM'] })).toEqual(['1', '2', '4'])
    expect(idsOf({ host: ['AGO', 'JAM'], scale: ['regional'] })).toEqual(['2'])
  })

  test('"not stated" finds the rows that say nothing, alone or beside a value', () => {
    expect(idsOf({ host: [NOT_STATED] })).toEqual(['3'])
    expect(idsOf({ scale: [NOT_STATED, 'country_country'] })).toEqual(['1', '4'])
  })

  test('ruling 7: sample collections stay outside unless they are asked for', () => {
    expect(idsOf({})).toEqual(['1', '2', '3', '4'])
    expect(idsOf({ collection: ['sample-one'] })).toEqual(['5'])
  })

  test('ruling 9: strangers and figures see public rows only; editors ask for states', () => {
    expect(idsOf({ host: ['AGO'] }, { ...SCOPE, states: ['draft'] })).toEqual(['4'])
    expect(
      selectListings(COLUMNS, { values: { host: ['AGO'] } }, { defaultCollections: ['demo'], publicOnly: true }).rows,
    ).toEqual(Uint32Array.of(1))
  })

  test('a value that no row has selects nothing', () => {
    expect(idsOf({ host: ['ZZZ'] })).toEqual([])
  })

  test('facets say how many rows each further value would give, its own field left open', () => {
    const { facets } = selectListings(COLUMNS, { values: { host: ['AGO'], scale: ['regional'] } }, SCOPE)
    expect(facets.host).toEqual([
      { value: 'AGO', count: 1 },
      { value: NOT_STATED, count: 1 },
    ])
    expect(facets.scale).toEqual([
      { value: 'regional', count: 1 },
      { value: NOT_STATED, count: 1 },
    ])
  })

  test('a country in any part: host and partner of one row count once, and each facet says so', () => {
    expect(idsOf({ country: ['JAM'] })).toEqual(['1'])
    expect(idsOf({ country: ['CUB', 'MOZ'] })).toEqual(['1', '4'])
    expect(idsOf({ country: [NOT_STATED] })).toEqual(['3'])
    const facets = selectListings(COLUMNS, { values: {} }, SCOPE).facets.country
    expect(facets.find(({ value }) => value === 'JAM')?.count).toBe(1)
    expect(formatListingFilter(parseListingFilter('country=CUB')).toString()).toBe('country=CUB')
  })

  test('the country groups of the hosts are those of the listed year', () => {
    expect(rowOf(COLUMNS, 1).values.host).toEqual(['AGO'])
    expect(idsOf({ group: ['ldc'] })).toEqual(['2', '4'])
  })
})

describe('the address of a filter', () => {
  test('is the same for the same filter, whatever the order in which it was typed', () => {
    const address = formatListingFilter(
      parseListingFilter('scale=regional&host=JAM&host=AGO&nonsense=1&q=%20water%20'),
    ).toString()
    expect(address).toBe('host=AGO&host=JAM&scale=regional&q=water')
    expect(formatListingFilter(parseListingFilter(address)).toString()).toBe(address)
  })
})

const VALUES: Partial<Record<FilterField, string[]>> = {
  host: ['AGO', 'JAM', 'MOZ'],
  scale: ['regional', 'global'],
  role: ['a', 'b', 'c'],
  year: ['2013', '2014'],
}
const FIELDS = Object.keys(VALUES) as (keyof typeof VALUES)[]
const anyRows = fc.array(
  fc.record(Object.fromEntries(FIELDS.map((field) => [field, fc.uniqueArray(fc.constantFrom(...(VALUES[field] ?? [])))]))),
  { maxLength: 30 },
)
const anyFilter = fc.record(
  Object.fromEntries(
    FIELDS.map((field) => [
      field,
      fc.option(fc.uniqueArray(fc.constantFrom(...(VALUES[field] ?? []), NOT_STATED), { minLength: 1 }), { nil: undefined }),
    ]),
  ),
)

describe('against a plain reading of the rules', () => {
  const matches = (
    values: Partial<Record<string, readonly string[]>>,
    filter: Partial<Record<string, readonly string[] | undefined>>,
  ) =>
    FIELDS.every((field) => {
      const wanted = filter[field]
      const stated = values[field] ?? []
      return (
        wanted === undefined ||
        (stated.length === 0 ? wanted.includes(NOT_STATED) : stated.some((value) => wanted.includes(value)))
      )
    })

  test('selecting and narrowing give the same rows, and every facet is the count of its own filter', () => {
    fc.assert(
      fc.property(anyRows, anyFilter, (drafts, filter) => {
        const rows = drafts.map((values, index) => row(String(index).padStart(3, '0'), values))
        const columns = buildColumns(rows)
        const given = Object.fromEntries(
          Object.entries(filter).filter(([, value]) => value !== undefined),
        ) as ListingFilter['values']
        const selection = selectListings(columns, { values: given }, SCOPE)
        const expected = drafts.flatMap((values, index) => (matches(values, given) ? [index] : []))
        expect([...selection.rows]).toEqual(expected)
        expect([...narrowRows(columns, Uint32Array.from(rows.keys()), given)]).toEqual(expected)
        for (const field of FIELDS) {
          for (const { value, count } of selection.facets[field]) {
            expect(drafts.filter((values) => matches(values, { ...given, [field]: [value] }))).toHaveLength(count)
          }
        }
      }),
    )
  })
})

describe('columns that change', () => {
  test('a changed initiative leaves with its old rows and comes back with its new ones, in the order of ids', () => {
    const merged = mergeColumns(COLUMNS, new Set(['i-2', 'i-3']), [row('2', { host: ['TUN'] }), row('21', { host: ['TUN'] })])
    expect(merged.ids).toEqual(['1', '2', '21', '4', '5'])
    expect(rowOf(merged, 1).values.host).toEqual(['TUN'])
    expect(rowWithId(merged, '4')).toBe(3)
    expect(rowWithId(merged, '3')).toBe(-1)
  })

  test('a field with more distinct values than two bytes can number keeps them all', () => {
    const many = Array.from({ length: 70_000 }, (_none, index) =>
      row(String(index).padStart(6, '0'), { theme: [`theme ${index}`] }),
    )
    const columns = buildColumns(many)
    expect(rowOf(columns, 69_999).values.theme).toEqual(['theme 69999'])
    expect(rowOf(mergeColumns(columns, new Set(['i-000000']), []), 69_998).values.theme).toEqual(['theme 69999'])
  })

  test('no rows at all are columns too', () => {
    const none = buildColumns([])
    expect(selectListings(none, { values: { host: ['AGO'] } }, SCOPE).rows).toHaveLength(0)
    expect(rowWithId(none, 'x')).toBe(-1)
  })
})
