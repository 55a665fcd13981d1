/** A number of a report as its token asks for it, in the language of the report (report-templates README). */
import type { Translator } from '../../i18n/translator.ts'
import type { NumberFormat, ResolvedNumber } from '../../modules/reporting/index.ts'
import { formatReportedValue, type ReportedValue } from '../../modules/sources/index.ts'
import { pointsText, SHARE_DIGITS } from '../figure-words.ts'

/** A value that is not known is said to be so, never shown as nought (domain ruling 8). */
export function formatNumber(
  t: Translator,
  number: ResolvedNumber,
  format: NumberFormat,
  reported: ReportedValue | undefined,
): string {
  if (reported && (format === 'as-reported' || format === 'money')) {
    // The text around a factor says what it is; "4 times" would say it twice.
    return formatReportedValue(reported.unit === 'factor' ? { ...reported, unit: 'count' } : reported, t)
  }
  const { value, unit } = number
  if (value === null) return t('components.not-stated')
  switch (format) {
    case 'percent':
    case 'percent1':
    case 'percent2':
      return t.percent(unit === 'percent' ? value / 100 : value, { digits: PERCENT_DIGITS[format] })
    case 'points':
      return pointsText(t, value, reported ? reported.digits : SHARE_DIGITS)
    default:
      return t.number(value)
  }
}

const PERCENT_DIGITS = { percent: 0, percent1: 1, percent2: 2 } as const

/** The number in its own unit, for its card. */
export function formatInOwnUnit(t: Translator, number: ResolvedNumber, reported: ReportedValue | undefined): string {
  if (reported) return formatReportedValue(reported, t)
  const format = number.unit === 'share' || number.unit === 'percent' ? 'percent2' : number.unit === 'points' ? 'points' : 'count'
  return formatNumber(t, number, format, undefined)
}
