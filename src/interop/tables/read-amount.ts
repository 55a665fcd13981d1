/**
 * One amount cell as an exact decimal text with its currency, where the cell names one. Whether a comma is a decimal mark
 * is decided by the column, or by the cell when it leaves no doubt; otherwise the cell is not guessed.
 */

import { LONGEST_NAME } from './limits.ts'
import { plainDigits } from './plain-digits.ts'
import type { CellValue } from './table-file.ts'

export type DecimalMark = ',' | '.'

export type AmountReading =
  | { readonly status: 'amount'; readonly amount: string; readonly currency?: string; readonly negative: boolean }
  | { readonly status: 'ambiguous'; readonly first: string; readonly second: string }
  | { readonly status: 'none' }

const NONE: AmountReading = { status: 'none' }

/** `headingPower` is the power of ten that the heading states; a cell with a unit of its own ("1.2 million") does not take it. */
export function readAmount(value: CellValue, mark: DecimalMark | undefined, headingPower = 0): AmountReading {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return NONE
    return { status: 'amount', amount: shifted(plainNumber(Math.abs(value)), headingPower), negative: value < 0 }
  }
  if (typeof value !== 'string' || value.length > LONGEST_NAME) return NONE
  const parts = takeApart(value)
  if (!parts) return NONE
  const { digits, negative, currency } = parts
  const power = parts.power === 0 ? headingPower : parts.power
  const finish = (text: string): AmountReading => ({
    status: 'amount',
    amount: shifted(text, power),
    negative,
    ...(currency === undefined ? {} : { currency }),
  })
  const own = ownMark(digits)
  if (own === 'either') {
    if (mark === undefined)
      return { status: 'ambiguous', first: shifted(asPlain(digits, '.'), power), second: shifted(asPlain(digits, ','), power) }
    return finish(asPlain(digits, mark))
  }
  return finish(asPlain(digits, own ?? mark ?? '.'))
}

interface AmountParts {
  /** Digits with their marks, spaces and apostrophes taken out. */
  readonly digits: string
  readonly power: number
  readonly negative: boolean
  readonly currency: string | undefined
}

/** Words for powers of ten. `billion` differs between languages and is only read in its English form. */
const POWERS: readonly (readonly [RegExp, number])[] = [
  [/^(mil mill(ones|ón)|milliards?|billions?|bn|mil milhões|bilhões|bilhão|млрд|миллиарда?о?в?|مليارات|مليار|十亿)$/, 9],
  [/^(亿)$/, 8],
  [/^(millions?|millones|millón|millon|milhões|milhão|milhoes|mio|mn|mln|m|млн|миллиона?о?в?|ملايين|مليون|百万)$/, 6],
  [/^(万)$/, 4],
  [/^(thousands?|mille|milliers?|mil|miles|k|тыс|тысячи?|ألف|آلاف|千)$/, 3],
  [/^$/, 0],
]

