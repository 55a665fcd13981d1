/**
 * Who works with whom: a row for each side that gives, a column for each partner, grouped by region. Long lists keep the
 * largest and gather the rest in one line "others"; the table has every pair.
 */
import { scaleSqrt } from 'd3-scale'
import { DataTable } from '../components/data-table.tsx'
import { NumberDoor } from '../components/number-door.tsx'
import { useTranslator } from '../components/translator-context.ts'
import { type Canvas, round, SMALL_FONT_SIZE } from './canvas.ts'
import { ChartFrame, type ChartProps, type Drawing } from './chart-frame.tsx'
import { ChartText } from './chart-text.tsx'
import { INK, LINE, MUTED, Patterns, unknownFill } from './palette.tsx'
import { textWidth, wrapText } from './text-measure.ts'

export interface MatrixParty {
  readonly key: string
  readonly label: string
  /** Name of the region; parties of a region stand together, regions in the order in which they first appear. */
  readonly region?: string | undefined
  /** Stands last and is never gathered into "others". */
  readonly notStated?: boolean | undefined
}

export interface MatrixFlow {
  readonly from: string
  readonly to: string
  readonly value: number
  readonly href?: string | undefined
}

export interface MatrixProps extends ChartProps {
  readonly rows: readonly MatrixParty[]
  readonly columns: readonly MatrixParty[]
  readonly flows: readonly MatrixFlow[]
  /** Rows and columns drawn at most; a telephone shows half. */
  readonly limit?: number | undefined
  readonly rowsLabel?: string | undefined
  readonly columnsLabel?: string | undefined
}

const OTHERS = '\u0000others'

export function Matrix({ rows, columns, flows, limit = 14, rowsLabel, columnsLabel, ...frame }: MatrixProps) {
  const t = useTranslator()
  const fromLabel = rowsLabel ?? t('components.chart.from')
  const toLabel = columnsLabel ?? t('components.chart.to')
  const names = (parties: readonly MatrixParty[]) => new Map(parties.map((party) => [party.key, party.label]))
  const rowNames = names(rows)
  const columnNames = names(columns)
  const sorted = [...flows].sort((a, b) => b.value - a.value)
  return (
    <ChartFrame
      {...frame}
      draw={(canvas, scope) => {
        const most = canvas.narrow ? Math.ceil(limit / 2) : limit
        const others = (count: number) => t('components.chart.others', { count })
        const side = (parties: readonly MatrixParty[], end: 'from' | 'to') => arrange(parties, flows, end, most, others)
        return drawMatrix(canvas, scope, side(rows, 'from'), side(columns, 'to'), flows, (value) => t.number(value))
      }}
      table={
        <DataTable
          caption={frame.title}
          captionHidden
          rows={sorted}
          rowKey={(flow) => `${flow.from} ${flow.to}`}
          columns={[
            { key: 'from', label: fromLabel, cell: (flow: MatrixFlow) => rowNames.get(flow.from) ?? flow.from },
            { key: 'to', label: toLabel, cell: (flow: MatrixFlow) => columnNames.get(flow.to) ?? flow.to },
            {
              key: 'value',
              label: t('components.chart.value'),
              kind: 'number',
              cell: (flow: MatrixFlow) =>
                flow.href === undefined ? (
                  t.number(flow.value)
                ) : (
                  <NumberDoor href={flow.href} definition={frame.subtitle} value={flow.value}>
                    {t.number(flow.value)}
                  </NumberDoor>
                ),
            },
          ]}
        />
      }
    />
  )
}

interface Side {
  readonly parties: readonly MatrixParty[]
  /** The line under which a party is counted: its own or "others". */
  readonly lineOf: ReadonlyMap<string, string>
}

function arrange(
  parties: readonly MatrixParty[],
  flows: readonly MatrixFlow[],
  end: 'from' | 'to',
  most: number,
  others: (count: number) => string,
): Side {
  const totals = new Map<string, number>()
  for (const flow of flows) totals.set(flow[end], (totals.get(flow[end]) ?? 0) + flow.value)
  const total = (party: MatrixParty) => totals.get(party.key) ?? 0
  const named = parties.filter((party) => !party.notStated && total(party) > 0).sort((a, b) => total(b) - total(a))
  // One line more than the limit is drawn as itself: "1 other" would take the same room and say less.
  const kept = named.length <= most + 1 ? named : named.slice(0, most)
  const rest = named.slice(kept.length)
  const regions = [...new Set(parties.map((party) => party.region ?? ''))]
  const byRegion = [...kept].sort(
    (a, b) => regions.indexOf(a.region ?? '') - regions.indexOf(b.region ?? '') || total(b) - total(a),
  )
  const unknown = parties.filter((party) => party.notStated && total(party) > 0)
  return {
    parties: [...byRegion, ...(rest.length > 0 ? [{ key: OTHERS, label: others(rest.length) }] : []), ...unknown],
    lineOf: new Map([
      ...[...kept, ...unknown].map((party) => [party.key, party.key] as const),
      ...rest.map((party) => [party.key, OTHERS] as const),
    ]),
  }
}

const REGION_GAP = 6
const REGION_HEAD = 20

/** From a light tint to the accent: lightness alone tells more from less. */
const STEPS = ['#e1eeee', '#b3d3d4', '#79adb1', '#3b8088', '#0a5a63'] as const

