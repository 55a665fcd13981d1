/**
 * Several readings of the same categories side by side, with what the source printed as a marker: a diamond on a line.
 * Computed and printed values stand beside each other and are never mixed (domain ruling 5).
 */
import { scaleLinear } from 'd3-scale'
import { DataTable } from '../components/data-table.tsx'
import { NumberDoor } from '../components/number-door.tsx'
import { useTranslator } from '../components/translator-context.ts'
import { type Canvas, FONT_SIZE, round, SMALL_FONT_SIZE } from './canvas.ts'
import { ChartFrame, type ChartProps, type Drawing } from './chart-frame.tsx'
import { ChartText, LINE_HEIGHT } from './chart-text.tsx'
import { type ChartUnit, shownValue } from './chart-value.ts'
import { INK, LINE, MUTED, Patterns, seriesFill } from './palette.tsx'
import { textWidth, wrapText } from './text-measure.ts'

export interface GroupedBarsProps extends ChartProps {
  /** The readings, in the order of the bars. */
  readonly readings: readonly { readonly key: string; readonly label: string }[]
  readonly groups: readonly ReadingGroup[]
  readonly unit: ChartUnit
  readonly digits?: number | undefined
}

export interface ReadingGroup {
  readonly key: string
  readonly label: string
  /** By key of the reading; a reading that does not apply is left out, and no bar is drawn. */
  readonly values: Readonly<Record<string, number>>
  readonly hrefs?: Readonly<Record<string, string>> | undefined
  /** As printed: `shown` is quoted, `value` places the marker. */
  readonly reported?: { readonly value: number; readonly shown: string } | undefined
}

export function GroupedBars({ readings, groups, unit, digits, ...frame }: GroupedBarsProps) {
  const t = useTranslator()
  const printed = t('components.chart.reported-marker')
  return (
    <ChartFrame
      {...frame}
      draw={(canvas, scope) =>
        drawGroups(canvas, scope, { readings, groups, printed, show: (value) => shownValue(t, unit, value, digits) })
      }
      table={
        <DataTable
          caption={frame.title}
          captionHidden
          wide
          rows={groups}
          rowKey={(group) => group.key}
          columns={[
            { key: 'label', label: t('components.chart.category'), cell: (group: ReadingGroup) => group.label },
            ...readings.map((reading) => ({
              key: reading.key,
              label: reading.label,
              kind: 'number' as const,
              cell: (group: ReadingGroup) => {
                const value = group.values[reading.key]
                if (value === undefined) return '–'
                const shown = shownValue(t, unit, value, digits)
                const href = group.hrefs?.[reading.key]
                if (href === undefined) return shown
                return (
                  <NumberDoor href={href} definition={`${group.label}, ${reading.label}: ${frame.subtitle}`} value={value}>
                    {shown}
                  </NumberDoor>
                )
              },
            })),
            { key: 'reported', label: printed, kind: 'number', cell: (group: ReadingGroup) => group.reported?.shown ?? '–' },
          ]}
        />
      }
    />
  )
}

interface Content {
  readonly readings: GroupedBarsProps['readings']
  readonly groups: readonly ReadingGroup[]
  readonly printed: string
  readonly show: (value: number) => string
}

const BAR = 16
const DIAMOND = 6

