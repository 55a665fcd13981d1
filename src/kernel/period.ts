/**
 * A stretch of time with partial dates, open at either end when that end is not known (domain section 5).
 */
import { type Day, firstDayOf, lastDayOf, type PartialDate, parsePartialDate } from './partial-date.ts'

export interface Period {
  readonly start?: PartialDate
  readonly end?: PartialDate
}

/**
 * Reads a period. Undefined when a date is impossible or the end lies before the start.
 * '2014-06' to '2014' is in order: the end may be any day of 2014.
 */
export function parsePeriod(written: { start?: string | undefined; end?: string | undefined }): Period | undefined {
  const start = written.start === undefined ? undefined : parsePartialDate(written.start)
  const end = written.end === undefined ? undefined : parsePartialDate(written.end)
  if ((written.start !== undefined && start === undefined) || (written.end !== undefined && end === undefined)) return undefined
  const period = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
  return isInOrder(period) ? period : undefined
}

/** Whether start <= end can be true; an open end is always in order. */
export function isInOrder({ start, end }: Period): boolean {
  return start === undefined || end === undefined || firstDayOf(start) <= lastDayOf(end)
}

/** Whether the period may include the day; an open end includes all days on its side. */
export function includesDay({ start, end }: Period, day: Day): boolean {
  return (start === undefined || firstDayOf(start) <= day) && (end === undefined || day <= lastDayOf(end))
}

/** Whether two periods may share a day. */
export function periodsOverlap(a: Period, b: Period): boolean {
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a)
}

function startsBeforeEnd({ start }: Period, { end }: Period): boolean {
  return start === undefined || end === undefined || firstDayOf(start) <= lastDayOf(end)
}
