/** A document that is cited (domain 6.11): symbol, title, date, numbered paragraphs. Its text is not kept. */
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import type { Base, Visibility } from '../../directory/index.ts'

export const DOCUMENT_KINDS = [
  'report',
  'resolution',
  'decision',
  'note',
  'strategic_framework',
  'outcome_document',
  'publication',
  'mapping',
  'other',
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

export interface DocumentParagraph {
  /** As printed. */
  readonly number: string
  /** What the paragraph is about, in words of our own. */
  readonly topic: LocalizedText
}

export interface DocumentFootnote {
  readonly number: string
  /** Paragraph in which the mark stands. */
  readonly para: string
  /** Symbols of the documents that the footnote names. */
  readonly sources: readonly string[]
}

export interface DocumentFacts {
  /** Symbol or, where the document bears none, a key of our own. */
  readonly symbol: string
  readonly printedSymbol: string | null
  readonly kind: DocumentKind
  readonly titles: LocalizedText
  /** Who issued it and at which session. */
  readonly body: string | null
  /** 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
  readonly date: string | null
  readonly languages: readonly string[]
  readonly url: string | null
  readonly note: LocalizedText | null
  /** Paragraphs and notes of the shipped report that cite it. */
  readonly citedIn: readonly string[]
  readonly footnotes: readonly DocumentFootnote[]
  readonly paragraphs: readonly DocumentParagraph[]
  readonly visibility: Visibility
}

export interface Document extends DocumentFacts, Base {
  readonly id: string
}

/** What an audit event and a version hold. */
export function factsOf(document: Document): DocumentFacts {
  const {
    id: _id,
    version: _v,
    createdAt: _c,
    createdBy: _cb,
    updatedAt: _u,
    updatedBy: _ub,
    provenance: _p,
    ...facts
  } = document
  return facts
}
