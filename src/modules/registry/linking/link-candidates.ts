/**
 * Which pairs are worth comparing: those that share something rare. Comparing all with all would be five thousand million pairs for
 * 100,000 records. Each record is put under some keys; whoever stands under the same key is a pair.
 */
import { wordBeginningsOf } from '../../../text/index.ts'
import { type Breathe, RECORDS_A_BREATH } from './breathe.ts'
import { areOfTwoReporters, type LinkRecord } from './link-record.ts'
import type { LinkWeights } from './link-weights.ts'

/** A key under which more stand says nothing. */
const MOST_UNDER_A_KEY = 60
const RAREST_WORDS = 8
const WINDOW_DAYS = 45
const MONEY_STEP = Math.log(1.02)
/** A record of a whole region stands under its first countries. */
const COUNTRIES_OF_A_RECORD = 4

/** Pairs of positions with a < b, each once, of different reporters. */
export async function candidatePairs(
  records: readonly LinkRecord[],
  weights: LinkWeights,
  breathe: Breathe,
): Promise<Iterable<readonly [number, number]>> {
  const keyed = await sortedKeys(records, weights, breathe)
  const pairs = new PairList()
  for (let at = 0; at < keyed.length; ) {
    let end = at
    const key = Math.floor((keyed[at] ?? 0) / SIZE)
    while (end < keyed.length && Math.floor((keyed[end] ?? 0) / SIZE) === key) end += 1
    if (end - at > 1 && end - at <= MOST_UNDER_A_KEY) addPairs(records, keyed.subarray(at, end), pairs)
    at = end
  }
  await breathe()
  return distinctPairs(pairs.sorted())
}

function* distinctPairs(sorted: Float64Array): Generator<readonly [number, number]> {
  let last = -1
  for (const pair of sorted) {
    if (pair === last) continue
    last = pair
    yield [Math.floor(pair / SIZE), pair % SIZE]
  }
}

/** A key of 32 bits and a position below a million are one number that is still exact. */
const SIZE = 2 ** 20
export const MOST_RECORDS = SIZE

function addPairs(records: readonly LinkRecord[], keyed: Float64Array, pairs: PairList): void {
  for (let left = 0; left < keyed.length; left += 1) {
    const a = (keyed[left] ?? 0) % SIZE
    for (let right = left + 1; right < keyed.length; right += 1) {
      const b = (keyed[right] ?? 0) % SIZE
      const [one, other] = [records[a], records[b]]
      if (one && other && a !== b && areOfTwoReporters(one, other)) pairs.add(Math.min(a, b) * SIZE + Math.max(a, b))
    }
  }
}

async function sortedKeys(records: readonly LinkRecord[], weights: LinkWeights, breathe: Breathe): Promise<Float64Array> {
  const list = new PairList()
  for (const [position, record] of records.entries()) {
    if (position % RECORDS_A_BREATH === 0) await breathe()
    for (const key of keysOf(record, weights)) list.add(hashOf(key) * SIZE + position)
  }
  await breathe()
  return list.sorted()
}

function* keysOf(record: LinkRecord, { countOfWord }: LinkWeights): Generator<string> {
  for (const identifier of new Set([...record.identifiers, ...record.statedSame])) yield `identifier ${identifier}`
  for (const number of record.fileNumbers) yield `number ${number}`
  const named = record.namedCountries.slice(0, COUNTRIES_OF_A_RECORD)
  const countries = named.length === 0 ? ['-'] : named
  for (const { folded } of record.titles) {
    yield `title ${folded}`
    const rarest = wordBeginningsOf(folded)
      .sort((a, b) => countOfWord(a) - countOfWord(b) || (a < b ? -1 : 1))
      .slice(0, RAREST_WORDS)
    for (const word of rarest) for (const country of countries) yield `word ${country} ${word}`
  }
  for (const country of countries) {
    for (const { from, to } of record.starts) {
      if (to - from > WINDOW_DAYS) continue
      for (const dollars of record.dollars) {
        const step = Math.floor(Math.log(dollars) / MONEY_STEP)
        const window = Math.floor(from / WINDOW_DAYS)
        // Neighbours share a key: each stands under its own step and the one before.
        for (const days of [window, window - 1]) for (const money of [step, step - 1]) yield `money ${country} ${days} ${money}`
      }
    }
  }
}

/** FNV-1a, 32 bits. Two keys that fall together cost a comparison, nothing else. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Numbers in a growing row of eight bytes each: millions of objects would fill the memory. */
class PairList {
  private rows = new Float64Array(4_096)
  private size = 0

  add(value: number): void {
    if (this.size === this.rows.length) {
      const larger = new Float64Array(this.rows.length * 2)
      larger.set(this.rows)
      this.rows = larger
    }
    this.rows[this.size] = value
    this.size += 1
  }

  sorted(): Float64Array {
    return this.rows.subarray(0, this.size).sort()
  }
}