function drawGroups(canvas: Canvas, scope: string, { readings, groups, printed, show }: Content): Drawing {
  const largest = Math.max(
    Number.EPSILON,
    ...groups.flatMap((group) => [...Object.values(group.values), group.reported?.value ?? 0]),
  )
  const labelRoom = canvas.narrow ? 0 : canvas.width * 0.32
  const valueRoom =
    12 + Math.max(...groups.flatMap((group) => Object.values(group.values).map((value) => textWidth(show(value), FONT_SIZE))), 40)
  const length = scaleLinear()
    .domain([0, largest])
    .range([0, canvas.width - labelRoom - valueRoom])
  const key = drawKey(canvas, scope, readings, groups.some((group) => group.reported) ? printed : undefined)
  let top = key.height + 10
  const drawn = groups.map((group) => {
    const lines = wrapText(group.label, canvas.narrow ? canvas.width : labelRoom - 12, FONT_SIZE)
    const textHeight = lines.length * FONT_SIZE * LINE_HEIGHT
    const shown = readings.filter((reading) => group.values[reading.key] !== undefined)
    const barsTop = canvas.narrow ? top + textHeight + 4 : top
    const barsHeight = shown.length * (BAR + 3)
    const printedRoom = group.reported ? 20 : 0
    const labelY = canvas.narrow ? top + textHeight / 2 : top + Math.max(barsHeight, textHeight) / 2
    top = barsTop + Math.max(barsHeight, canvas.narrow ? 0 : textHeight) + printedRoom + 14
    return (
      <g key={group.key}>
        <ChartText
          x={canvas.narrow ? canvas.x(0) : canvas.x(labelRoom - 12)}
          y={labelY}
          anchor={canvas.narrow ? canvas.start : canvas.end}
          lines={lines}
        />
        {shown.map((reading, index) => {
          const value = group.values[reading.key] ?? 0
          const y = barsTop + index * (BAR + 3)
          return (
            <g key={reading.key}>
              <rect
                x={canvas.box(labelRoom, length(value))}
                y={round(y)}
                width={round(length(value))}
                height={BAR}
                fill={seriesFill(scope, readings.indexOf(reading))}
              />
              <ChartText
                x={canvas.x(labelRoom + length(value) + 8)}
                y={y + BAR / 2}
                anchor={canvas.start}
                lines={[show(value)]}
                bold
              />
            </g>
          )
        })}
        {group.reported && (
          <Printed
            canvas={canvas}
            at={labelRoom + length(group.reported.value)}
            top={barsTop - 3}
            height={barsHeight}
            shown={group.reported.shown}
          />
        )}
      </g>
    )
  })
  return {
    height: top,
    content: (
      <>
        <Patterns scope={scope} series={readings.length} />
        {key.content}
        {drawn}
        <line x1={canvas.x(labelRoom)} x2={canvas.x(labelRoom)} y1={round(key.height + 6)} y2={round(top - 10)} stroke={LINE} />
      </>
    ),
  }
}

/** The line is white-edged so that it is seen across a dark bar; the words stand under the bars, beside the diamond. */
function Printed({
  canvas,
  at,
  top,
  height,
  shown,
}: {
  readonly canvas: Canvas
  readonly at: number
  readonly top: number
  readonly height: number
  readonly shown: string
}) {
  const x = canvas.x(at)
  const y = round(top + height + 10)
  const room = textWidth(shown, SMALL_FONT_SIZE) + DIAMOND + 4
  const before = at + room > canvas.width
  return (
    <>
      <line x1={x} x2={x} y1={round(top)} y2={y} stroke="#fff" stroke-width="5" />
      <line x1={x} x2={x} y1={round(top)} y2={y} stroke={INK} stroke-width="1.8" />
      <Diamond x={x} y={y} />
      <ChartText
        x={canvas.x(before ? at - DIAMOND - 4 : at + DIAMOND + 4)}
        y={y}
        anchor={before ? canvas.end : canvas.start}
        lines={[shown]}
        size={SMALL_FONT_SIZE}
        fill={MUTED}
      />
    </>
  )
}

function Diamond({ x, y }: { readonly x: number; readonly y: number }) {
  const d = `M${x} ${round(y - DIAMOND)}L${round(x + DIAMOND)} ${y}L${x} ${round(y + DIAMOND)}L${round(x - DIAMOND)} ${y}Z`
  return <path d={d} fill="#fff" stroke={INK} stroke-width="1.8" />
}

/** What each bar is, above the first group; words in ink, colour and pattern in the swatch. */
function drawKey(canvas: Canvas, scope: string, readings: Content['readings'], printed: string | undefined): Drawing {
  const entries = [...readings.map((reading) => reading.label), ...(printed === undefined ? [] : [printed])]
  let y = 0
  const content = entries.map((label, index) => {
    const lines = wrapText(label, canvas.width - 26, FONT_SIZE)
    const height = lines.length * FONT_SIZE * LINE_HEIGHT + 5
    const middle = y + height / 2
    y += height
    return (
      <g key={label}>
        {index < readings.length ? (
          <rect x={canvas.box(0, 16)} y={round(middle - 7)} width="16" height="14" fill={seriesFill(scope, index)} />
        ) : (
          <Diamond x={canvas.x(8)} y={round(middle)} />
        )}
        <ChartText x={canvas.x(26)} y={middle} anchor={canvas.start} lines={lines} />
      </g>
    )
  })
  return { height: y, content }
}
