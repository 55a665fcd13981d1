/** How much each sign tells among these records: what is common to many tells little. Counted once over all of them. */
import { wordBeginningsOf } from '../../../text/index.ts'
import { type Breathe, RECORDS_A_BREATH } from './breathe.ts'
import type { LinkRecord } from './link-record.ts'

export interface LinkWeights {
  /** In bits. */
  weightOfTrigram(trigram: number): number
  /** In how many titles a word stands, by its beginning. */
  countOfWord(word: string): number
  /** Whether a word tells one title from another: "project" does not. */
  isTellingWord(word: string): boolean
  /** Whether a number names one thing: a publisher's own number stands in each of its identifiers. */
  rarityOfNumber(number: string): boolean
  rarityOfOrg(org: string): 'rare' | 'known' | 'common'
}

/** With few records everything would be rare: then a sign is weighed as among this many. */
const COUNTED_AS_AT_LEAST = 1_000
const WORD_TELLS_BELOW = 0.02
const NUMBER_IN_AT_MOST = 6
const ORG_RARE_BELOW = 0.02
const ORG_COMMON_FROM = 0.15

export async function weighSigns(records: readonly LinkRecord[], breathe: Breathe): Promise<LinkWeights> {
  const trigrams = new Map<number, number>()
  const words = new Map<string, number>()
  const numbers = new Map<string, number>()
  const orgs = new Map<string, number>()
  for (const [at, record] of records.entries()) {
    if (at % RECORDS_A_BREATH === 0) await breathe()
    for (const { trigrams: found, folded } of record.titles) {
      for (const trigram of found) count(trigrams, trigram)
      for (const word of wordBeginningsOf(folded)) count(words, word)
    }
    for (const number of record.fileNumbers) count(numbers, number)
    for (const org of record.orgs) count(orgs, org)
  }
  const size = Math.max(records.length, COUNTED_AS_AT_LEAST)
  return {
    weightOfTrigram: (trigram) => Math.log2(size / ((trigrams.get(trigram) ?? 0) + 1) + 1),
    countOfWord: (word) => words.get(word) ?? 0,
    isTellingWord: (word) => (words.get(word) ?? 0) < size * WORD_TELLS_BELOW,
    rarityOfNumber: (number) => (numbers.get(number) ?? 0) <= NUMBER_IN_AT_MOST,
    rarityOfOrg: (org) => {
      const share = (orgs.get(org) ?? 0) / size
      return share < ORG_RARE_BELOW ? 'rare' : share < ORG_COMMON_FROM ? 'known' : 'common'
    },
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
