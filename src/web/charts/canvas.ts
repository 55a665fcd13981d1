/**
 * Drawing in reading direction. Charts are laid out from the start of the line; in Arabic the canvas mirrors every x and
 * swaps the anchors. The style sheet keeps the direction of SVG itself left to right, so that anchors stay physical.
 */
export interface Canvas {
  readonly width: number
  readonly narrow: boolean
  /** Physical x of a point. */
  x(along: number): number
  /** Physical left edge of a box that begins at `along` and is `width` long. */
  box(along: number, width: number): number
  readonly start: 'start' | 'end'
  readonly end: 'start' | 'end'
}

/** Widths of the two drawings in their own units: about the pixels of a text column, and of a telephone at 320. */
export const WIDE = 720
export const NARROW = 300

export const FONT_SIZE = 15
export const SMALL_FONT_SIZE = 13

export function canvasFor(width: number, dir: 'ltr' | 'rtl'): Canvas {
  const mirrored = dir === 'rtl'
  return {
    width,
    narrow: width === NARROW,
    x: (along) => round(mirrored ? width - along : along),
    box: (along, boxWidth) => round(mirrored ? width - along - boxWidth : along),
    start: mirrored ? 'end' : 'start',
    end: mirrored ? 'start' : 'end',
  }
}

/** A tenth of a unit is finer than any screen shows and keeps the page light. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}
