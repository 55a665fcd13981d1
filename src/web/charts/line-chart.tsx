/**
 * Values over years, from a zero base line, each line named at its end. Time runs from left to right in every language.
 * A year without a value is a gap, and a change of method or code list breaks the line.
 */
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { DataTable } from '../components/data-table.tsx'
import { NumberDoor } from '../components/number-door.tsx'
import { useTranslator } from '../components/translator-context.ts'
import { type Canvas, FONT_SIZE, round, SMALL_FONT_SIZE } from './canvas.ts'
import { ChartFrame, type ChartProps, type Drawing } from './chart-frame.tsx'
import { ChartText, LINE_HEIGHT } from './chart-text.tsx'
import { type ChartUnit, shownValue } from './chart-value.ts'
import { LINE, MUTED, SERIES } from './palette.tsx'
import { textWidth, wrapText } from './text-measure.ts'

export interface LineSeries {
  readonly key: string
  readonly label: string
  readonly points: readonly { readonly year: number; readonly value: number; readonly href?: string | undefined }[]
}

export interface LineChartProps extends ChartProps {
  /** Up to four: more lines than that nobody can tell apart. */
  readonly series: readonly LineSeries[]
  readonly unit: ChartUnit
  readonly digits?: number | undefined
  /** The first year of a new method or code list: not comparable with the year before. */
  readonly breaks?: readonly number[] | undefined
}

/** Beside colour: a line of its own kind for each series. */
const DASHES = [undefined, '8 4', '2 4', '10 3 2 3'] as const

export function LineChart({ series, unit, digits, breaks = [], ...frame }: LineChartProps) {
  const t = useTranslator()
  const years = [...new Set(series.flatMap((one) => one.points.map((point) => point.year)))].sort((a, b) => a - b)
  return (
    <ChartFrame
      {...frame}
      draw={(canvas) =>
        drawLines(canvas, {
          series,
          years,
          breaks,
          show: (value) => shownValue(t, unit, value, digits),
          year: (year) => t.date(String(year)),
        })
      }
      warning={breaks.length > 0 ? t('components.chart.not-comparable') : undefined}
      table={
        <DataTable
          caption={frame.title}
          captionHidden
          wide
          rows={years}
          rowKey={String}
          columns={[
            { key: 'year', label: t('components.date.year'), cell: (year: number) => t.date(String(year)) },
            ...series.map((one) => ({
              key: one.key,
              label: one.label,
              kind: 'number' as const,
              cell: (year: number) => {
                const point = one.points.find((candidate) => candidate.year === year)
                if (!point) return undefined
                const shown = shownValue(t, unit, point.value, digits)
                if (point.href === undefined) return shown
                return (
                  <NumberDoor href={point.href} definition={`${one.label}, ${year}: ${frame.subtitle}`} value={point.value}>
                    {shown}
                  </NumberDoor>
                )
              },
            })),
          ]}
        />
      }
    />
  )
}

interface Content {
  readonly series: readonly LineSeries[]
  readonly years: readonly number[]
  readonly breaks: readonly number[]
  readonly show: (value: number) => string
  readonly year: (year: number) => string
}

function drawLines(canvas: Canvas, { series, years, breaks, show, year }: Content): Drawing {
  const height = canvas.narrow ? 240 : 320
  const largest = Math.max(Number.EPSILON, ...series.flatMap((one) => one.points.map((point) => point.value)))
  const bottom = height - 30
  const y = scaleLinear().domain([0, largest]).nice(4).range([bottom, 14])
  const ticks = y.ticks(4)
  const left = Math.max(...ticks.map((tick) => textWidth(show(tick), SMALL_FONT_SIZE))) + 12
  const longestWord = Math.max(0, ...series.flatMap((one) => one.label.split(/\s/).map((word) => textWidth(word, FONT_SIZE))))
  const labelRoom = Math.min(canvas.width * 0.45, Math.max(canvas.width * 0.26, longestWord + 14))
  const first = years[0] ?? 0
  const last = years.at(-1) ?? first
  const x = scaleLinear()
    .domain([first, Math.max(last, first + 1)])
    .range([left + 8, canvas.width - labelRoom])
  const labels = placeLabels(series, y, labelRoom - 12, bottom)
  return {
    height,
    content: (
      <>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={round(left)} x2={round(canvas.width - labelRoom)} y1={round(y(tick))} y2={round(y(tick))} stroke={LINE} />
            <ChartText x={round(left - 6)} y={y(tick)} anchor="end" lines={[show(tick)]} size={SMALL_FONT_SIZE} fill={MUTED} />
          </g>
        ))}
        {years
          .filter((_, index) => (years.length - 1 - index) % Math.ceil(years.length / (canvas.narrow ? 4 : 8)) === 0)
          .map((one) => (
            <ChartText
              key={one}
              x={round(x(one))}
              y={bottom + 16}
              anchor="middle"
              lines={[year(one)]}
              size={SMALL_FONT_SIZE}
              fill={MUTED}
            />
          ))}
        {breaks.map((one) => (
          <line
            key={one}
            x1={round(x(one - 0.5))}
            x2={round(x(one - 0.5))}
            y1="6"
            y2={bottom}
            stroke={MUTED}
            stroke-dasharray="2 5"
          />
        ))}
        {series.map((one, index) => (
          <g key={one.key}>
            {runsOf(one, breaks).map((run) => (
              <path
                key={run[0]?.year}
                d={
                  line<{ year: number; value: number }>()
                    .x((point) => round(x(point.year)))
                    .y((point) => round(y(point.value)))
                    .digits(1)([...run]) ?? ''
                }
                fill="none"
                stroke={SERIES[index % SERIES.length]}
                stroke-width="2.5"
                stroke-dasharray={DASHES[index % DASHES.length]}
              />
            ))}
            {one.points.map((point) => (
              <circle
                key={point.year}
                cx={round(x(point.year))}
                cy={round(y(point.value))}
                r="3.5"
                fill={SERIES[index % SERIES.length]}
              />
            ))}
            <ChartText
              x={round(canvas.width - labelRoom + 12)}
              y={labels[index]?.y ?? 0}
              anchor="start"
              lines={labels[index]?.lines ?? []}
            />
          </g>
        ))}
      </>
    ),
  }
}

/** Stretches without a gap of years and without a break between them. */
function runsOf(series: LineSeries, breaks: readonly number[]): readonly (readonly { year: number; value: number }[])[] {
  const runs: { year: number; value: number }[][] = []
  let before: number | undefined
  for (const point of [...series.points].sort((a, b) => a.year - b.year)) {
    const run = runs.at(-1)
    if (run && before === point.year - 1 && !breaks.includes(point.year)) run.push(point)
    else runs.push([point])
    before = point.year
  }
  return runs
}

/** Names beside the last points, pushed apart so that none covers another. */
function placeLabels(series: readonly LineSeries[], y: (value: number) => number, room: number, bottom: number) {
  const step = FONT_SIZE * LINE_HEIGHT
  const labels = series.map((one, index) => {
    const lines = wrapText(one.label, room, FONT_SIZE, 3)
    return { index, lines, height: lines.length * step + 4, y: y(one.points.at(-1)?.value ?? 0) }
  })
  const fromTop = [...labels].sort((a, b) => a.y - b.y)
  let above = 0
  for (const label of fromTop) {
    label.y = Math.max(label.y, above + label.height / 2)
    above = label.y + label.height / 2
  }
  let below = bottom + 6
  for (const label of [...fromTop].reverse()) {
    label.y = Math.min(label.y, below - label.height / 2)
    below = label.y - label.height / 2
  }
  return labels
}
