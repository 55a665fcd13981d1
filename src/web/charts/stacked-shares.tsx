/**
 * Parts of a whole as one bar of 100 %, or one bar a year. "Not stated" is inside the whole, hatched and last.
 * Years with different code lists are drawn apart, with the words "not comparable".
 */

import { DataTable } from '../components/data-table.tsx'
import { NumberDoor } from '../components/number-door.tsx'
import { useTranslator } from '../components/translator-context.ts'
import { type Canvas, FONT_SIZE, round, SMALL_FONT_SIZE } from './canvas.ts'
import { ChartFrame, type ChartProps, type Drawing } from './chart-frame.tsx'
import { ChartText, LINE_HEIGHT } from './chart-text.tsx'
import { type ChartValue, notStatedLast, shownValue } from './chart-value.ts'
import { INK, LINE, MUTED, Patterns, SERIES, seriesFill, unknownFill } from './palette.tsx'
import { textWidth, wrapText } from './text-measure.ts'

export interface SharesBar {
  /** "2014", or empty when there is only one bar. */
  readonly label: string
  /** `value` is the count of each part; shares are taken of their sum. */
  readonly parts: readonly ChartValue[]
}

export interface StackedSharesProps extends ChartProps {
  readonly bars: readonly SharesBar[]
  readonly digits?: number | undefined
  /** False when the bars rest on different code lists. */
  readonly comparable?: boolean | undefined
}

/** Below this the shares of a bar say little, and its label names the number of rows. */
const SMALL_SAMPLE = 30

interface Part {
  readonly value: ChartValue
  readonly share: number
  readonly shown: string
  readonly count: string
  /** Place in the palette; the same part has the same colour in each bar. */
  readonly colour: number
}

interface Bar {
  readonly key: string
  /** With the size of the sample when that is small. */
  readonly label: string
  readonly parts: readonly Part[]
}

export function StackedShares({ bars, digits, comparable = true, ...frame }: StackedSharesProps) {
  const t = useTranslator()
  const keys = [...new Set(bars.flatMap((bar) => bar.parts.filter((part) => !part.notStated).map((part) => part.key)))]
  const drawn: Bar[] = bars.map((bar) => {
    const whole = bar.parts.reduce((sum, part) => sum + part.value, 0)
    const small = whole > 0 && whole < SMALL_SAMPLE ? t('components.chart.small-sample', { count: t.number(whole) }) : ''
    return {
      key: bar.label,
      label: [bar.label, small].filter((text) => text !== '').join(' · '),
      parts: notStatedLast(bar.parts).map((value) => {
        const share = whole === 0 ? 0 : value.value / whole
        const count = `(${t.number(value.value)})`
        return { value, share, shown: shownValue(t, 'share', share, digits), count, colour: keys.indexOf(value.key) }
      }),
    }
  })
  return (
    <ChartFrame
      {...frame}
      draw={(canvas, scope) => draw(canvas, scope, drawn, comparable, keys.length)}
      warning={comparable ? undefined : t('components.chart.not-comparable')}
      table={<SharesTable caption={frame.title} definition={frame.subtitle} bars={drawn} />}
    />
  )
}

const BAR_HEIGHT = 34

function draw(canvas: Canvas, scope: string, bars: readonly Bar[], comparable: boolean, series: number): Drawing {
  const apart = comparable ? 22 : 40
  const content = []
  let top = 0
  for (const [index, bar] of bars.entries()) {
    if (index > 0) {
      if (!comparable) {
        const y = round(top + apart / 2)
        content.push(
          <line key={`apart ${bar.key}`} x1="0" x2={canvas.width} y1={y} y2={y} stroke={MUTED} stroke-dasharray="2 5" />,
        )
      }
      top += apart
    }
    const one = drawBar(canvas, scope, bar, top)
    content.push(<g key={bar.key}>{one.content}</g>)
    top = one.height
  }
  return {
    height: top + 2,
    content: (
      <>
        <Patterns scope={scope} series={series} unknown />
        {content}
      </>
    ),
  }
}

/** Returns the lower edge as its height. */
function drawBar(canvas: Canvas, scope: string, bar: Bar, top: number): Drawing {
  let y = top
  const content = []
  if (bar.label !== '') {
    content.push(<ChartText key="label" x={canvas.x(0)} y={y + 10} anchor={canvas.start} lines={[bar.label]} bold />)
    y += 26
  }
  let along = 0
  for (const part of bar.parts) {
    const width = part.share * canvas.width
    content.push(
      <rect
        key={part.value.key}
        x={canvas.box(along, width)}
        y={round(y)}
        width={round(width)}
        height={BAR_HEIGHT}
        fill={part.value.notStated ? unknownFill(scope) : seriesFill(scope, part.colour)}
        stroke="#fff"
        stroke-width="1.5"
      />,
    )
    along += width
  }
  content.push(
    <rect key="edge" x="0.5" y={round(y) + 0.5} width={canvas.width - 1} height={BAR_HEIGHT - 1} fill="none" stroke={LINE} />,
  )
  y += BAR_HEIGHT + 8
  const labels = fitsBelow(canvas, bar.parts) ? labelsBelow(canvas, bar.parts, y) : labelList(canvas, scope, bar.parts, y)
  return {
    height: labels.height,
    content: (
      <>
        {content}
        {labels.content}
      </>
    ),
  }
}

