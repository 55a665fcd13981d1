/**
 * A reported number as a reader of any language sees it: qualifier word, number as printed, unit (domain section 15).
 * Digits are exactly those that the source printed; the number never passes through a binary float.
 */
import { codeName } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { type Decimal, multiplyDecimals } from '../../../kernel/decimal.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { isUnit } from '../../../kernel/quantity.ts'
import type { ReportedValue, ReportedValueFacts } from './reported-value.ts'

type Printed = Pick<ReportedValueFacts, 'value' | 'low' | 'high' | 'unit' | 'digits' | 'qualifier'>

/** "nearly 80%", "16.1–19.0 billion US dollars", "more than 3,500". */
export function formatReportedValue(reported: Printed, t: Translator): string {
  const value = withUnit(reported, t)
  // A range says by itself that the number is not exact.
  const isRange = reported.value === null
  if (reported.qualifier === 'exact' || (isRange && reported.qualifier === 'approx')) return value
  return t(`sources.qualified.${reported.qualifier}`, { value })
}

/** "1 of 7": two reported counts, one a part of the other. */
export function formatPartOfWhole(part: Printed, whole: Printed, t: Translator): string {
  return t('sources.part-of-whole', { part: printedNumber(part, t), whole: printedNumber(whole, t) })
}

/** Where the number is printed: "SG-REPORT-2015, ¶30, note 6". A document without a symbol is named by its title. */
export function formatSourcePlace(
  {
    document,
    printedSymbol,
    documentTitle,
    para,
    footnote,
    page,
  }: Pick<ReportedValue, 'document' | 'printedSymbol' | 'documentTitle' | 'para' | 'footnote' | 'page'>,
  t: Translator,
): string {
  const source = printedSymbol ?? textFor(documentTitle, t.lang)?.text ?? document
  if (para !== null && footnote !== null) return t('sources.place.footnote', { document: source, para, footnote })
  if (para !== null) return t('sources.place.para', { document: source, para })
  if (page !== null) return t('sources.place.page', { document: source, page })
  return source
}

function withUnit(reported: Printed, t: Translator): string {
  const { unit } = reported
  const number = printedNumber(reported, t)
  if (unit === 'count' || unit === 'percent') return number
  if (isUnit(unit)) return t('sources.unit.listed', { number, unit: codeName('unit', unit, t.lang) })
  // The plural form of the language follows the last number that is read.
  return t(`sources.unit.${unit}`, { number, count: Number(reported.value ?? reported.high) })
}

function printedNumber({ value, low, high, unit, digits }: Printed, t: Translator): string {
  const isPercent = unit === 'percent'
  const format = new Intl.NumberFormat(t.locale, {
    ...(isPercent ? { style: 'percent' as const } : {}),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  const scaled = (number: Decimal) => (isPercent ? multiplyDecimals(number, '0.01') : number) as Intl.StringNumericLiteral
  return value === null ? format.formatRange(scaled(low ?? '0'), scaled(high ?? '0')) : format.format(scaled(value))
}
