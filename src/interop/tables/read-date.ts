/**
 * One date cell as a partial date (YYYY, YYYY-MM or YYYY-MM-DD). Day and month are told apart by the order that the whole
 * column shows; a date that could be either is not guessed.
 */

import { LONGEST_NAME } from './limits.ts'
import { monthNumber } from './month-names.ts'
import { plainDigits } from './plain-digits.ts'
import type { CellValue } from './table-file.ts'
import { serialDate } from './workbook-formats.ts'

/** `dmy` 31/12/2014, `mdy` 12/31/2014. Dates that begin with the year need no order. */
export type DateOrder = 'dmy' | 'mdy'

export type DateReading =
  | { readonly status: 'date'; readonly date: string; readonly end?: string }
  /** Both readings exist and nothing in the column decides; the year is certain. */
  | { readonly status: 'ambiguous'; readonly first: string; readonly second: string; readonly date: string }
  | { readonly status: 'calendar'; readonly calendar: 'buddhist' | 'hijri' }
  | { readonly status: 'impossible' }

const IMPOSSIBLE: DateReading = { status: 'impossible' }
const EARLIEST_YEAR = 1900
const LATEST_YEAR = 2100

export function readDate(value: CellValue, order: DateOrder | undefined): DateReading {
  if (value instanceof Date) return fromParts(value.getUTCFullYear(), value.getUTCMonth() + 1, value.getUTCDate())
  if (typeof value === 'number') return readNumber(value)
  if (typeof value !== 'string' || value.length > LONGEST_NAME) return IMPOSSIBLE
  const text = plainDigits(value).replace(/\s+/g, ' ').trim()
  const whole = readText(text, order)
  return whole.status === 'impossible' ? (readPeriod(text, order) ?? whole) : whole
}

/** A bare number is a year, YYYYMMDD, or the day number of a spreadsheet that lost its format. */
function readNumber(value: number): DateReading {
  if (Number.isInteger(value) && value >= 1000 && value < 3000) return fromParts(value)
  if (Number.isInteger(value) && value > 19_000_000 && value < 21_010_000) {
    return fromParts(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100)
  }
  // Day numbers of 1927 to 2091: below lie counts and years, above lie amounts.
  const date = value >= 10_000 && value < 70_000 ? serialDate(value) : undefined
  return date ? fromParts(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()) : IMPOSSIBLE
}

function readText(text: string, order: DateOrder | undefined): DateReading {
  const bare = text
    .replace(/(\d{4})\s*(г\.?|года?|م|年)$/i, '$1')
    .replace(/[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|[ap]\.?m\.?)?$/i, '')
  if (/^\d{4}$/.test(bare)) return fromParts(Number(bare))
  if (/^\d{5,8}$/.test(bare)) return readNumber(Number(bare))

  const yearFirst = /^(\d{4})\s*[-/.年 ]\s*(\d{1,2})(?:\s*[-/.月 ]\s*(\d{1,2}))?\s*[月日号]?\.?$/.exec(bare)
  if (yearFirst) return fromParts(Number(yearFirst[1]), Number(yearFirst[2]), optional(yearFirst[3]))
  const monthYear = /^(\d{1,2})\s*[-/.]\s*(\d{4})$/.exec(bare)
  if (monthYear) return fromParts(Number(monthYear[2]), Number(monthYear[1]))
  const numeric = /^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})\.?$/.exec(bare)
  if (numeric) return readNumeric(Number(numeric[1]), Number(numeric[2]), fullYear(numeric[3] ?? ''), order)
  return readNamedMonth(bare)
}

function readNumeric(one: number, two: number, year: number, order: DateOrder | undefined): DateReading {
  if (order === 'dmy') return fromParts(year, two, one)
  if (order === 'mdy') return fromParts(year, one, two)
  const dmy = fromParts(year, two, one)
  const mdy = fromParts(year, one, two)
  if (dmy.status !== 'date') return mdy
  if (mdy.status !== 'date' || dmy.date === mdy.date) return dmy
  return { status: 'ambiguous', first: dmy.date, second: mdy.date, date: String(year).padStart(4, '0') }
}

