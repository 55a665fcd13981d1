/** Text inside a drawing, in one or more lines, centred around its height. */
import { FONT_SIZE, round } from './canvas.ts'
import { INK } from './palette.tsx'

export interface ChartTextProps {
  readonly x: number
  /** Middle of the lines. */
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly lines: readonly string[]
  readonly size?: number | undefined
  readonly fill?: string | undefined
  readonly bold?: boolean | undefined
}

export const LINE_HEIGHT = 1.25

/** Each line is a text of its own, so that the rules of mixed direction apply line by line. */
export function ChartText({ x, y, anchor, lines, size = FONT_SIZE, fill = INK, bold = false }: ChartTextProps) {
  const step = size * LINE_HEIGHT
  // 0.35 em: from the middle of a letter down to its base line.
  const first = y - ((lines.length - 1) * step) / 2 + size * 0.35
  return (
    <>
      {lines.map((line, index) => (
        <text
          key={`${index} ${line}`}
          x={x}
          y={round(first + index * step)}
          text-anchor={anchor}
          font-size={size}
          fill={fill}
          font-weight={bold ? 600 : undefined}
        >
          {line}
        </text>
      ))}
    </>
  )
}
