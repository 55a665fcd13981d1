/**
 * Counts by area as bubbles over dotted land, with arcs between partners. No border is drawn. Each bubble has a minimum
 * size, so that a small island State is never lost; areas without a point are counted in words and stand in the table.
 * A map is not mirrored: east stays on the right in every language.
 */
import { geoEqualEarth } from 'd3-geo'
import { scaleSqrt } from 'd3-scale'
import { NotStated } from '../components/not-stated.tsx'
import { useTranslator } from '../components/translator-context.ts'
import { AREA_POINTS } from './area-points.ts'
import { type Canvas, round, SMALL_FONT_SIZE } from './canvas.ts'
import { ChartFrame, type ChartProps, type Drawing } from './chart-frame.tsx'
import { ChartText } from './chart-text.tsx'
import { type ChartValue, sortedValues } from './chart-value.ts'
import { LAND_DOTS } from './land-dots.ts'
import { ACCENT } from './palette.tsx'
import { textWidth } from './text-measure.ts'
import { ValueTable } from './value-table.tsx'

export interface MapLink {
  /** ISO 3166-1 alpha-3 codes. */
  readonly from: string
  readonly to: string
  readonly value: number
}

export interface BubbleMapProps extends ChartProps {
  /** `key` is the ISO 3166-1 alpha-3 code of the area. */
  readonly areas: readonly ChartValue[]
  readonly links?: readonly MapLink[] | undefined
  /** Head of the table's first column: "Country or area". */
  readonly category?: string | undefined
}

/** Beyond this the arcs become a knot; the largest are drawn. */
const MOST_ARCS = 60

export function BubbleMap({ areas, links = [], category, note, ...frame }: BubbleMapProps) {
  const t = useTranslator()
  const sorted = sortedValues(t, areas)
  const unplaced = sorted.filter((area) => !area.notStated && !AREA_POINTS.has(area.key)).length
  const unknown = sorted.filter((area) => area.notStated).reduce((sum, area) => sum + area.value, 0)
  return (
    <ChartFrame
      {...frame}
      note={
        <>
          {note} {t('components.chart.map-note')} {unplaced > 0 && t('components.chart.not-placed', { count: unplaced })}
          {unknown > 0 && (
            <>
              {' '}
              <NotStated count={unknown} />
            </>
          )}
        </>
      }
      draw={(canvas) => drawMap(canvas, sorted, links, (value) => t.number(value))}
      table={<ValueTable caption={frame.title} definition={frame.subtitle} values={sorted} unit="count" category={category} />}
    />
  )
}

interface Bubble {
  readonly area: ChartValue
  readonly x: number
  readonly y: number
  readonly r: number
}

/** Edges of the drawing: Greenland above, Cape Horn and Bouvet Island below. */
const NORTHERNMOST = 83
const SOUTHERNMOST = -58

/** In units of the drawing; on a telephone still about three pixels. */
const SMALLEST = 3.2

function drawMap(
  canvas: Canvas,
  areas: readonly ChartValue[],
  links: readonly MapLink[],
  show: (value: number) => string,
): Drawing {
  // Turned by 11 degrees: the cut runs through the Bering Strait and no land is torn apart.
  const projection = geoEqualEarth().rotate([-11, 0]).fitWidth(canvas.width, { type: 'Sphere' })
  const north = (projection([11, NORTHERNMOST])?.[1] ?? 0) - 8
  const height = (projection([11, SOUTHERNMOST])?.[1] ?? canvas.width / 2) - north
  const project = (longitude: number, latitude: number): readonly [number, number] | null => {
    const at = projection([longitude, latitude])
    return at && [at[0], at[1] - north]
  }
  const place = (code: string) => {
    const point = AREA_POINTS.get(code)
    return point ? project(point[0], point[1]) : null
  }
  const radius = scaleSqrt()
    .domain([0, Math.max(1, ...areas.map((area) => area.value))])
    .range([0, canvas.narrow ? 13 : 24])
  const bubbles = areas.flatMap((area): Bubble[] => {
    const at = place(area.key)
    return at ? [{ area, x: round(at[0]), y: round(at[1]), r: round(Math.max(SMALLEST, radius(area.value))) }] : []
  })
  const dots = LAND_DOTS.map(([longitude, latitude]) => project(longitude, latitude))
    .map((at) => (at ? `M${Math.round(at[0])} ${Math.round(at[1])}h0` : ''))
    .join('')
  return {
    height,
    content: (
      <>
        <path d={dots} stroke="#d3dadc" stroke-width={canvas.narrow ? 2.4 : 4.6} stroke-linecap="round" />
        <Arcs links={links} place={place} />
        {bubbles.map((bubble) => (
          <circle
            key={bubble.area.key}
            cx={bubble.x}
            cy={bubble.y}
            r={bubble.r}
            fill={ACCENT}
            fill-opacity="0.72"
            stroke="#fff"
            stroke-width="1"
          >
            <title>{`${bubble.area.label}: ${show(bubble.area.value)}`}</title>
          </circle>
        ))}
        <BubbleLabels bubbles={bubbles} canvas={canvas} show={show} height={height} />
      </>
    ),
  }
}

