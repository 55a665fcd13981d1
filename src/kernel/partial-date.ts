/**
 * Dates known to the year, the month or the day: 'YYYY', 'YYYY-MM', 'YYYY-MM-DD' (domain section 5).
 * What is not known is not invented: '2014' stays '2014' and is shown as 2014.
 */
export type PartialDate = string

/** A full day, 'YYYY-MM-DD'. Two of them compare as texts. */
export type Day = string

const WRITTEN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** The date as it is written, or undefined: for other spellings, month 13, 29 February of a common year, the year 0. */
export function parsePartialDate(text: string): PartialDate | undefined {
  const match = WRITTEN.exec(text.trim())
  if (!match) return undefined
  const [written, year = '', month, day] = match
  if (Number(year) < 1) return undefined
  if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) return undefined
  if (month !== undefined && day !== undefined && (Number(day) < 1 || Number(day) > daysInMonth(Number(year), Number(month))))
    return undefined
  return written
}

/** For input schemas: whether the text is a date exactly as it would be kept. */
export function isPartialDate(text: string): boolean {
  return parsePartialDate(text) === text
}

/** First day that the date may mean: '2014' gives '2014-01-01'. */
export function firstDayOf(date: PartialDate): Day {
  return `${date}-01-01`.slice(0, 10)
}

/** Last day that the date may mean: '2016-02' gives '2016-02-29'. */
export function lastDayOf(date: PartialDate): Day {
  const [year = '', month = '12', day] = date.split('-')
  return `${year}-${month}-${day ?? String(daysInMonth(Number(year), Number(month))).padStart(2, '0')}`
}

export function yearOf(date: PartialDate): number {
  return Number(date.slice(0, 4))
}

/** For sorting: by first day; where that is equal, the less precise date comes first. */
export function comparePartialDates(a: PartialDate, b: PartialDate): number {
  const left = firstDayOf(a)
  const right = firstDayOf(b)
  if (left !== right) return left < right ? -1 : 1
  return Math.sign(a.length - b.length)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
