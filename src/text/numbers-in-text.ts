/**
 * Numbers in names and identifiers. A number that tells parts of a programme apart ("Phase II", "المرحلة ٢", "第二期", 2011-2015) is
 * another thing than a number of a file ("BRA/04/043", "PIMS3825", 00057359), which says the same wherever it stands.
 */
import { normaliseName } from '../codes/index.ts'

/** Below this a run of digits is too short to name one project among thousands. */
const SHORTEST_FILE_NUMBER = 5

/** Runs of digits without leading zeros that may name a file: "XM-DAC-41114-PROJECT-00057359" gives 41114 and 57359. */
export function longNumbersIn(text: string): string[] {
  const runs = westernDigits(text).match(/\d+/g) ?? []
  return [...new Set(runs.map((run) => run.replace(/^0+/, '')).filter((run) => run.length >= SHORTEST_FILE_NUMBER))]
}

const FILE_NUMBER = /[\p{L}\d]*\p{L}+[\p{L}\d]*[/#-]?\d[\d/.-]*\p{L}*|\d+\/\d[\d/]*|\d{5,}\p{L}*/gu
const ROMAN = /(?<![\p{L}\d])(?:X{0,2}(?:IX|IV|V?I{0,3}))(?![\p{L}\d])/gu
const ROMAN_VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 }
const HAN_COUNTED = /第([一二三四五六七八九十]+)/gu
const HAN_DIGITS = '一二三四五六七八九十'
/** "Phase I", but not the English or Spanish word. */
const ROMAN_ONE = /(?<=\s)I(?=$|[\s]*[:,.)\]–—-])/gu
const LETTER_OF_PART = /(?<=[\s(])[A-H](?=$|[\s]*[:,.)\]–—-])/gu

/** Words for the first five, masculine and feminine. */
const ORDINALS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'first premier premiere primer primera primeira первый первая الأولى الأول',
    'second deuxieme seconde segundo segunda второй вторая الثانية الثاني',
    'third troisieme tercer tercera terceira третий третья الثالثة الثالث',
    'fourth quatrieme cuarto cuarta quarta четвертый четвертая الرابعة الرابع',
    'fifth cinquieme quinto quinta пятый пятая الخامسة الخامس',
  ].flatMap((words, index) => words.split(' ').map((word) => [normaliseName(word), index + 1])),
)
const SPELT_OUT = /\b(?:phase|stage|component|part|lot|tranche) (one|two|three|four|five)\b/g
const ENGLISH_NUMBERS = ['one', 'two', 'three', 'four', 'five']

/** "Phase III (2011-2015)" gives 3, 2011, 2015; "Component B" gives B. Ascending as text, each once. */
export function partNumbersIn(title: string): string[] {
  const text = westernDigits(title)
  const folded = normaliseName(text)
  const plain = text.replace(FILE_NUMBER, ' ')
  const found = [
    ...(plain.match(/\d+(?:[.,]\d+)*/g) ?? []).map((run) => run.replace(/^0+(?=\d)/, '')),
    ...(text.match(ROMAN) ?? []).filter((roman) => roman !== '' && roman !== 'I').map((roman) => String(valueOfRoman(roman))),
    ...(text.match(ROMAN_ONE) ?? []).map(() => '1'),
    ...[...text.matchAll(HAN_COUNTED)].map(([, signs = '']) => String(valueOfHan(signs))),
    ...(text.match(LETTER_OF_PART) ?? []),
    ...folded.split(' ').flatMap((word) => (ORDINALS[word] === undefined ? [] : [String(ORDINALS[word])])),
    ...[...folded.matchAll(SPELT_OUT)].map(([, word = '']) => String(ENGLISH_NUMBERS.indexOf(word) + 1)),
  ]
  return [...new Set(found)].sort()
}

function valueOfRoman(roman: string): number {
  const values = [...roman].map((sign) => ROMAN_VALUES[sign] ?? 0)
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0)
}

/** Up to 99: 二 is 2, 十二 is 12, 二十 is 20. */
function valueOfHan(signs: string): number {
  const [tens, ones] = signs.includes('十') ? signs.split('十') : ['', signs]
  const digit = (sign: string | undefined) => (sign ? HAN_DIGITS.indexOf(sign) + 1 : 0)
  return signs.includes('十') ? (tens === '' ? 10 : digit(tens) * 10) + digit(ones) : digit(ones)
}

/** Arabic-Indic, Persian and full-width digits as 0 to 9. */
function westernDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06F0-\u06F9\uFF10-\uFF19]/g, (digit) => {
    const code = digit.charCodeAt(0)
    return String(code - (code >= 0xff10 ? 0xff10 : code >= 0x06f0 ? 0x06f0 : 0x0660))
  })
}

/** Numbers that count parts, as opposed to years: 1 to 20, and letters. */
export function isPartNumber(number: string): boolean {
  return /^[A-H]$/.test(number) || (/^\d{1,2}$/.test(number) && Number(number) <= 20)
}