/** 12 mars 2014, March 12, 2014, 12 de marzo de 2014, 12 марта 2014, 12 مارس 2014, mai-14. */
function readNamedMonth(text: string): DateReading {
  const words = text
    .toLowerCase()
    .replace(/(\d)(st|nd|rd|th|er|º|°|ª)\b/g, '$1')
    .split(/[\s,./-]+/)
    .filter((word) => word !== '' && !/^(de|del|do|da|of|the|le|el|г|года)$/.test(word))
  const months = words.map(monthNumber)
  const at = months.findIndex((month) => month !== undefined)
  const month = months[at]
  if (month === undefined || words.length > 3 || words.length < 2) return IMPOSSIBLE
  const numbers = words.filter((_, index) => index !== at)
  if (!numbers.every((word) => /^\d{1,4}$/.test(word))) return IMPOSSIBLE
  const yearWord = numbers.find((word) => word.length === 4) ?? numbers.at(-1) ?? ''
  const dayWord = numbers.find((word) => word !== yearWord) ?? (numbers.length === 2 ? numbers[0] : undefined)
  return fromParts(fullYear(yearWord), month, optional(dayWord))
}

/** A period in one cell: 2013-2015, 01/03/2013 - 31/12/2015, 2013 à 2015. */
function readPeriod(text: string, order: DateOrder | undefined): DateReading | undefined {
  const years = /^(\d{4})\s*[-–—/]\s*(\d{4})$/.exec(text)
  const parts = years
    ? [years[1] ?? '', years[2] ?? '']
    : text.split(/\s+(?:[-–—]|to|until|à|au|a|al|hasta|até|по|до|至|إلى|حتى)\s+|\s*(?:–|—|至|～|~)\s*/i)
  if (parts.length !== 2) return undefined
  const [start, end] = parts.map((part) => readText(part.replace(/^(from|du|de|desde|с|从|من)\s+/i, ''), order))
  if (start?.status !== 'date' || end?.status !== 'date') return undefined
  return { status: 'date', date: start.date, end: end.date }
}

function optional(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

/** Two-digit years: 00 to 49 are 2000 to 2049, as spreadsheets read them up to 2029 and beyond. */
function fullYear(text: string): number {
  if (text.length > 2) return Number(text)
  const short = Number(text)
  return short < 50 ? 2000 + short : 1900 + short
}

function fromParts(year: number, month?: number, day?: number): DateReading {
  // Buddhist years run 543 ahead; Hijri years of our time lie around 1430, Solar Hijri around 1390.
  if (year >= 2400 && year < 2700) return { status: 'calendar', calendar: 'buddhist' }
  if (year >= 1300 && year < 1500) return { status: 'calendar', calendar: 'hijri' }
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) return IMPOSSIBLE
  if (month === undefined) return { status: 'date', date: String(year) }
  if (month < 1 || month > 12) return IMPOSSIBLE
  const yearMonth = `${year}-${String(month).padStart(2, '0')}`
  if (day === undefined) return { status: 'date', date: yearMonth }
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return IMPOSSIBLE
  return { status: 'date', date: `${yearMonth}-${String(day).padStart(2, '0')}` }
}

export interface OrderEvidence {
  /** Cells that only fit one order, and cells that fit both. */
  dmy: number
  mdy: number
  either: number
}

export function noOrderEvidence(): OrderEvidence {
  return { dmy: 0, mdy: 0, either: 0 }
}

/** What one cell tells about the order of day and month in its column. */
export function addOrderEvidence(evidence: OrderEvidence, value: CellValue): void {
  if (typeof value !== 'string' || value.length > LONGEST_NAME) return
  for (const match of plainDigits(value).matchAll(/(?<!\d)(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)/g)) {
    const one = Number(match[1])
    const two = Number(match[2])
    if (one > 12 && two <= 12 && two > 0) evidence.dmy += 1
    else if (two > 12 && one <= 12 && one > 0) evidence.mdy += 1
    else if (one !== two && one > 0 && two > 0) evidence.either += 1
  }
}

/** The order that the cells prove; a few cells against many are mistakes, about as many are no proof. */
export function provenOrder(evidence: OrderEvidence): DateOrder | undefined {
  if (evidence.dmy > evidence.mdy * 4) return 'dmy'
  if (evidence.mdy > evidence.dmy * 4) return 'mdy'
  return undefined
}
