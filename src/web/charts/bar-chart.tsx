/** Horizontal bars from zero, largest first, each with its value; "not stated" hatched and last. */
import { scaleLinear } from 'd3-scale'
import { useTranslator } from '../components/translator-context.ts'
import { type Canvas, FONT_SIZE, round, SMALL_FONT_SIZE } from './canvas.ts'
import { ChartFrame, type ChartProps, type Drawing } from './chart-frame.tsx'
import { ChartText, LINE_HEIGHT } from './chart-text.tsx'
import { type ChartUnit, type ChartValue, notStatedLast, shownValue, sortedValues } from './chart-value.ts'
import { ACCENT, LINE, MUTED, Patterns, unknownFill } from './palette.tsx'
import { textWidth, wrapText } from './text-measure.ts'
import { ValueTable } from './value-table.tsx'

export interface BarChartProps extends ChartProps {
  readonly values: readonly ChartValue[]
  readonly unit: ChartUnit
  readonly digits?: number | undefined
  /** `given` for categories with an order of their own (years, grades). */
  readonly order?: 'by-value' | 'given' | undefined
  readonly category?: string | undefined
}

const GAP = 10

export function BarChart({ values, unit, digits, order = 'by-value', category, ...frame }: BarChartProps) {
  const t = useTranslator()
  const sorted = order === 'by-value' ? sortedValues(t, values) : notStatedLast(values)
  const bars = sorted.map((value) => ({
    value,
    shown: shownValue(t, unit, value.value, digits),
    count: value.count === undefined ? '' : `(${t.number(value.count)})`,
  }))
  return (
    <ChartFrame
      {...frame}
      draw={(canvas, scope) => drawBars(canvas, scope, bars)}
      table={
        <ValueTable
          caption={frame.title}
          definition={frame.subtitle}
          values={sorted}
          unit={unit}
          digits={digits}
          category={category}
        />
      }
    />
  )
}

interface Bar {
  readonly value: ChartValue
  readonly shown: string
  readonly count: string
}

function drawBars(canvas: Canvas, scope: string, bars: readonly Bar[]): Drawing {
  const labelRoom = canvas.narrow ? canvas.width : widestLabel(bars, canvas.width * 0.4)
  const valueRoom = Math.max(0, ...bars.map((bar) => textWidth(`${bar.shown} ${bar.count}`, FONT_SIZE))) + GAP
  const from = canvas.narrow ? 0 : labelRoom + GAP
  const length = scaleLinear()
    .domain([0, Math.max(...bars.map((bar) => bar.value.value), Number.EPSILON)])
    .range([0, canvas.width - from - valueRoom])
  let top = 4
  const drawn = bars.map((bar) => {
    const lines = wrapText(bar.value.label, labelRoom, FONT_SIZE)
    const textHeight = lines.length * FONT_SIZE * LINE_HEIGHT
    const height = canvas.narrow ? 16 : 22
    const labelY = canvas.narrow ? top + textHeight / 2 : top + Math.max(textHeight, height) / 2
    const middle = canvas.narrow ? top + textHeight + 4 + height / 2 : labelY
    top = canvas.narrow ? middle + height / 2 + 12 : top + Math.max(textHeight, height) + 9
    const bound = length(bar.value.value)
    return (
      <g key={bar.value.key}>
        <ChartText
          x={canvas.narrow ? canvas.x(0) : canvas.x(labelRoom)}
          y={labelY}
          anchor={canvas.narrow ? canvas.start : canvas.end}
          lines={lines}
        />
        <rect
          x={canvas.box(from, bound)}
          y={round(middle - height / 2)}
          width={round(bound)}
          height={height}
          fill={bar.value.notStated ? unknownFill(scope) : ACCENT}
        />
        <ValueLabel canvas={canvas} at={from + bound + 6} y={middle} bar={bar} />
      </g>
    )
  })
  return {
    height: top,
    content: (
      <>
        <Patterns scope={scope} unknown={bars.some((bar) => bar.value.notStated)} />
        {drawn}
        {!canvas.narrow && <line x1={canvas.x(from)} x2={canvas.x(from)} y1="0" y2={round(top - 4)} stroke={LINE} />}
      </>
    ),
  }
}

/** Value and count are two texts: numbers of two kinds must not be reordered by the rules of mixed direction. */
function ValueLabel({
  canvas,
  at,
  y,
  bar,
}: {
  readonly canvas: Canvas
  readonly at: number
  readonly y: number
  readonly bar: Bar
}) {
  return (
    <>
      <ChartText x={canvas.x(at)} y={y} anchor={canvas.start} lines={[bar.shown]} bold />
      {bar.count !== '' && (
        <ChartText
          x={canvas.x(at + textWidth(bar.shown, FONT_SIZE) + 5)}
          y={y}
          anchor={canvas.start}
          lines={[bar.count]}
          size={SMALL_FONT_SIZE}
          fill={MUTED}
        />
      )}
    </>
  )
}

function widestLabel(bars: readonly Bar[], most: number): number {
  const widths = bars.flatMap((bar) => wrapText(bar.value.label, most, FONT_SIZE).map((line) => textWidth(line, FONT_SIZE)))
  return Math.min(most, Math.max(0, ...widths))
}
