/** The tables of a report: headline numbers as printed and as listed, what the rows reproduce, recommendations with addressees. */

import { textFor } from '../../kernel/localized-text.ts'
import type { Figure } from '../../modules/reporting/index.ts'
import { formatReportedValue } from '../../modules/sources/index.ts'
import type { Cell, DocumentTable, Run } from '../document-model.ts'
import { definitionOf, differenceText, figureTitle, figureValue, fractionText, readingName, yearName } from '../figure-words.ts'
import { figureIn, type ReportContext, targetOfFigure, useTarget, wordsOf } from './report-context.ts'
import { paraRun, textRuns } from './text-runs.ts'

export type TableKey = 'headline-numbers' | 'verdicts' | 'recommendations'

export function reportTable(context: ReportContext, key: TableKey): DocumentTable {
  const title = textRuns(context, wordsOf(context, `table.${key}`))
    .map(({ text }) => text)
    .join('')
  if (key === 'recommendations') return { ...recommendations(context), id: `table-${key}`, title }
  const figures = key === 'headline-numbers' ? headlineFigures(context) : comparedFigures(context)
  return { ...comparison(context, figures, key === 'verdicts'), id: `table-${key}`, title }
}

const HEADLINE = ['projects.rows', 'projects.groups', 'countries.hosts']

function headlineFigures({ report }: ReportContext): Figure[] {
  return report.figures.filter(({ definitionId }) => HEADLINE.includes(definitionId))
}

/** Everything that a source prints a number for, and the roles, for which it prints none. */
function comparedFigures(context: ReportContext): Figure[] {
  const roles = context.report.portfolios.at(-1)?.collection.key ?? ''
  return [
    ...context.report.figures.filter(({ reported }) => reported !== null),
    ...['knowledge_broker', 'partnership_facilitator', 'capacity_builder'].flatMap(
      (role) => figureIn(context, roles, `roles.${role}.rows-with-role`) ?? [],
    ),
  ]
}

/** Counts stand over nothing, so a table of counts has no column for it. */
function comparison(
  context: ReportContext,
  figures: readonly Figure[],
  withFraction: boolean,
): Pick<DocumentTable, 'columns' | 'rows'> {
  const { t } = context
  const column = (key: string, numeric = false) => ({ label: t(`reporting.figures.column.${key}`), numeric })
  return {
    columns: [
      column('counted'),
      { label: t('documents.table.year'), numeric: true },
      column('reported', true),
      column('value', true),
      ...(withFraction ? [column('fraction', true)] : []),
      column('difference', true),
      column('verdict'),
    ],
    rows: figures.map((figure): Cell[] => {
      const definition = definitionOf(figure)
      const reading = HEADLINE.includes(figure.definitionId)
        ? ''
        : t('reporting.card.in-brackets', { text: readingName(t, definition) })
      return [
        cell(`${figureTitle(t, definition)}${reading}`),
        cell(yearName(t, figure.year)),
        { runs: [reportedRun(context, figure)] },
        { runs: [figureRun(context, figure)] },
        ...(withFraction ? [cell(fractionText(t, figure) ?? '–')] : []),
        cell(differenceText(t, figure.difference) ?? '–'),
        { verdict: figure.verdict },
      ]
    }),
  }
}

function cell(text: string): Cell {
  return { runs: [{ kind: 'text', text }] }
}

function reportedRun(context: ReportContext, { reported }: Figure): Run {
  const value = reported === null ? undefined : context.reported.get(reported.key)
  if (!value) return { kind: 'text', text: '–' }
  const label = textFor(value.label, context.t.lang)?.text ?? value.key
  return {
    kind: 'number',
    text: formatReportedValue(value, context.t),
    number: { target: useTarget(context, { to: 'value', reference: value.reference }), definition: label, origin: 'reported' },
  }
}

/** The value of a figure as a door. */
export function figureRun(context: ReportContext, figure: Figure, shown?: string): Run {
  const { t } = context
  const text = shown ?? figureValue(t, figure)
  if (text === undefined) return { kind: 'text', text: t('components.not-stated') }
  const definition = definitionOf(figure)
  return {
    kind: 'number',
    text,
    number: {
      target: useTarget(context, targetOfFigure(figure)),
      definition: `${figureTitle(t, definition)}, ${readingName(t, definition)}`,
      origin: 'figure',
    },
  }
}

function recommendations(context: ReportContext): Pick<DocumentTable, 'columns' | 'rows'> {
  const { t, report } = context
  return {
    columns: ['para', 'recommendation', 'addressees'].map((key) => ({ label: t(`documents.table.${key}`) })),
    rows: report.template.recommendations.map(({ para, id, addressees }): Cell[] => [
      { runs: [paraRun(context, report.template.sourceDocument, String(para))] },
      { runs: textRuns(context, wordsOf(context, `recommendation.${id}`)) },
      cell(t.list(addressees.map((code) => wordsOf(context, `addressee.${code}`)))),
    ]),
  }
}
