/** The annex of numbers: for each target that the document leads to, what stands behind it. */
import { textFor } from '../../kernel/localized-text.ts'
import type { Figure, ResolvedNumber } from '../../modules/reporting/index.ts'
import { formatReportedValue, formatSourcePlace, type ReportedValue } from '../../modules/sources/index.ts'
import type { NumberEntry, Run, SourceEntry, Target } from '../document-model.ts'
import {
  countsText,
  definitionOf,
  definitionText,
  differenceText,
  figureValue,
  overText,
  readingName,
  titleAndYear,
} from '../figure-words.ts'
import { formulaText, numberTitle, valueText } from './number-words.ts'
import { figureIn, type ReportContext, targetOfNumber, useTarget } from './report-context.ts'
import { paraRun } from './text-runs.ts'

/** Derived numbers first, because what they rest on is then in the list too. */
export function numberCards(context: ReportContext): NumberEntry[] {
  const derived = usedTargets(context, 'derived').flatMap((target) => derivedCard(context, target.key))
  const figures = usedTargets(context, 'figure').flatMap((target) => {
    const figure = figureIn(context, target.portfolio, target.definitionId)
    return figure ? [figureCard(context, figure, target)] : []
  })
  const values = usedTargets(context, 'value').flatMap(({ reference }) => {
    const value = context.reported.get(reference)
    return value ? [valueCard(context, value)] : []
  })
  return [...figures, ...values, ...derived]
}

function usedTargets<To extends Target['to']>({ used }: ReportContext, to: To): Extract<Target, { to: To }>[] {
  return [...used.values()].filter((target): target is Extract<Target, { to: To }> => target.to === to)
}

function text(words: string): Run[] {
  return [{ kind: 'text', text: words }]
}

function derivedCard(context: ReportContext, key: string): NumberEntry[] {
  const { t, report } = context
  const number = report.numbers[key]
  if (number?.origin.kind !== 'derived') return []
  const { origin } = number
  const operands = origin.of.flatMap((part): { label: string; runs: Run[] }[] => {
    const of = report.numbers[part]
    return of ? [{ label: numberTitle(context, of), runs: [operandRun(context, of)] }] : []
  })
  return [
    {
      target: { to: 'derived', key },
      title: numberTitle(context, number),
      value: valueText(context, key),
      facts: [
        { label: t('documents.card.formula'), runs: text(formulaText(context, origin)) },
        ...operands,
        { label: t('documents.card.checksum'), runs: text(number.checksum.slice(0, 12)) },
      ],
    },
  ]
}

function operandRun(context: ReportContext, number: ResolvedNumber): Run {
  return {
    kind: 'number',
    text: valueText(context, number.key),
    number: {
      target: useTarget(context, targetOfNumber(number)),
      definition: numberTitle(context, number),
      origin: number.origin.kind,
    },
  }
}

function figureCard(context: ReportContext, figure: Figure, target: Target): NumberEntry {
  const { t } = context
  const definition = definitionOf(figure)
  const { numerator, denominator, rows, confirmed } = figure
  const reported = figure.reported === null ? undefined : context.reported.get(figure.reported.key)
  const fraction =
    denominator === null
      ? `${t.number(numerator)} ${countsText(t, definition, numerator)}`
      : t('reporting.fraction', {
          numerator: `${t.number(numerator)} ${countsText(t, definition, numerator)}`,
          denominator: `${t.number(denominator)} ${overText(t, definition, denominator)}`,
        })
  const difference = differenceText(t, figure.difference)
  return {
    target,
    title: titleAndYear(t, definition, figure.year),
    value: figureValue(t, figure) ?? t('components.not-stated'),
    verdict: figure.verdict,
    facts: [
      { label: t('reporting.figures.column.fraction'), runs: text(fraction) },
      {
        label: t('reporting.card.definition'),
        runs: text(`${definitionText(t, definition)} [${figure.definitionId}]`),
      },
      { label: t('reporting.figures.column.reading'), runs: text(readingName(t, definition)) },
      {
        label: t('reporting.figures.column.confirmed'),
        runs: text(t('reporting.fraction', { numerator: t.number(confirmed), denominator: t.number(rows) })),
      },
      ...(reported
        ? [
            {
              label: t('reporting.figures.column.reported'),
              runs: [valueRun(context, reported), ...text(` ${formatSourcePlace(reported, t)}`)],
            },
          ]
        : []),
      ...(difference === undefined ? [] : [{ label: t('reporting.figures.column.difference'), runs: text(difference) }]),
    ],
    rows: {
      portfolio: figure.portfolio,
      definitionId: figure.definitionId,
      label: t('documents.rows.see', { count: rows, shown: t.number(rows) }),
    },
  }
}

function valueRun(context: ReportContext, value: ReportedValue): Run {
  return {
    kind: 'number',
    text: formatReportedValue(value, context.t),
    number: {
      target: useTarget(context, { to: 'value', reference: value.reference }),
      definition: textFor(value.label, context.t.lang)?.text ?? value.key,
      origin: 'reported',
    },
  }
}

function valueCard(context: ReportContext, value: ReportedValue): NumberEntry {
  const { t } = context
  const note = textFor(value.note ?? undefined, t.lang)?.text
  return {
    target: { to: 'value', reference: value.reference },
    title: textFor(value.label, t.lang)?.text ?? value.key,
    value: formatReportedValue(value, t),
    facts: [
      {
        label: t('reporting.sources.value-place'),
        runs:
          value.para === null
            ? text(formatSourcePlace(value, t))
            : [
                ...text(`${formatSourcePlace({ ...value, para: null, footnote: null, page: null }, t)}, `),
                paraRun(context, value.document, value.para),
              ],
      },
      ...(note === undefined ? [] : [{ label: t('reporting.sources.value-note'), runs: text(note) }]),
      { label: t('reporting.sources.value-reference'), runs: text(value.reference) },
    ],
  }
}

/** Documents and paragraphs that the document cites. */
export function sourceEntries(context: ReportContext): SourceEntry[] {
  const { t, report } = context
  const paragraphs = usedTargets(context, 'paragraph')
  return usedTargets(context, 'document')
    .map((target): SourceEntry => {
      const listed = report.documents.find(({ symbol }) => symbol === target.symbol)
      const own = target.symbol === report.sourceDocument.symbol ? report.sourceDocument.paragraphs : []
      return {
        target,
        symbol: listed?.printedSymbol ?? (listed ? '' : target.symbol),
        title: textFor(listed?.titles, t.lang)?.text ?? target.symbol,
        paragraphs: own.flatMap(({ number, topic }) => {
          const cited = paragraphs.find((one) => one.symbol === target.symbol && one.number === number)
          return cited
            ? [{ target: cited, number: t('documents.para', { number }), topic: textFor(topic, t.lang)?.text ?? '' }]
            : []
        }),
      }
    })
    .sort((a, b) => b.paragraphs.length - a.paragraphs.length || t.compare(a.symbol, b.symbol))
}
