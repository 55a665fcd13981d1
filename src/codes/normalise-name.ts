/**
 * One form for names that differ only in case, accents, apostrophes and punctuation, so that tables and texts can be compared.
 * The lexicon and the area names were prepared with exactly this function: change it only together with them.
 */

const COMBINING_MARKS = /\p{M}+/gu
const APOSTROPHES = /['’‘`ʼ]/gu
const NOT_LETTER_DIGIT_UNDERSCORE = /[^\p{L}\p{N}_]+/gu

/** "Côte d’Ivoire" and "COTE D'IVOIRE" both give "cote divoire"; "Bosnia & Herzegovina" gives "bosnia and herzegovina". */
export function normaliseName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(COMBINING_MARKS, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(APOSTROPHES, '')
    .replace(NOT_LETTER_DIGIT_UNDERSCORE, ' ')
    .trim()
}
