/** Documents and their numbers in words. */
import type { Translator } from '../../../i18n/translator.ts'
import { type LocalizedText, textFor } from '../../../kernel/localized-text.ts'

/** "2014", "2014–2017", "since 1990"; undefined when the source states none. */
export function periodText(t: Translator, period: string | null): string | undefined {
  if (period === null) return undefined
  const span = /^(\d{4})-(\d{4})?$/.exec(period)
  if (!span) return t.date(period)
  const [, start = '', end] = span
  if (end === undefined) return t('reporting.sources.value-period-open', { start: t.date(start) })
  return t('reporting.sources.value-period-span', { start, end })
}

export function titleText(t: Translator, titles: LocalizedText, symbol: string): string {
  return textFor(titles, t.lang)?.text ?? symbol
}