/** Up to four parts whose words fit under their own piece of the bar are labelled there. */
function fitsBelow(canvas: Canvas, parts: readonly Part[]): boolean {
  return (
    parts.length <= 4 &&
    parts.every((part) => {
      const room = part.share * canvas.width - 8
      const value = textWidth(part.shown, FONT_SIZE) + 5 + textWidth(part.count, SMALL_FONT_SIZE)
      const longestWord = Math.max(...part.value.label.split(/\s/).map((word) => textWidth(word, FONT_SIZE)))
      return value <= room && longestWord <= room && wrapText(part.value.label, room, FONT_SIZE, 3).length <= 2
    })
  )
}

function labelsBelow(canvas: Canvas, parts: readonly Part[], top: number): Drawing {
  const step = FONT_SIZE * LINE_HEIGHT
  let along = 0
  let lower = top
  const content = parts.map((part) => {
    const lines = wrapText(part.value.label, part.share * canvas.width - 8, FONT_SIZE)
    const at = along
    along += part.share * canvas.width
    lower = Math.max(lower, top + step * (lines.length + 1))
    return (
      <g key={part.value.key}>
        <ValueAndCount canvas={canvas} at={at} y={top + step / 2} part={part} />
        <ChartText x={canvas.x(at)} y={top + step + (lines.length * step) / 2} anchor={canvas.start} lines={lines} />
      </g>
    )
  })
  return { height: lower, content }
}

/** Otherwise one line a part, in the order of the bar, each with its piece of colour and pattern. */
function labelList(canvas: Canvas, scope: string, parts: readonly Part[], top: number): Drawing {
  const swatch = 16
  const valueRoom = Math.max(...parts.map((part) => textWidth(part.shown, FONT_SIZE)))
  const countRoom = Math.max(...parts.map((part) => textWidth(part.count, SMALL_FONT_SIZE)))
  const labelAt = swatch + 8 + valueRoom + 6 + countRoom + 8
  let y = top
  const content = parts.map((part) => {
    const lines = wrapText(part.value.label, canvas.width - labelAt, FONT_SIZE)
    const height = lines.length * FONT_SIZE * LINE_HEIGHT + 7
    const middle = y + height / 2
    y += height
    return (
      <g key={part.value.key}>
        <rect
          x={canvas.box(0, swatch)}
          y={round(middle - swatch / 2)}
          width={swatch}
          height={swatch}
          fill={part.value.notStated ? unknownFill(scope) : seriesFill(scope, part.colour)}
          stroke={part.value.notStated ? LINE : SERIES[part.colour % SERIES.length]}
        />
        <ChartText x={canvas.x(swatch + 8 + valueRoom)} y={middle} anchor={canvas.end} lines={[part.shown]} bold />
        <ChartText
          x={canvas.x(swatch + 8 + valueRoom + 6)}
          y={middle}
          anchor={canvas.start}
          lines={[part.count]}
          size={SMALL_FONT_SIZE}
          fill={MUTED}
        />
        <ChartText x={canvas.x(labelAt)} y={middle} anchor={canvas.start} lines={lines} fill={INK} />
      </g>
    )
  })
  return { height: y, content }
}

function ValueAndCount({
  canvas,
  at,
  y,
  part,
}: {
  readonly canvas: Canvas
  readonly at: number
  readonly y: number
  readonly part: Part
}) {
  return (
    <>
      <ChartText x={canvas.x(at)} y={y} anchor={canvas.start} lines={[part.shown]} bold />
      <ChartText
        x={canvas.x(at + textWidth(part.shown, FONT_SIZE) + 5)}
        y={y}
        anchor={canvas.start}
        lines={[part.count]}
        size={SMALL_FONT_SIZE}
        fill={MUTED}
      />
    </>
  )
}

function SharesTable({
  caption,
  definition,
  bars,
}: {
  readonly caption: string
  readonly definition: string
  readonly bars: readonly Bar[]
}) {
  const t = useTranslator()
  const named = bars.some((bar) => bar.key !== '')
  const rows = bars.flatMap((bar) => bar.parts.map((part) => ({ bar, part })))
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={rows}
      rowKey={({ bar, part }) => `${bar.key} ${part.value.key}`}
      columns={[
        {
          key: 'category',
          label: t('components.chart.category'),
          cell: ({ bar, part }) => (named ? `${bar.key} · ${part.value.label}` : part.value.label),
        },
        { key: 'share', label: t('components.chart.share'), kind: 'number', cell: ({ part }) => part.shown },
        {
          key: 'rows',
          label: t('components.chart.rows'),
          kind: 'number',
          cell: ({ part: { value } }) =>
            value.href === undefined ? (
              t.number(value.value)
            ) : (
              <NumberDoor href={value.href} definition={`${value.label}: ${definition}`} value={value.value}>
                {t.number(value.value)}
              </NumberDoor>
            ),
        },
      ]}
    />
  )
}
