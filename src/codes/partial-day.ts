/** Dates of lists and records are often known to the year only; a comparison needs a day. */
import { Problem } from '../kernel/problems.ts'
import './problems.ts'

const PARTIAL_DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/

/** First day of 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. Anything else gives the Problem `codes.bad-date`. */
export function firstDayOf(partialDate: string): string {
  if (!PARTIAL_DATE.test(partialDate)) throw new Problem('codes.bad-date', { found: partialDate })
  return partialDate + '-01-01'.slice(partialDate.length === 4 ? 0 : partialDate.length === 7 ? 3 : 6)
}
