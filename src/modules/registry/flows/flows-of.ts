/**
 * The money of an initiative in United States dollars: each amount by the average rate of its year (domain 8.3), and the sums by
 * kind, year, place and sector. Sums over any of the four give the same whole, to the last of six digits.
 */
import { unitsPerUsd } from '../../../codes/index.ts'
import type { Decimal } from '../../../kernel/decimal.ts'
import { yearOf } from '../../../kernel/partial-date.ts'
import type { InitiativeContribution, InitiativeFacts } from '../initiatives/initiative.ts'
import { apportion, type Distribution, UNDIVIDED } from './apportion.ts'
import { dollarsOf, type MicroDollars, microDollars } from './micro-dollars.ts'
import { MOST_PARTS, ownPlaceOf, placesOf, sectorsOf } from './stated-shares.ts'

/**
 * - kind: how an IATI file states it (`t1` to `t13` transactions by type, `b1` and `b2` budgets, `p` planned disbursements), else the
 *   nature of what a person entered, '' where that is not stated;
 * - year of the flow, 0 where nobody dated it;
 * - place: country by alpha-3, region as `vocabulary:code`, '' where not stated;
 * - sector: code, of other vocabularies than that of the DAC `vocabulary:code`, '' where not stated.
 */
export type FlowRow = readonly [kind: string, year: number, place: string, sector: string, usd: Decimal]

export interface Flows {
  /** Dollars by number of contribution. */
  readonly usd: ReadonlyMap<string, Decimal>
  /** In the order of kind, year, place and sector; sums of nothing are left out. */
  readonly flows: readonly FlowRow[]
  /** Amounts of money for whose currency and year no rate is known. They are in no sum. */
  readonly unconverted: number
}

const NO_FLOWS: Flows = { usd: new Map(), flows: [], unconverted: 0 }

export function flowsOf(facts: Pick<InitiativeFacts, 'contributions' | 'countries' | 'regions' | 'sectors'>): Flows {
  const { contributions } = facts
  if (contributions === undefined || contributions.length === 0) return NO_FLOWS
  const places = placesOf(facts)
  const sectors = sectorsWithin(places, sectorsOf(facts.sectors))
  const usual = productOf(places, sectors)
  const usd = new Map<string, Decimal>()
  const sums: Sums = new Map()
  let unconverted = 0
  for (const contribution of contributions) {
    if (contribution.money === undefined) continue
    const micros = inDollars(contribution.money, contribution)
    if (micros === undefined) {
      unconverted++
      continue
    }
    usd.set(contribution.no, dollarsOf(micros))
    const kind = `${kindOf(contribution)} ${yearOfFlow(contribution)}`
    const ownPlaces = ownPlaceOf(contribution) ?? places
    const ownSectors = contribution.sectors ? sectorsWithin(ownPlaces, sectorsOf(contribution.sectors)) : sectors
    const isUsual = ownPlaces === places && ownSectors === sectors
    addParts(entryOf(sums, kind), ownPlaces, ownSectors, isUsual ? usual : productOf(ownPlaces, ownSectors), micros)
  }
  return { usd, flows: rowsOf(sums), unconverted }
}

/** One amount in dollars, as in the sums; undefined where no rate is known for its currency and year. */
export function dollarsAtRate(
  money: NonNullable<InitiativeContribution['money']>,
  period: InitiativeContribution['period'],
): Decimal | undefined {
  const micros = inDollars(money, { period })
  return micros === undefined ? undefined : dollarsOf(micros)
}

/** By the year of the value date, else of the period. Dollars are dollars in any year; no other currency takes the rate of another year. */
function inDollars(money: NonNullable<InitiativeContribution['money']>, { period }: Pick<InitiativeContribution, 'period'>) {
  if (money.currency === 'USD') return microDollars(money.amount, '1')
  const date = money.valueDate ?? period?.start ?? period?.end
  const rate = date === undefined ? undefined : rateOf(money.currency, yearOf(date))
  return rate === undefined ? undefined : microDollars(money.amount, rate)
}

const rates = new Map<string, Decimal | undefined>()

function rateOf(currency: string, year: number): Decimal | undefined {
  const key = currency + year
  if (!rates.has(key)) {
    if (rates.size > 10_000) rates.clear()
    rates.set(key, unitsPerUsd(currency, year)?.rate)
  }
  return rates.get(key)
}

/** The year in which the money flows or is to flow; the value date only where nothing else dates it. */
function yearOfFlow({ period, money }: InitiativeContribution): number {
  const date = period?.start ?? period?.end ?? money?.valueDate
  return date === undefined ? 0 : yearOf(date)
}

function kindOf({ published, nature }: InitiativeContribution): string {
  if (published === undefined) return nature ?? ''
  if (published.element === 'planned-disbursement') return 'p'
  return (published.element === 'budget' ? 'b' : 't') + (published.type ?? (published.element === 'budget' ? '1' : ''))
}

/** Kind and year, then place, then sector. */
type Sums = Map<string, Map<string, Map<string, MicroDollars>>>

function addParts(
  byPlace: Map<string, Map<string, MicroDollars>>,
  places: Distribution,
  sectors: Distribution,
  pairs: Distribution,
  micros: MicroDollars,
): void {
  if (micros === 0n) return
  if (places.keys.length === 1 && sectors.keys.length === 1) {
    add(entryOf(byPlace, places.keys[0] ?? ''), sectors.keys[0] ?? '', micros)
    return
  }
  const parts = apportion(micros, pairs)
  let at = 0
  for (const place of places.keys) {
    const bySector = entryOf(byPlace, place)
    for (const sector of sectors.keys) add(bySector, sector, parts[at++] ?? 0n)
  }
}

function entryOf<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let entry = map.get(key)
  if (entry === undefined) {
    entry = new Map()
    map.set(key, entry)
  }
  return entry
}

function add(map: Map<string, MicroDollars>, key: string, micros: MicroDollars): void {
  map.set(key, (map.get(key) ?? 0n) + micros)
}

/** Where places and sectors make more pairs than anybody reads, the sector counts as not stated. */
function sectorsWithin(places: Distribution, sectors: Distribution): Distribution {
  return places.keys.length * sectors.keys.length > MOST_PARTS ? UNDIVIDED : sectors
}

/** All pairs, place by place: one division for both, so that nothing is rounded twice. */
function productOf(places: Distribution, sectors: Distribution): Distribution {
  if (sectors.keys.length === 1) return places
  if (places.keys.length === 1) return sectors
  return {
    keys: places.keys.flatMap((place) => sectors.keys.map((sector) => `${place} ${sector}`)),
    weights: places.weights.flatMap((weight) => sectors.weights.map((other) => weight * other)),
    total: places.total * sectors.total,
  }
}

function rowsOf(sums: Sums): FlowRow[] {
  const rows: FlowRow[] = []
  for (const [key, byPlace] of sums) {
    const space = key.lastIndexOf(' ')
    const kind = key.slice(0, space)
    const year = Number(key.slice(space + 1))
    for (const [place, bySector] of byPlace) {
      for (const [sector, micros] of bySector) if (micros !== 0n) rows.push([kind, year, place, sector, dollarsOf(micros)])
    }
  }
  return rows.length < 2 ? rows : rows.sort(compareRows)
}

function compareRows(a: FlowRow, b: FlowRow): number {
  return compare(a[0], b[0]) || a[1] - b[1] || compare(a[2], b[2]) || compare(a[3], b[3])
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
