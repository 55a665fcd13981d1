/**
 * Whether a value is of its datatype, at the speed that millions of values need: the usual spelling is recognised by its characters,
 * and only what looks unusual is judged by the full rule.
 */
import { type Datatype, isOfType } from '../write/datatypes.ts'

export function isValueOf(text: string, type: Datatype): boolean {
  if (type === 'string') return true
  return looksUsual(text, type) || isOfType(text, type)
}

function looksUsual(text: string, type: Datatype): boolean {
  if (type === 'date') return isPlainDate(text)
  if (type === 'boolean') return text === '0' || text === '1' || text === 'true' || text === 'false'
  if (type === 'decimal') return isPlainDecimal(text)
  if (type === 'language') return text.length === 2 && isLetter(text.charCodeAt(0)) && isLetter(text.charCodeAt(1))
  return false
}

/** The day of a date, without its time zone or time; undefined when it is no calendar date. */
export function dayOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (isPlainDate(text)) return text
  const day = text.trim().slice(0, 10)
  return isPlainDate(day) ? day : undefined
}

const ZERO = 48
const HYPHEN = 45
const POINT = 46

/** `YYYY-MM-DD` and nothing else, a day that the calendar has. */
export function isPlainDate(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return false
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  return year > 0 && month > 0 && month < 13 && day > 0 && (day < 29 || day <= lastDayOf(year, month))
}

/** -1 when a character is no digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number
}

function lastDayOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

/** Digits with at most one point among them. */
function isPlainDecimal(text: string): boolean {
  let points = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === POINT) points++
    else if (code < ZERO || code > ZERO + 9) return false
  }
  return text.length > points && points < 2
}

function isLetter(code: number): boolean {
  return (code > 96 && code < 123) || (code > 64 && code < 91)
}

/** White space alone does not count as text. */
export function hasWord(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 32) return true
  return false
}
