/**
 * A text as the set of its groups of three letters, as numbers. Two spellings of one name share most of them; no word list is needed
 * and no language is preferred. Chinese says in two signs what others say in a word, so there the groups are of two.
 */
import { normaliseName } from '../codes/index.ts'
import { scriptOf } from './script-of.ts'

/** Ascending and distinct. Each group stands as a number of 32 bits: two groups may fall together, about one pair in four thousand million. */
export function trigramsOf(text: string): Uint32Array {
  const folded = normaliseName(text)
  if (folded === '') return new Uint32Array(0)
  const length = scriptOf(folded) === 'han' ? 2 : 3
  const signs = [...(length === 2 ? folded.replace(/\s+/g, '') : ` ${folded} `)]
  const found = new Set<number>()
  for (let at = 0; at + length <= signs.length; at += 1) {
    let code = 0
    for (let next = at; next < at + length; next += 1) code = Math.imul(code, 0x01000193) ^ (signs[next]?.codePointAt(0) ?? 0)
    found.add(code >>> 0)
  }
  return Uint32Array.from(found).sort()
}
