/**
 * Dates as 2.03 wants them: to the day. A date that is known to the year or month is widened to the first day at the start of a
 * period and to the last day at its end; an attribute of ours says how far it is known.
 */
import { firstDayOf, lastDayOf, type PartialDate } from '../../../../kernel/partial-date.ts'
import type { XmlElement } from '../../element.ts'
import { element } from '../make-element.ts'
import { ownAttributes, type WriteContext } from './write-context.ts'

export function dayAttributes(date: PartialDate, end: 'first' | 'last', context: WriteContext) {
  const known = date.length === 4 ? 'year' : date.length === 7 ? 'month' : undefined
  return { 'iso-date': end === 'first' ? firstDayOf(date) : lastDayOf(date), ...ownAttributes(context, { 'known-to': known }) }
}

export function dayElement(
  name: string,
  date: PartialDate | undefined,
  end: 'first' | 'last',
  context: WriteContext,
  attributes: Readonly<Record<string, string>> = {},
): XmlElement | undefined {
  return date === undefined ? undefined : element(name, { ...attributes, ...dayAttributes(date, end, context) })
}
