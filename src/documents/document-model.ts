/**
 * A document as parts that any renderer can set: the page, the self-contained file, later DOCX and PDF. Words are in the document's
 * language and numbers are formatted; what a part leads to is a target, which each renderer turns into its own kind of link.
 */
import type { Verdict } from '../kernel/verdict.ts'

export interface DocumentModel {
  readonly key: string
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly title: string
  /** State, date and data versions, one line each. */
  readonly provenance: readonly string[]
  readonly sections: readonly DocumentSection[]
  readonly footnotes: readonly DocumentFootnote[]
  /** Every number that the text, the tables and the figures print, with what stands behind it. */
  readonly cards: readonly NumberEntry[]
  readonly sources: readonly SourceEntry[]
  /** Rows behind the numbers; empty unless they were asked for. */
  readonly rows: readonly RowsAnnex[]
  /** Words that a renderer adds of its own. */
  readonly labels: DocumentLabels
}

export interface DocumentLabels {
  readonly contents: string
  readonly legend: string
  readonly footnotes: string
  readonly values: string
  readonly annexNumbers: string
  readonly annexDerived: string
  readonly annexReported: string
  readonly annexSources: string
  readonly annexRows: string
  readonly rowsNotPrinted: string
  readonly allRows: string
  readonly back: string
  readonly verdicts: Readonly<Record<Verdict, string>>
}

export interface DocumentSection {
  readonly id: string
  /** "III" */
  readonly number: string
  readonly heading: string
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'heading'; readonly id: string; readonly text: string }
  | { readonly kind: 'paragraph'; readonly id: string; readonly number: number; readonly runs: readonly Run[] }
  | { readonly kind: 'table'; readonly table: DocumentTable }
  | { readonly kind: 'figure'; readonly figure: DocumentFigure }

/** A piece of running text. */
export type Run =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly number: NumberRef }
  | { readonly kind: 'citation'; readonly text: string; readonly target: Target }
  | { readonly kind: 'footnote'; readonly number: number; readonly text: string }
  /** Words with a numeral that a person accepted, with their source. */
  | { readonly kind: 'quoted'; readonly text: string; readonly source: string }
  | { readonly kind: 'date'; readonly text: string; readonly iso: string }

export interface NumberRef {
  readonly target: Target
  /** What is counted over what, in one sentence. */
  readonly definition: string
  /** Computed from rows, quoted from a source, or derived from other numbers. */
  readonly origin: 'figure' | 'reported' | 'derived'
}

export type Target =
  | { readonly to: 'figure'; readonly portfolio: string; readonly year: number | null; readonly definitionId: string }
  | { readonly to: 'value'; readonly reference: string }
  | { readonly to: 'derived'; readonly key: string }
  | { readonly to: 'document'; readonly symbol: string }
  | { readonly to: 'paragraph'; readonly symbol: string; readonly number: string }

export interface DocumentFootnote {
  readonly number: number
  readonly text: string
  readonly runs: readonly Run[]
}

export interface DocumentTable {
  readonly id: string
  readonly title: string
  readonly columns: readonly { readonly label: string; readonly numeric?: boolean }[]
  readonly rows: readonly (readonly Cell[])[]
}

export type Cell = { readonly runs: readonly Run[] } | { readonly verdict: Verdict }

export interface DocumentFigure {
  readonly id: string
  /** "Figure II. Scale of the cooperation" */
  readonly title: string
  /** The finding for those who do not see the drawing. */
  readonly alt: string
  readonly notes: readonly string[]
  /** One group of bars a year; values are shares 0 to 1. */
  readonly groups: readonly BarGroup[]
  readonly table: DocumentTable
}

export interface BarGroup {
  /** Year and base: "2014: share of 469 rows". */
  readonly label: string
  readonly bars: readonly Bar[]
}

export interface Bar {
  readonly label: string
  readonly share: number
  readonly shown: string
  readonly count: string
  readonly notStated?: boolean
}

/** What stands behind a number, in words. */
export interface NumberEntry {
  readonly target: Target
  readonly title: string
  readonly value: string
  readonly facts: readonly { readonly label: string; readonly runs: readonly Run[] }[]
  readonly verdict?: Verdict
  /** Leads to the rows in the annex. */
  readonly rows?: { readonly portfolio: string; readonly definitionId: string; readonly label: string }
}

export interface SourceEntry {
  readonly target: Target
  readonly symbol: string
  readonly title: string
  readonly paragraphs: readonly { readonly target: Target; readonly number: string; readonly topic: string }[]
}

export interface RowsAnnex {
  readonly portfolio: string
  readonly title: string
  readonly columns: readonly string[]
  /** The first cell names the row. */
  readonly rows: readonly { readonly id: string; readonly cells: readonly string[] }[]
  readonly sets: readonly RowSet[]
}

/** Which rows stand behind one number. */
export interface RowSet {
  readonly definitionId: string
  /** "Scale: Regional: 145 of 469 rows." */
  readonly label: string
  readonly ids: ReadonlySet<string>
}
