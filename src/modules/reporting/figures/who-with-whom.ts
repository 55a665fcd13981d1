/**
 * Who works with whom: how many listings name a pair of countries, host and partner, or provider and recipient. A listing with
 * several of either counts once for each pair; a country is not paired with itself. Listings that name nobody on one side are kept
 * as "not stated".
 */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { type Column, FilterInput, NOT_STATED, selectForActor } from '../../registry/index.ts'

export const PAIR_SIDES = ['host-partner', 'provider-recipient'] as const
export type PairSides = (typeof PAIR_SIDES)[number]

export interface CountryPair {
  readonly from: string
  readonly to: string
  /** Listings that name both. */
  readonly rows: number
}

export interface WhoWithWhom {
  readonly sides: PairSides
  /** Most frequent first; equal ones by code. */
  readonly pairs: readonly CountryPair[]
  /** Listings looked at. */
  readonly rows: number
  /** Of them, those that name both sides. */
  readonly rowsWithPair: number
}

const FIELDS = { 'host-partner': ['host', 'partner'], 'provider-recipient': ['provider', 'recipient'] } as const

export const listCountryPairs = defineQuery({
  name: 'reporting.list-country-pairs',
  permission: 'reporting.figure.read',
  input: z.object({
    /** A filter of the list of initiatives; it names the portfolio. */
    filter: FilterInput,
    sides: z.enum(PAIR_SIDES).default('host-partner'),
  }),
  async run(context, { filter, sides }): Promise<WhoWithWhom> {
    const { columns, selection } = await selectForActor(context, filter, { publishedOnly: true, facets: [] })
    const [from, to] = FIELDS[sides]
    return { sides, ...countPairs(columns.fields[from], columns.fields[to], selection.rows), rows: selection.rows.length }
  },
})

/** 100,000 listings take about 30 ms: one number per pair and no text until the end. */
export function countPairs(from: Column, to: Column, rows: Uint32Array): Pick<WhoWithWhom, 'pairs' | 'rowsWithPair'> {
  const width = to.dictionary.length + 1
  const counts = new Map<number, number>()
  const sameAs = from.dictionary.map((value) => to.dictionary.indexOf(value))
  let rowsWithPair = 0
  for (const row of rows) {
    const fromCodes = codesAt(from, row)
    const toCodes = codesAt(to, row)
    let paired = false
    for (const a of fromCodes) {
      // A row that names only the host itself as partner names no other.
      const others = toCodes.filter((b) => a === from.dictionary.length || b !== sameAs[a])
      for (const b of others.length > 0 ? others : [to.dictionary.length]) {
        counts.set(a * width + b, (counts.get(a * width + b) ?? 0) + 1)
        paired ||= a < from.dictionary.length && b < to.dictionary.length
      }
    }
    if (paired) rowsWithPair += 1
  }
  const pairs = [...counts].map(([pair, count]) => ({
    from: from.dictionary[Math.floor(pair / width)] ?? NOT_STATED,
    to: to.dictionary[pair % width] ?? NOT_STATED,
    rows: count,
  }))
  pairs.sort((a, b) => b.rows - a.rows || compareText(a.from, b.from) || compareText(a.to, b.to))
  return { pairs, rowsWithPair }
}

/** Codes of a row; one past the dictionary stands for "not stated". */
function codesAt({ offsets, codes, dictionary }: Column, row: number): number[] {
  const start = offsets[row] ?? 0
  const end = offsets[row + 1] ?? start
  return start === end ? [dictionary.length] : [...new Set(codes.subarray(start, end))]
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
