/** The shape that all four returns share: columns, rows, totals, and what is said about every amount. */
import type { Decimal } from '../../kernel/decimal.ts'
import type { MicroDollars, ReturnRecord } from '../../modules/registry/index.ts'
import type { ReturnFlow } from './flows/state-flow.ts'
import type { AmountBasis } from './flows/value-of-flow.ts'
import type { MissingField, ReturnForm, Verdict } from './verdict.ts'

/** Codes and texts as stored; null where nothing is stated. */
export type RowValue = string | readonly string[] | null

export interface ReturnColumn {
  readonly key: string
  /** Code list whose names stand beside the codes. */
  readonly list?: string
  /** Words of the returns themselves: `returns.<words>.<value>`. */
  readonly words?: string
  readonly form?: 'decimal' | 'integer'
}

export interface ReturnRow {
  readonly initiativeId: string
  readonly collection: string
  /** Null where the row is a whole initiative. */
  readonly contributionNo: string | null
  readonly values: Readonly<Record<string, RowValue>>
  /** What the row adds to each total. */
  readonly adds: Readonly<Record<string, MicroDollars>>
}

/** Money (A) and things in kind (B) have totals of their own and are never added silently (domain 8.1). */
export interface TotalDefinition {
  readonly key: string
  readonly group: 'A' | 'B'
}

export interface ReturnTotal extends TotalDefinition {
  readonly usd: Decimal
  /** Rows that add to it. */
  readonly rows: number
}

/** How one amount became dollars, or why it has none. */
export interface AmountLine {
  readonly initiativeId: string
  readonly collection: string
  readonly title: string | null
  readonly contributionNo: string
  readonly state: 'counted' | 'waiting'
  readonly modality: string | null
  readonly group: 'A' | 'B' | 'C'
  readonly quantity: Decimal | null
  readonly unit: string | null
  readonly originalAmount: Decimal | null
  readonly originalCurrency: string | null
  readonly usd: Decimal | null
  readonly basis: AmountBasis
  readonly rate: Decimal | null
  readonly rateYear: number | null
  readonly rateSource: string | null
}

export interface MissingLine {
  readonly initiativeId: string
  readonly collection: string
  readonly title: string | null
  /** Null where the whole initiative lacks it. */
  readonly contributionNo: string | null
  readonly field: MissingField
  /** Whether the amount cannot be counted without it; otherwise a column stays empty. */
  readonly blocks: boolean
}

export interface BuiltReturn {
  readonly form: ReturnForm
  readonly rows: readonly ReturnRow[]
  readonly totals: readonly ReturnTotal[]
  readonly amounts: readonly AmountLine[]
  readonly missing: readonly MissingLine[]
  /** Dollars that would count if what is missing were stated. */
  readonly waiting: { readonly usd: Decimal; readonly contributions: number }
  /** By key of the flow. */
  readonly verdicts: ReadonlyMap<string, Verdict>
}

/** What makes one return of the four. */
export interface ReturnRules {
  readonly form: ReturnForm
  readonly columns: readonly ReturnColumn[]
  readonly totals: readonly TotalDefinition[]
  /** Whether money of a fund and what the fund spends of it would meet in one total. */
  readonly meetsFunding: boolean
  judge(flow: ReturnFlow): Verdict
  /** Rows of one initiative from the flows that count; one of initiatives gives a row without any as well. */
  rows(record: ReturnRecord, counted: readonly ReturnFlow[], lang: string): readonly ReturnRow[]
  /** Columns that stay empty because nobody stated them. */
  gaps(record: ReturnRecord, counted: readonly ReturnFlow[]): readonly { contributionNo: string | null; field: MissingField }[]
}
