/** The words of a text by their beginnings, so that a cut or inflected word still counts; Chinese in pairs of signs. */
import { normaliseName } from '../codes/index.ts'

const HAN_RUN = /\p{Script=Han}+/gu
/** "of", "and", "der" and the like tell nothing. */
const SHORTEST_WORD = 4
const BEGINNING = 6

/** Distinct, in the order of the text. */
export function wordBeginningsOf(text: string): string[] {
  const pairs = (text.match(HAN_RUN) ?? []).flatMap((run) => {
    const signs = [...run]
    return signs.slice(1).map((sign, before) => `${signs[before] ?? ''}${sign}`)
  })
  const words = normaliseName(text.replace(HAN_RUN, ' '))
    .split(' ')
    .filter((word) => word.length >= SHORTEST_WORD)
    .map((word) => word.slice(0, BEGINNING))
  return [...new Set([...words, ...pairs])]
}