function drawMatrix(
  canvas: Canvas,
  scope: string,
  rows: Side,
  columns: Side,
  flows: readonly MatrixFlow[],
  show: (value: number) => string,
): Drawing {
  const cells = new Map<string, number>()
  for (const flow of flows) {
    const key = `${rows.lineOf.get(flow.from)}\u0001${columns.lineOf.get(flow.to)}`
    cells.set(key, (cells.get(key) ?? 0) + flow.value)
  }
  const step = scaleSqrt()
    .domain([0, Math.max(1, ...cells.values())])
    .range([0, STEPS.length - 0.001])
  const labelRoom = canvas.narrow ? 110 : 190
  const longest = Math.min(
    canvas.narrow ? 220 : 260,
    Math.max(...columns.parties.map((party) => textWidth(party.label, SMALL_FONT_SIZE))),
  )
  // On a telephone the names of columns stand upright; in a text column they lean, which reads better.
  const lean = canvas.narrow ? 0 : longest * 0.7
  const headRoom = (canvas.narrow ? longest : longest * 0.72) + 12
  const breaks = columns.parties.filter((party, index) => index > 0 && party.region !== columns.parties[index - 1]?.region).length
  const cell = Math.min(34, (canvas.width - labelRoom - lean - 8 - breaks * REGION_GAP) / Math.max(1, columns.parties.length))

  const columnAt = new Map<string, number>()
  let along = labelRoom + 8
  columns.parties.forEach((party, index) => {
    if (index > 0 && party.region !== columns.parties[index - 1]?.region) along += REGION_GAP
    columnAt.set(party.key, along)
    along += cell
  })
  const right = along
  let top = headRoom
  const lines = rows.parties.map((row, index) => {
    const newRegion = row.region !== rows.parties[index - 1]?.region
    const headed = newRegion && row.region !== undefined && row.region !== ''
    if (headed) top += REGION_HEAD
    else if (newRegion) top += REGION_GAP
    const y = top
    top += cell
    return (
      <g key={row.key}>
        {headed && row.region !== undefined && (
          <ChartText
            x={canvas.x(0)}
            y={y - 9}
            anchor={canvas.start}
            lines={[row.region]}
            size={SMALL_FONT_SIZE}
            fill={MUTED}
            bold
          />
        )}
        <ChartText
          x={canvas.x(labelRoom)}
          y={y + cell / 2}
          anchor={canvas.end}
          lines={wrapText(row.label, labelRoom, SMALL_FONT_SIZE, cell >= 2 * SMALL_FONT_SIZE ? 2 : 1)}
          size={SMALL_FONT_SIZE}
        />
        {columns.parties.map((column) => {
          const value = cells.get(`${row.key}\u0001${column.key}`)
          const at = columnAt.get(column.key) ?? 0
          const shade = value === undefined ? -1 : Math.floor(step(value))
          const unknown = row.notStated || column.notStated
          const fill = value === undefined ? '#fff' : unknown ? unknownFill(scope) : (STEPS[shade] ?? STEPS[0])
          return (
            <g key={column.key}>
              <rect
                x={canvas.box(at + 0.5, cell - 1)}
                y={round(y + 0.5)}
                width={round(cell - 1)}
                height={round(cell - 1)}
                fill={fill}
                stroke={value === undefined ? '#eceff1' : 'none'}
              />
              {value !== undefined && (
                <CellText
                  x={canvas.x(at + cell / 2)}
                  y={y + cell / 2}
                  text={show(value)}
                  size={Math.min(SMALL_FONT_SIZE, (cell - 4) / Math.max(1, show(value).length * 0.6))}
                  light={shade >= 3 && !unknown}
                  plate={unknown ?? false}
                />
              )}
            </g>
          )
        })}
      </g>
    )
  })
  return {
    height: top + 6,
    content: (
      <>
        <Patterns scope={scope} unknown />
        {columns.parties.map((column) => {
          const x = canvas.x((columnAt.get(column.key) ?? 0) + cell / 2)
          const mirrored = canvas.start === 'end'
          const turn = canvas.narrow ? (mirrored ? 90 : -90) : mirrored ? 45 : -45
          return (
            <g key={column.key} transform={`translate(${x} ${round(headRoom - 5)}) rotate(${turn})`}>
              <ChartText
                x={0}
                y={0}
                anchor={canvas.start}
                lines={wrapText(column.label, longest, SMALL_FONT_SIZE, 1)}
                size={SMALL_FONT_SIZE}
              />
            </g>
          )
        })}
        {lines}
        <line x1={canvas.x(labelRoom + 8)} x2={canvas.x(right)} y1={round(headRoom)} y2={round(headRoom)} stroke={LINE} />
      </>
    ),
  }
}

interface CellTextProps {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly size: number
  readonly light: boolean
  /** A white plate under the number, where the cell is hatched. */
  readonly plate: boolean
}

function CellText({ x, y, text, size, light, plate }: CellTextProps) {
  const width = textWidth(text, size) + 4
  return (
    <>
      {plate && (
        <rect x={round(x - width / 2)} y={round(y - size * 0.6)} width={round(width)} height={round(size * 1.2)} fill="#fff" />
      )}
      <ChartText x={x} y={y} anchor="middle" lines={[text]} size={round(size)} fill={light ? '#fff' : INK} />
    </>
  )
}
