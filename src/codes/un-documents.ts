/** Documents and mandates that the report of 2015 names, and those around it. */
import { rowsOf } from './data-table.ts'

export interface UnDocument {
  readonly symbol: string
  readonly kind: string
  readonly bodyAndSession: string
  readonly titleEn: string
  /** Title as the Chinese text of the report gives it. */
  readonly titleZh: string | undefined
  /** Partial date; `dateBasis` says how well it is known: seen, session, report, compiled. */
  readonly date: string
  readonly dateBasis: string
  /** Paragraphs of the report that name the document, for example '16, 17' or 'note 4'. */
  readonly reportParagraphs: string | undefined
}

export function listUnDocuments(): readonly UnDocument[] {
  return rowsOf('un-documents', [
    'symbol',
    'kind',
    'body_and_session',
    'title_en',
    'title_zh_in_report',
    'date',
    'date_basis',
    'report_paragraphs',
  ]).map((row) => ({
    symbol: row.symbol,
    kind: row.kind,
    bodyAndSession: row.body_and_session,
    titleEn: row.title_en,
    titleZh: row.title_zh_in_report || undefined,
    date: row.date,
    dateBasis: row.date_basis,
    reportParagraphs: row.report_paragraphs || undefined,
  }))
}

export function findUnDocument(symbol: string): UnDocument | undefined {
  return listUnDocuments().find((document) => document.symbol === symbol.trim())
}
