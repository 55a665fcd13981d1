/** White space of texts, looked at before it is changed: most texts are right already and are not copied. */

/** Only single spaces between words. */
export function collapsed(text: string): string {
  if (isCollapsed(text)) return text
  const start = firstWord(text)
  if (start === text.length) return ''
  const trimmed = text.slice(start).trimEnd()
  return isCollapsed(trimmed) ? trimmed : trimmed.replace(/[ \t\r\n]+/g, ' ')
}

/** As `collapsed`, but an empty line between paragraphs stays one. */
export function paragraphs(text: string): string {
  if (isCollapsed(text)) return text
  return text
    .split(/\n[ \t\r]*\n/)
    .map(collapsed)
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
}

/** Length of the text when it has no word: what stands between elements is mostly a line break and an indent. */
function firstWord(text: string): number {
  let at = 0
  while (at < text.length && text.charCodeAt(at) <= SPACE) at++
  return at
}

const SPACE = 32

/** Searches of the runtime are faster than a loop, but for short texts. */
function isCollapsed(text: string): boolean {
  const { length } = text
  if (length === 0) return true
  if (text.charCodeAt(0) <= SPACE || text.charCodeAt(length - 1) <= SPACE) return false
  if (length > 40) return !(text.includes('\n') || text.includes('  ') || text.includes('\t') || text.includes('\r'))
  let before = 0
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code <= SPACE && (code !== SPACE || before === SPACE)) return false
    before = code
  }
  return true
}
