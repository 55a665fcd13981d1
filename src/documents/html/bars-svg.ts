/**
 * Bars of a document's figure as SVG text: one group a year, the label above each bar, so that no name is cut in any language and
 * the same drawing serves a column and a telephone. Anchors are physical; in Arabic the drawing is mirrored here.
 */
import type { DocumentFigure } from '../document-model.ts'
import { escapeHtml } from './escape-html.ts'

const WIDE = 720
const NARROW = 320
const FONT = 15
const LINE = 21
const BAR = 16
const GAP = 11
/** Room behind the longest bar for "100.00% (469)". */
const VALUE_ROOM = 130

/** Right-to-left words inside a drawing whose own direction stays left to right. */
function isolated(words: string): string {
  return `\u2067${words}\u2069`
}

/** Two drawings, of which the style sheet shows the one that fits. */
export function barsSvg(figure: DocumentFigure, dir: 'ltr' | 'rtl'): string {
  return draw(figure, dir, WIDE, 'chart-wide') + draw(figure, dir, NARROW, 'chart-narrow')
}

function draw({ id, groups, alt }: DocumentFigure, dir: 'ltr' | 'rtl', width: number, name: string): string {
  const pattern = `${id}-${name}-unknown`
  const at = (along: number) => (dir === 'rtl' ? width - along : along)
  const anchor = dir === 'rtl' ? 'end' : 'start'
  const text = (along: number, y: number, words: string, extra = '') =>
    `<text x="${at(along)}" y="${y}" text-anchor="${anchor}"${extra}>${escapeHtml(dir === 'rtl' ? isolated(words) : words)}</text>`
  const longest = Math.max(Number.EPSILON, ...groups.flatMap(({ bars }) => bars.map(({ share }) => share)))
  let y = 0
  const parts: string[] = []
  for (const [index, group] of groups.entries()) {
    if (index > 0) y += 14
    parts.push(text(0, y + FONT, group.label, ' font-weight="650"'))
    y += LINE + 6
    for (const bar of group.bars) {
      const length = Math.round((bar.share / longest) * (width - VALUE_ROOM) * 10) / 10
      parts.push(text(0, y + FONT, bar.label))
      y += LINE
      const x = dir === 'rtl' ? width - length : 0
      parts.push(
        `<rect x="${x}" y="${y}" width="${length}" height="${BAR}" fill="${bar.notStated ? `url(#${pattern})` : '#0a5a63'}"/>`,
        text(length + 7, y + 13, bar.shown, ' font-weight="650"'),
        text(length + 72, y + 13, `(${bar.count})`, ' fill="#55606a" font-size="13"'),
      )
      y += BAR + GAP
    }
  }
  return (
    `<svg class="${name}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" role="img" direction="ltr" ` +
    `font-size="${FONT}" fill="#1a2228" aria-label="${escapeHtml(alt)}">` +
    `<defs><pattern id="${pattern}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
    '<rect width="6" height="6" fill="#fff"/><rect width="2.5" height="6" fill="#8a8f94"/></pattern></defs>' +
    `${parts.join('')}</svg>`
  )
}
