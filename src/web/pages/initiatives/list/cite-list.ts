/**
 * How a filtered list is cited: an address that names filter, counting unit, date and the number of rows on that date. Whoever
 * opens it later sees what it said then beside what it says now.
 */
import type { PageRequest } from '../../../site.tsx'
import { type ListQuery, listAddress } from './list-address.ts'

export interface CitedList {
  /** 'YYYY-MM-DD'. */
  readonly on: string
  readonly rows: number
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

export function citedList(query: URLSearchParams): CitedList | undefined {
  const on = query.get('cited') ?? ''
  const rows = Number(query.get('rows'))
  return DAY.test(on) && Number.isInteger(rows) && rows >= 0 ? { on, rows } : undefined
}

export function citeList(
  request: PageRequest,
  query: ListQuery,
  rows: number,
  words: string,
): { citation: string; permalink: string } {
  const { t, at, context } = request
  const on = new Date().toISOString().slice(0, 10)
  const address = listAddress(at('/initiatives'), query)
  // The counting unit is part of the address: a row of a source's list in one year (domain ruling 1).
  const permalink = absoluteAddress(
    request,
    `${address}${address.includes('?') ? '&' : '?'}unit=listing&cited=${on}&rows=${rows}`,
  )
  return {
    citation: t('registry.list.citation', {
      instance: context.instance.name,
      filter: words,
      count: rows,
      shown: t.number(rows),
      date: t.date(on),
    }),
    permalink,
  }
}

/** With the host that the reader used, so that the address can be pasted into a document. */
export function absoluteAddress(request: PageRequest, path: string): string {
  return `${request.origin ?? ''}${path}`
}
