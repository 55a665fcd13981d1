/** White space of texts, looked at before it is changed: most texts are right already and are not copied. */

/** Only single spaces between words. */
export function collapsed(text: string): string {
  return isCollapsed(text) ? text : text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '')
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

function isCollapsed(text: string): boolean {
  const last = text.length - 1
  if (last === -1) return true
  if (text.charCodeAt(0) <= 32 || text.charCodeAt(last) <= 32) return false
  let before = 0
  for (let at = 0; at <= last; at++) {
    const code = text.charCodeAt(at)
    if (code <= 32 && (code !== 32 || before === 32)) return false
    before = code
  }
  return true
}
