/** What a person states about a number in a source, and the check that the source has that place. */
import { z } from 'zod'
import type { Db } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { LocalizedTextSchema, VISIBILITIES } from '../../directory/index.ts'
import { getDocument } from '../documents/document-rows.ts'
import { isReportedPeriod, QUALIFIERS, REPORTED_UNITS, type ReportedValueFacts } from './reported-value.ts'

const Place = z.string().trim().min(1).max(20)
const Printed = z.string().max(60)

export const Key = z.string().regex(/^[a-z][a-z0-9_]{0,79}$/, { error: 'undp_ssc_projects' })
export const PeriodText = z.string().refine(isReportedPeriod, '2014, 2014-2017, 1990-')

/** Everything but the name (key, period, document), which never changes. Without defaults, so that a revision can name some. */
export const ReportedValueFields = z.object({
  para: Place.nullable(),
  footnote: Place.nullable(),
  page: Place.nullable(),
  label: LocalizedTextSchema,
  /** As printed, with a point and without separators: '3500', '16.1'. */
  value: Printed.nullable(),
  low: Printed.nullable(),
  high: Printed.nullable(),
  unit: z.enum(REPORTED_UNITS),
  digits: z.number().int().min(0).max(12),
  qualifier: z.enum(QUALIFIERS),
  note: LocalizedTextSchema.nullable(),
  visibility: z.enum(VISIBILITIES),
})

/** A quotation needs a place: a paragraph or a page; and the document must have the paragraph and the footnote. */
export async function requirePlace(db: Db, { document: symbol, para, footnote, page }: ReportedValueFacts): Promise<void> {
  const document = await getDocument(db, symbol)
  if (para === null && page === null) throw new Problem('sources.place-required', {}, { place: { field: 'para' } })
  const numbers = document.paragraphs.map(({ number }) => number)
  const [first] = numbers
  const last = numbers.at(-1)
  if (para !== null && first !== undefined && last !== undefined && !numbers.includes(para)) {
    throw new Problem(
      'sources.paragraph-not-in-document',
      { document: symbol, found: para, first, last },
      { place: { field: 'para' } },
    )
  }
  const footnotes = document.footnotes.map(({ number }) => number)
  if (footnote !== null && footnotes.length > 0 && !footnotes.includes(footnote)) {
    const accepted = footnotes.join(', ')
    throw new Problem(
      'sources.footnote-not-in-document',
      { document: symbol, found: footnote, accepted },
      { place: { field: 'footnote' } },
    )
  }
}
