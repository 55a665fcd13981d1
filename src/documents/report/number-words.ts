/** What stands behind a number, in one sentence: tooltip on the screen, first line of its card. */

import { textFor } from '../../kernel/localized-text.ts'
import type { ResolvedNumber } from '../../modules/reporting/index.ts'
import { formatSourcePlace } from '../../modules/sources/index.ts'
import { definitionOf, figureTitle, fractionText, readingName, titleAndYear, yearName } from '../figure-words.ts'
import { formatInOwnUnit } from './format-number.ts'
import { figureIn, type ReportContext } from './report-context.ts'

export function originSentence(context: ReportContext, number: ResolvedNumber): string {
  const { t, reported } = context
  const { origin } = number
  if (origin.kind === 'reported') {
    const value = reported.get(origin.reference)
    return value ? t('documents.as-reported', { place: formatSourcePlace(value, t) }) : origin.reference
  }
  if (origin.kind === 'derived') return formulaText(context, origin)
  const definition = definitionOf(origin)
  const figure = figureIn(context, origin.portfolio, origin.definitionId)
  if (!figure) return t('documents.not-loaded', { list: origin.portfolio })
  return [figureTitle(t, definition), readingName(t, definition), yearName(t, figure.year), fractionText(t, figure)]
    .filter((part) => part !== undefined)
    .join('; ')
}

/** "469 less 269" */
export function formulaText(context: ReportContext, origin: Extract<ResolvedNumber['origin'], { kind: 'derived' }>): string {
  const [a, b] = origin.of.map((key) => valueText(context, key))
  return context.t(`reporting.check.derived.${origin.operation}`, { a: a ?? '–', b: b ?? '–' })
}

export function valueText({ t, report, reported }: ReportContext, key: string): string {
  const number = report.numbers[key]
  if (!number) return key
  return formatInOwnUnit(t, number, number.origin.kind === 'reported' ? reported.get(number.origin.reference) : undefined)
}

/** What the number is about, without its value. */
export function numberTitle(context: ReportContext, { key, origin }: ResolvedNumber): string {
  const { t } = context
  if (origin.kind === 'reported') return textFor(context.reported.get(origin.reference)?.label, t.lang)?.text ?? origin.reference
  if (origin.kind === 'derived') {
    const parts = origin.of.map((part) => {
      const of = context.report.numbers[part]
      return of ? numberTitle(context, of) : part
    })
    return t(`reporting.check.derived.${origin.operation}`, { a: parts[0] ?? key, b: parts[1] ?? key })
  }
  const figure = figureIn(context, origin.portfolio, origin.definitionId)
  return titleAndYear(t, definitionOf(origin), figure?.year ?? origin.year)
}