interface ArcsProps {
  readonly links: readonly MapLink[]
  readonly place: (code: string) => readonly [number, number] | null
}

function Arcs({ links, place }: ArcsProps) {
  const width = scaleSqrt()
    .domain([0, Math.max(1, ...links.map((link) => link.value))])
    .range([0.6, 4])
  const drawn = [...links].sort((a, b) => b.value - a.value).slice(0, MOST_ARCS)
  return (
    <g fill="none" stroke="#c8691c" stroke-opacity="0.55" stroke-linecap="round">
      {drawn.map((link) => {
        const from = place(link.from)
        const to = place(link.to)
        if (!from || !to || link.from === link.to) return null
        // The arc rises by a fifth of its length, always towards the upper edge.
        const rise = Math.hypot(to[0] - from[0], to[1] - from[1]) * 0.2
        const control = `${round((from[0] + to[0]) / 2)} ${round((from[1] + to[1]) / 2 - rise)}`
        return (
          <path
            key={`${link.from} ${link.to}`}
            d={`M${round(from[0])} ${round(from[1])}Q${control} ${round(to[0])} ${round(to[1])}`}
            stroke-width={round(width(link.value))}
          />
        )
      })}
    </g>
  )
}

interface BubbleLabelsProps {
  readonly bubbles: readonly Bubble[]
  readonly canvas: Canvas
  readonly height: number
  readonly show: (value: number) => string
}

/** Names of the largest bubbles, on the side where they cover neither another bubble nor a name. */
function BubbleLabels({ bubbles, canvas, height, show }: BubbleLabelsProps) {
  const taken: Box[] = bubbles.map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }))
  const labels = []
  const most = canvas.narrow ? 4 : 9
  for (const [index, bubble] of bubbles.slice(0, most * 3).entries()) {
    if (labels.length >= most) break
    const text = `${bubble.area.label} ${show(bubble.area.value)}`
    const width = textWidth(text, SMALL_FONT_SIZE)
    const free = placesAround(bubble, width).find(({ box }) => {
      const inside = box.left >= 0 && box.right <= canvas.width && box.top >= 0 && box.bottom <= height
      return inside && !taken.some((other, otherIndex) => otherIndex !== index && overlaps(box, other))
    })
    if (!free) continue
    taken.push(free.box)
    labels.push(
      <g key={bubble.area.key} paint-order="stroke" stroke="#fff" stroke-width="3" stroke-linejoin="round">
        <ChartText x={round(free.x)} y={round(free.y)} anchor={free.anchor} lines={[text]} size={SMALL_FONT_SIZE} />
      </g>,
    )
  }
  return <>{labels}</>
}

interface LabelPlace {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly box: Box
}

/** Right, left, above, below. */
function placesAround({ x, y, r }: Bubble, width: number): readonly LabelPlace[] {
  const half = SMALL_FONT_SIZE * 0.65
  const beside = (side: number): LabelPlace => {
    const edge = x + side * (r + 4)
    const box = {
      left: Math.min(edge, edge + side * width),
      right: Math.max(edge, edge + side * width),
      top: y - half,
      bottom: y + half,
    }
    return { x: edge, y, anchor: side > 0 ? 'start' : 'end', box }
  }
  const stacked = (side: number): LabelPlace => {
    const middle = y + side * (r + half + 2)
    return {
      x,
      y: middle,
      anchor: 'middle',
      box: { left: x - width / 2, right: x + width / 2, top: middle - half, bottom: middle + half },
    }
  }
  return [beside(1), beside(-1), stacked(-1), stacked(1)]
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
