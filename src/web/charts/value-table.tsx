/** The table under a chart: the same values in the same order. */
import { DataTable } from '../components/data-table.tsx'
import { NumberDoor } from '../components/number-door.tsx'
import { useTranslator } from '../components/translator-context.ts'
import { type ChartUnit, type ChartValue, shownValue } from './chart-value.ts'

export interface ValueTableProps {
  readonly caption: string
  readonly definition: string
  readonly values: readonly ChartValue[]
  readonly unit: ChartUnit
  readonly digits?: number | undefined
  /** Head of the first column. */
  readonly category?: string | undefined
}

export function ValueTable({ caption, definition, values, unit, digits, category }: ValueTableProps) {
  const t = useTranslator()
  const withCounts = values.some((value) => value.count !== undefined)
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={values}
      rowKey={(value) => value.key}
      columns={[
        { key: 'label', label: category ?? t('components.chart.category'), cell: (value: ChartValue) => value.label },
        {
          key: 'value',
          label: t(unit === 'share' ? 'components.chart.share' : 'components.chart.value'),
          kind: 'number',
          cell: (value: ChartValue) => {
            const shown = shownValue(t, unit, value.value, digits)
            if (value.href === undefined) return shown
            return (
              <NumberDoor href={value.href} definition={`${value.label}: ${definition}`} value={value.value}>
                {shown}
              </NumberDoor>
            )
          },
        },
        ...(withCounts
          ? [
              {
                key: 'count',
                label: t('components.chart.rows'),
                kind: 'number' as const,
                cell: (value: ChartValue) => (value.count === undefined ? undefined : t.number(value.count)),
              },
            ]
          : []),
      ]}
    />
  )
}
