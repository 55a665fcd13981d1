/** Dates, amounts and shares as they are published: tolerant of spellings that leave no doubt, exact in what they mean. */
import { parseDecimal } from '../../../kernel/decimal.ts'
import { ownText } from '../../../kernel/own-text.ts'
import { type PartialDate, parsePartialDate } from '../../../kernel/partial-date.ts'
import { beginningOf } from '../../../kernel/whole-characters.ts'
import type { XmlElement } from '../element.ts'
import { textIn } from './read-texts.ts'
import { attribute, type Reading, stated, warn } from './reading.ts'

/** No date, amount or share is longer; a longer text is an attack. */
const LONGEST = 200
const MOST_REMEMBERED = 20_000
const dates = new Map<string, PartialDate | ''>()

/** `2014-03-31`, also with a time or a time zone behind it; 2014 and 2014-03 are kept as they are. */
export function readDate(written: string | undefined): PartialDate | undefined {
  if (written === undefined || written === '' || written.length > LONGEST) return undefined
  let date = dates.get(written)
  if (date === undefined) {
    const day = /^\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:Z|[T +-][\d:.TZ+-]*)?\s*$/.exec(written)?.[1]
    date = (day === undefined ? undefined : parsePartialDate(day)) ?? ''
    if (dates.size >= MOST_REMEMBERED) dates.clear()
    dates.set(ownText(written), date)
  }
  return date === '' ? undefined : date
}

export interface ReadPeriod {
  readonly start?: PartialDate
  readonly end?: PartialDate
}

/** An end before the start is left out, and said: the start is what a flow is dated by. */
export function readPeriod(
  start: PartialDate | undefined,
  end: PartialDate | undefined,
  reading: Reading,
  at: XmlElement,
  path: string,
): ReadPeriod | undefined {
  if (start === undefined && end === undefined) return undefined
  if (start !== undefined && end !== undefined && start.slice(0, end.length) > end) {
    warn(reading, 'end-before-start', { start, end }, at, path)
    return { start }
  }
  return stated({ start, end })
}

/** Of IATI: no currency at all. Kept apart from every real one, and never converted. */
const NO_CURRENCY = 'XXX'

export interface ReadMoney {
  readonly amount: string
  readonly currency: string
  readonly valueDate?: PartialDate
}

export function readMoney(value: XmlElement | undefined, reading: Reading, path: string): ReadMoney | undefined {
  if (value === undefined) return undefined
  const written = textIn(value).trim()
  if (written === '') return undefined
  const amount = readAmount(written, reading, value, path)
  if (amount === undefined) return undefined
  const valueDate = readDate(value.attributes['value-date'])
  const currency = readCurrency(value, reading, path)
  return valueDate === undefined ? { amount, currency } : { amount, currency, valueDate }
}

const PLAIN = /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/
/** Groups of three with one and the same sign between them; XML has no decimal comma. */
const GROUPED = /^[+-]?\d{1,3}(?:([,' \u00a0\u202f])\d{3})(?:\1\d{3})*(?:\.\d+)?$/

function readAmount(written: string, reading: Reading, at: XmlElement, path: string): string | undefined {
  if (written.length <= LONGEST && PLAIN.test(written)) return written === '-0' ? '0' : written
  const exact = parseDecimal(written)
  if (exact !== undefined) return exact
  const grouped =
    written.length <= LONGEST && GROUPED.test(written) ? parseDecimal(written.replace(/[,' \u00a0\u202f]/g, '')) : undefined
  if (grouped === undefined) warn(reading, 'amount-not-read', { found: beginningOf(written, 100) }, at, path)
  else warn(reading, 'amount-with-separators', { found: written, amount: grouped }, at, path)
  return grouped
}

function readCurrency(value: XmlElement, reading: Reading, path: string): string {
  const own = attribute(value, 'currency')?.toUpperCase()
  const currency = own ?? reading.currency
  if (currency !== undefined && /^[A-Z]{3}$/.test(currency)) return currency
  warn(reading, 'currency-not-stated', { found: beginningOf(currency ?? '', 100) }, value, path)
  return NO_CURRENCY
}

const shares = new Map<string, number | null>()

/** `33.33` per cent is 0.3333. Undefined below 0, above 100 and for what is no number. */
export function readShare(percentage: string | undefined): number | undefined {
  if (percentage === undefined || percentage.length > LONGEST) return undefined
  let share = shares.get(percentage)
  if (share === undefined) {
    share = shareOf(percentage)
    if (shares.size >= MOST_REMEMBERED) shares.clear()
    shares.set(ownText(percentage), share)
  }
  return share ?? undefined
}

/** The exponent moves the point in the decimal text: a division by 100 would add digits that nobody stated. */
function shareOf(percentage: string): number | null {
  const exact = parseDecimal(percentage)
  const share = exact === undefined ? Number.NaN : Number(`${exact}e-2`)
  return share >= 0 && share <= 1 ? share : null
}

/** As stated where it is a plain decimal; degrees with a plus sign or an exponent in plain digits. */
export function readDegrees(written: string | undefined): string | undefined {
  if (written === undefined || written.length > LONGEST) return undefined
  return /^-?\d+(\.\d+)?$/.test(written) ? written : parseDecimal(written)
}
