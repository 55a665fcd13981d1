/** The numbers of a figure, each reading a row: value, over what, how many the rule confirms, and what the source printed. */
import {
  countsText,
  definitionOf,
  differenceText,
  figureTitle,
  figureValue,
  fractionText,
  readingName,
} from '../../../documents/figure-words.ts'
import type { ListingFilter } from '../../../modules/registry/index.ts'
import type { Figure } from '../../../modules/reporting/index.ts'
import { type Column, DataTable, NotStated, NumberDoor, Verdict } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { cardPath } from './figure-address.ts'

export interface FigureTableProps {
  readonly request: PageRequest
  readonly figures: readonly Figure[]
  readonly filter: ListingFilter
  readonly caption: string
}

export function FigureTable({ request, figures, filter, caption }: FigureTableProps) {
  const { t, at } = request
  const columns: Column<Figure>[] = [
    { key: 'counted', label: t('reporting.figures.column.counted'), cell: (figure) => figureTitle(t, definitionOf(figure)) },
    { key: 'reading', label: t('reporting.figures.column.reading'), cell: (figure) => readingName(t, definitionOf(figure)) },
    {
      key: 'value',
      label: t('reporting.figures.column.value'),
      kind: 'number',
      cell: (figure) => <FigureDoor request={request} figure={figure} filter={filter} />,
    },
    {
      key: 'fraction',
      label: t('reporting.figures.column.fraction'),
      kind: 'number',
      cell: (figure) => fractionText(t, figure) ?? '–',
    },
    {
      key: 'confirmed',
      label: t('reporting.figures.column.confirmed'),
      kind: 'number',
      cell: (figure) =>
        t('components.number-card.confirmed-of', { confirmed: t.number(figure.confirmed), rows: t.number(figure.rows) }),
    },
  ]
  // Columns of the comparison only where a source prints something.
  if (figures.some(({ reported }) => reported !== null)) {
    columns.push(
      {
        key: 'reported',
        label: t('reporting.figures.column.reported'),
        kind: 'number',
        cell: ({ reported }) =>
          reported === null ? '–' : <a href={at(`/sources/values/${reported.key}`)}>{printedText(request, reported.value)}</a>,
      },
      {
        key: 'difference',
        label: t('reporting.figures.column.difference'),
        kind: 'number',
        cell: (figure) => {
          const text = differenceText(t, figure.difference)
          return text === undefined ? '–' : <bdi>{text}</bdi>
        },
      },
      { key: 'verdict', label: t('reporting.figures.column.verdict'), cell: ({ verdict }) => <Verdict verdict={verdict} /> },
    )
  }
  return (
    <DataTable caption={caption} captionHidden columns={columns} rows={figures} rowKey={({ definitionId }) => definitionId} />
  )
}

/** The value as a door to its card. */
export function FigureDoor({
  request: { t, at },
  figure,
  filter,
  size,
}: {
  readonly request: PageRequest
  readonly figure: Figure
  readonly filter: ListingFilter
  readonly size?: 'large'
}) {
  const value = figureValue(t, figure)
  const definition = definitionOf(figure)
  const counted = `${figureTitle(t, definition)}: ${countsText(t, definition, figure.numerator)}`
  return (
    <NumberDoor
      href={at(cardPath(figure, filter))}
      definition={counted}
      value={figure.value ?? undefined}
      size={size ?? 'inline'}
    >
      {value ?? <NotStated />}
    </NumberDoor>
  )
}

/** "31 %" as the figure carries it, in the form of the reader's language. */
export function printedText({ t }: Pick<PageRequest, 't'>, printed: string): string {
  const percent = /^([\d.]+) %$/.exec(printed)?.[1]
  if (percent !== undefined) return t.percent(Number(percent) / 100, { digits: percent.split('.')[1]?.length ?? 0 })
  return /^\d+(\.\d+)?$/.test(printed) ? t.number(Number(printed)) : printed
}
