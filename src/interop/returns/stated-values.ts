/** Facts of an initiative in the cells of a return: codes as stored, texts in the reader's language. */
import type { Decimal } from '../../kernel/decimal.ts'
import { type LocalizedText, textFor } from '../../kernel/localized-text.ts'
import { dollarsOf, type MicroDollars, type ReturnRecord } from '../../modules/registry/index.ts'
import type { ReturnFlow } from './flows/state-flow.ts'
import type { RowValue } from './return-rows.ts'

export function titleOf({ facts }: Pick<ReturnRecord, 'facts'>, lang: string): string | null {
  return textIn(facts.title, lang)
}

export function textIn(text: LocalizedText | undefined, lang: string): string | null {
  return textFor(text, lang)?.text ?? null
}

/** Targets where they are stated, else goals; the principal ones first. */
export function goalsOf({ facts }: Pick<ReturnRecord, 'facts'>): readonly string[] {
  const goals = facts.goals ?? []
  const principal = goals.filter(({ contribution }) => contribution === 'principal')
  const others = goals.filter(({ contribution }) => contribution !== 'principal')
  return [...new Set([...principal, ...others].map(({ goal, target }) => target ?? goal))]
}

/** Codes of the Development Assistance Committee, the largest share first. */
export function dacSectorsOf({ facts }: Pick<ReturnRecord, 'facts'>, flow?: ReturnFlow): readonly string[] {
  const stated = (flow?.contribution.sectors ?? facts.sectors ?? []).filter(
    ({ vocabulary }) => vocabulary === '1' || vocabulary === '2',
  )
  return [...stated].sort((a, b) => (b.share ?? 0) - (a.share ?? 0)).map(({ code }) => code)
}

export function usdText(micros: MicroDollars | undefined): Decimal | null {
  return micros === undefined ? null : dollarsOf(micros)
}

export function orNull(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value
}

/** Nothing stated is null and no empty list. */
export function listed(values: readonly string[]): RowValue {
  return values.length === 0 ? null : values
}

/** What every row of a contribution says about its amount. */
export function amountValues({ value }: ReturnFlow): Record<string, RowValue> {
  const { group, basis, original, rate } = value
  return {
    group,
    originalAmount: original?.amount ?? null,
    originalCurrency: original?.currency ?? null,
    basis,
    rate: rate?.perDollar ?? null,
    rateYear: rate?.year === undefined ? null : String(rate.year),
    rateSource: rate?.source ?? null,
  }
}

export const AMOUNT_COLUMNS = [
  { key: 'group', list: 'flowGroup' },
  { key: 'originalAmount', form: 'decimal' },
  { key: 'originalCurrency' },
  { key: 'basis', words: 'basis' },
  { key: 'rate', form: 'decimal' },
  { key: 'rateYear', form: 'integer' },
  { key: 'rateSource', list: 'rateSource' },
] as const