const HEADING_POWERS: readonly (readonly [RegExp, number])[] = [
  [/milliard|billions?\b|\bbn\b|млрд|миллиард|مليار|十亿/i, 9],
  [/亿/, 8],
  [/\bmillions?\b|millones|milh(õ|o)es|\bmln\b|\bmio\b|млн|миллион|مليون|ملايين|百万/i, 6],
  [/万/, 4],
  [/thousand|\bmilliers?\b|\ben mille|\bmiles\b|milhares|['’]000|\b000s?\b|тыс|千|ألف|آلاف/i, 3],
]

/** The unit that a heading gives its amounts, as a power of ten; 0 when it gives none. */
export function powerInHeading(heading: string): number {
  return HEADING_POWERS.find(([pattern]) => pattern.test(heading))?.[1] ?? 0
}

const SYMBOLS: readonly (readonly [RegExp, string])[] = [
  [/us\$|\$us|u\$s|usd\$|долл(\.|аров)? ?сша|dollars? (us|eu)|美元/gi, 'USD'],
  [/r\$/gi, 'BRL'],
  [/€|euros?|евро|يورو|欧元/gi, 'EUR'],
  [/£/g, 'GBP'],
  [/₹/g, 'INR'],
  [/₽|руб(\.|лей)?/gi, 'RUB'],
  [/₺/g, 'TRY'],
  [/人民币/g, 'CNY'],
]

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

function takeApart(value: string): AmountParts | undefined {
  let text = plainDigits(value).replace(/[−–]/g, '-').trim()
  let currency: string | undefined
  for (const [symbol, code] of SYMBOLS) {
    const without = text.replace(symbol, ' ')
    if (without !== text) currency = code
    text = without
  }
  text = text.replace(/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g, (code) => {
    if (!CURRENCIES.has(code)) return code
    currency = code
    return ' '
  })
  // A bare dollar or yen sign names several currencies; the column may say which.
  text = text.replace(/[$¥元円]/g, ' ').trim()
  const match = /^(\(?)\s*([-+]?)\s*(\d[\d.,'’` ]*)\s*([^\d]*?)\s*(\)?)$/.exec(text)
  if (!match) return undefined
  const [, open = '', sign = '', number = '', word = '', close = ''] = match
  const power = POWERS.find(([pattern]) => pattern.test(word.toLowerCase().replace(/\.$/, '').replace(/^de$/, '').trim()))?.[1]
  if (power === undefined || (open === '') !== (close === '')) return undefined
  const digits = number.replace(/['’` ]/g, '').replace(/[.,]+$/, '')
  return { digits, power, negative: sign === '-' || open === '(', currency }
}

/** The decimal mark that one number shows by itself; `either` when 1,234 could be both; undefined when it has no mark. */
function ownMark(digits: string): DecimalMark | 'either' | undefined {
  const comma = digits.lastIndexOf(',')
  const dot = digits.lastIndexOf('.')
  if (comma < 0 && dot < 0) return undefined
  if (comma >= 0 && dot >= 0) return comma > dot ? ',' : '.'
  const mark = comma >= 0 ? ',' : '.'
  const other: DecimalMark = mark === ',' ? '.' : ','
  const groups = digits.split(mark)
  if (groups.length > 2) return other
  const [whole = '', rest = ''] = groups
  return rest.length === 3 && whole.length <= 3 && whole !== '0' && whole !== '' ? 'either' : mark
}

function asPlain(digits: string, mark: DecimalMark): string {
  return mark === ',' ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '')
}

/** Moves the decimal point to the right without leaving text, so that nothing is rounded. */
function shifted(decimal: string, power: number): string {
  const [whole = '', fraction = ''] = decimal.split('.')
  const digits = (whole + fraction.padEnd(power, '0')).padStart(1, '0')
  const point = whole.length + power
  const tidyWhole = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0'
  const rest = digits.slice(point).replace(/0+$/, '')
  return rest === '' ? tidyWhole : `${tidyWhole}.${rest}`
}

/** A spreadsheet number with the 15 digits it shows, never in exponent form. */
function plainNumber(value: number): string {
  const text = String(Number(value.toPrecision(15)))
  const match = /^(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!match) return text
  const [, whole = '0', fraction = '', exponent = '0'] = match
  const power = Number(exponent)
  return power >= 0 ? shifted(`${whole}.${fraction}`, power) : `0.${'0'.repeat(-power - 1)}${whole}${fraction}`
}

export function isCurrency(text: string): boolean {
  return CURRENCIES.has(text.trim().toUpperCase())
}

/** A currency by code, sign or common name; undefined when it names none or several. */
export function currencyOf(text: string): string | undefined {
  const plain = text.trim()
  if (isCurrency(plain)) return plain.toUpperCase()
  const code = /(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])/.exec(plain)?.[1]
  if (code !== undefined && isCurrency(code)) return code
  for (const [symbol, currency] of SYMBOLS) if (plain.search(symbol) >= 0) return currency
  return undefined
}

export interface MarkEvidence {
  /** Cells in which the comma, or the dot, can only be the decimal mark. */
  comma: number
  dot: number
  /** Cells with three digits behind their only comma, or their only dot. */
  eitherComma: number
  eitherDot: number
}

export function noMarkEvidence(): MarkEvidence {
  return { comma: 0, dot: 0, eitherComma: 0, eitherDot: 0 }
}

/** What one cell tells about the decimal mark of its column. */
export function addMarkEvidence(evidence: MarkEvidence, value: CellValue): void {
  if (typeof value !== 'string' || value.length > LONGEST_NAME) return
  const parts = takeApart(value)
  const own = parts && ownMark(parts.digits)
  if (own === ',') evidence.comma += 1
  else if (own === '.') evidence.dot += 1
  else if (own === 'either' && parts?.digits.includes(',')) evidence.eitherComma += 1
  else if (own === 'either') evidence.eitherDot += 1
}

/** The decimal mark that the cells prove; as with dates, a few cells against many are mistakes. */
export function provenMark(evidence: MarkEvidence): DecimalMark | undefined {
  if (evidence.comma > evidence.dot * 4) return ','
  if (evidence.dot > evidence.comma * 4) return '.'
  return undefined
}

/** Three digits behind the mark in each of so many cells are thousands: nobody writes money with three decimals throughout. */
const CELLS_OF_THOUSANDS = 3

/** The mark that is most likely where no cell proves one; the caller says that it was assumed. */
export function assumedMark(evidence: MarkEvidence, language: string): DecimalMark | undefined {
  const { eitherComma, eitherDot } = evidence
  if (eitherComma >= CELLS_OF_THOUSANDS && eitherDot === 0) return '.'
  if (eitherDot >= CELLS_OF_THOUSANDS && eitherComma === 0) return ','
  if (eitherComma > 0 && eitherDot === 0 && (language === 'en' || language === 'zh')) return '.'
  if (eitherDot > 0 && eitherComma === 0 && ['fr', 'es', 'pt', 'ru'].includes(language)) return ','
  return undefined
}
