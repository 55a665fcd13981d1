/**
 * Colours and patterns. Series are told apart by hue, by lightness and, beyond the first, by a pattern: a chart must
 * survive a black and white copier. "Not stated" always has the same grey hatching.
 */
export const INK = '#1a2228'
export const MUTED = '#55606a'
export const LINE = '#c9ced3'
export const ACCENT = '#0a5a63'
export const UNKNOWN = '#8a8f94'

export const SERIES = ['#0a5a63', '#c8691c', '#5b4b9a', '#2f7d4f', '#b03a5b', '#7a6a1f', '#3a7fb5'] as const

/** White strokes over the colour of series 2 to 7; series 1 is plain. Tiles of 8 units. */
const STROKES = ['', 'M0 8L8 0', 'M0 4H8', 'M4 0V8', 'M0 0L8 8', 'M4 0V8M0 4H8', 'M0 8L8 0M0 0L8 8'] as const

export function seriesFill(scope: string, index: number): string {
  const place = index % SERIES.length
  return place === 0 ? SERIES[0] : `url(#${scope}-series-${place})`
}

export function unknownFill(scope: string): string {
  return `url(#${scope}-unknown)`
}

export interface PatternsProps {
  /** Unique on the page: the patterns' ids begin with it. */
  readonly scope: string
  readonly series?: number | undefined
  readonly unknown?: boolean | undefined
}

export function Patterns({ scope, series = 1, unknown = false }: PatternsProps) {
  return (
    <defs>
      {unknown && (
        <pattern id={`${scope}-unknown`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="#fff" />
          <rect width="2.5" height="6" fill={UNKNOWN} />
        </pattern>
      )}
      {SERIES.slice(1, series).map((colour, index) => (
        <pattern key={colour} id={`${scope}-series-${index + 1}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill={colour} />
          <path d={STROKES[index + 1]} stroke="#fff" stroke-width="1.2" stroke-opacity="0.6" />
        </pattern>
      ))}
    </defs>
  )
}
