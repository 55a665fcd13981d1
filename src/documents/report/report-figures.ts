/** Figures I to III of a report: a group of bars a year, the same values as a table, and the reading in the caption. */
import type { Figure } from '../../modules/reporting/index.ts'
import type { BarGroup, Cell, DocumentFigure } from '../document-model.ts'
import { definitionOf, figureValue, nounText, subjectName, yearName } from '../figure-words.ts'
import type { ReportContext } from './report-context.ts'
import { figureRun } from './report-tables.ts'

export type FigureKey = 'figure-i' | 'figure-ii' | 'figure-iii'

const DRAWN = {
  'figure-i': { family: 'partners.type.mentions', noun: 'mentions', unknown: '' },
  'figure-ii': { family: 'scale.all-rows', noun: 'rows', unknown: 'scale.not-stated.all-rows' },
  'figure-iii': { family: 'roles.rows-with-role', noun: 'rows', unknown: '' },
} as const

export function reportFigure(context: ReportContext, key: FigureKey): DocumentFigure {
  const { t, report } = context
  const years = report.portfolios
    .map(({ collection }) => ({ figures: drawnFigures(context, collection.key, key) }))
    .filter(({ figures }) => figures.length > 0)
  const groups = years.map(({ figures }): BarGroup => groupOf(context, key, figures))
  const title = t(`documents.figure.${key}`)
  const items = groups.map(
    ({ label, bars }) =>
      `${label}: ${t.list(bars.map((bar) => t('reporting.figures.alt-item', { label: bar.label, share: bar.shown })))}`,
  )
  const apart = years.length > 1 && years.some(({ figures }) => figures.some(({ comparable }) => comparable === 'no'))
  return {
    id: key,
    title,
    alt: `${title}. ${items.join('. ')}`,
    notes: [...(apart ? [t('documents.figure.not-comparable')] : []), t(`reporting.figures.note.${key}`)],
    groups,
    table: {
      id: `${key}-values`,
      title,
      columns: [
        { label: t('documents.table.year'), numeric: true },
        { label: t('documents.table.category') },
        { label: t('documents.table.share'), numeric: true },
        { label: t('documents.table.count'), numeric: true },
      ],
      rows: years.flatMap(({ figures }) => figures.map((figure) => valueRow(context, figure))),
    },
  }
}

/** Largest first, what is not stated last. */
function drawnFigures({ report }: ReportContext, portfolio: string, key: FigureKey): Figure[] {
  const { family, unknown } = DRAWN[key]
  const own = report.figures.filter((figure) => figure.portfolio === portfolio && figure.numerator > 0)
  return [
    ...own.filter((figure) => definitionOf(figure).family === family).sort((a, b) => b.numerator - a.numerator),
    ...own.filter(({ definitionId }) => definitionId === unknown),
  ]
}

function groupOf({ t }: ReportContext, key: FigureKey, figures: readonly Figure[]): BarGroup {
  const { noun, unknown } = DRAWN[key]
  const base = figures[0]?.denominator ?? 0
  return {
    label: t('documents.figure.base', {
      year: yearName(t, figures[0]?.year ?? null),
      count: t.number(base),
      noun: nounText(t, noun, base),
    }),
    bars: figures.map((figure) => ({
      label: subjectName(t, definitionOf(figure)) || t('components.not-stated'),
      share: figure.value ?? 0,
      shown: figureValue(t, figure) ?? t('components.not-stated'),
      count: t.number(figure.numerator),
      ...(figure.definitionId === unknown ? { notStated: true } : {}),
    })),
  }
}

function valueRow(context: ReportContext, figure: Figure): Cell[] {
  const { t } = context
  const text = (words: string): Cell => ({ runs: [{ kind: 'text', text: words }] })
  return [
    text(yearName(t, figure.year)),
    text(subjectName(t, definitionOf(figure)) || t('components.not-stated')),
    { runs: [figureRun(context, figure)] },
    { runs: [figureRun(context, figure, t.number(figure.numerator))] },
  ]
}
