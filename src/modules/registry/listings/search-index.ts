/**
 * The words of all listings in memory: which rows hold a word. A frequent word stands in tens of thousands of initiatives, and the
 * database must visit each of them to say which; here it takes a millisecond (docs/decisions/0006-listings-in-columns.md).
 */
import { type Db, sql } from '../../../database/db.ts'
import type { ListingColumns } from './listing-columns.ts'

export interface SearchIndex {
  /** 1 for each row that answers a query of `searchQueryOf`: every word occurs, one marked `:*` at least as a beginning. */
  find(query: string): Uint8Array
}

const BATCH_ROWS = 2_000

/** Undefined when the listings are no longer those of the columns: the row numbers would be wrong. */
export async function buildSearchIndex(db: Db, columns: ListingColumns): Promise<SearchIndex | undefined> {
  const words = new Map<string, number>()
  const rowEnds = new Uint32Array(columns.size + 1)
  let wordsOfRows = new Uint32Array(columns.size * 16)
  let size = 0
  for (let row = 0; row < columns.size; ) {
    const batch = await readWords(db, columns.ids[row - 1] ?? '')
    if (batch.length === 0) return undefined
    for (const [id, text] of batch) {
      if (columns.ids[row] !== id) return undefined
      for (const word of text === null || text === '' ? [] : text.split(' ')) {
        let number = words.get(word)
        if (number === undefined) {
          number = words.size
          words.set(word, number)
        }
        if (size === wordsOfRows.length) wordsOfRows = enlarged(wordsOfRows)
        wordsOfRows[size] = number
        size += 1
      }
      row += 1
      rowEnds[row] = size
    }
  }
  return searchIndexOf(words, rowEnds, wordsOfRows.subarray(0, size))
}

async function readWords(db: Db, after: string): Promise<readonly (readonly [id: string, words: string | null])[]> {
  const { rows } = await db.one<{ rows: (readonly [string, string | null])[] | null }>(sql`
    select json_agg(json_build_array(l.id, array_to_string(tsvector_to_array(l.search_words), ' ')) order by l.id) as rows
    from (
      select id, search_words from listings where id > ${after} order by id limit ${BATCH_ROWS}
    ) as l
  `)
  return rows ?? []
}

function enlarged(full: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(full.length * 2)
  larger.set(full)
  return larger
}

function searchIndexOf(words: ReadonlyMap<string, number>, rowEnds: Uint32Array, wordsOfRows: Uint32Array): SearchIndex {
  const { starts, rows } = rowsByWord(words.size, rowEnds, wordsOfRows)
  const vocabulary = [...words.keys()].sort()
  const size = rowEnds.length - 1

  function numbersOf(term: string): number[] {
    const isBeginning = term.endsWith(':*')
    const word = term.slice(1, isBeginning ? -3 : -1)
    const exact = words.get(word)
    if (!isBeginning) return exact === undefined ? [] : [exact]
    const numbers: number[] = []
    for (let at = firstFrom(vocabulary, word); vocabulary[at]?.startsWith(word); at += 1) {
      numbers.push(words.get(vocabulary[at] ?? '') ?? 0)
    }
    return numbers
  }

  return {
    find(query) {
      const terms = query.split(' & ')
      // How many terms a row has answered so far; a row that missed one is left behind.
      const answered = new Uint8Array(size)
      const found = new Uint8Array(size)
      for (const [index, term] of terms.entries()) {
        for (const number of numbersOf(term)) {
          for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at += 1) {
            const row = rows[at] ?? 0
            if (answered[row] !== index) continue
            answered[row] = index + 1
            if (index === terms.length - 1) found[row] = 1
          }
        }
      }
      return found
    },
  }
}

/** Turns "words of a row" into "rows of a word": rows `rows[starts[w] .. starts[w + 1])` hold the word w. */
function rowsByWord(count: number, rowEnds: Uint32Array, wordsOfRows: Uint32Array): { starts: Uint32Array; rows: Uint32Array } {
  const starts = new Uint32Array(count + 1)
  for (const word of wordsOfRows) starts[word + 1] = (starts[word + 1] ?? 0) + 1
  for (let word = 0; word < count; word += 1) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0)
  const next = starts.slice()
  const rows = new Uint32Array(wordsOfRows.length)
  for (let row = 0; row + 1 < rowEnds.length; row += 1) {
    for (let at = rowEnds[row] ?? 0; at < (rowEnds[row + 1] ?? 0); at += 1) {
      const word = wordsOfRows[at] ?? 0
      const place = next[word] ?? 0
      rows[place] = row
      next[word] = place + 1
    }
  }
  return { starts, rows }
}

/** The place of the first word that does not come before this one. */
function firstFrom(sorted: readonly string[], word: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < word) low = middle + 1
    else high = middle
  }
  return low
}
