/**
 * How wide a text will be, without a browser: average advance of each script's letters in the sans fonts that we name,
 * measured on Noto Sans and rounded up, so that a label is rather given too much room than clipped.
 */

/** Widths in em. */
function advanceOf(letter: string): number {
  if (/[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFFEF]/.test(letter)) return 1
  if (/[\u0300-\u036F\u064B-\u0652\u200B-\u200F\u2066-\u2069]/.test(letter)) return 0
  if (/[\u0600-\u06FF\u0750-\u077F]/.test(letter)) return 0.52
  if (/[МШЩЖЮФЫмшщжюфыMWmw@%]/.test(letter)) return 0.88
  if (/[\u0410-\u042F\u0401A-Z]/.test(letter)) return 0.67
  if (/[\u0430-\u04FF]/.test(letter)) return 0.58
  if (/[\s.,:;!'’|ijlI()[\]-]/.test(letter)) return 0.31
  return 0.57
}

/** Width in the units of `fontSize`. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0
  for (const letter of text) em += advanceOf(letter)
  return em * fontSize
}

/**
 * Breaks a label into at most `maxLines` lines that fit `maxWidth`. What still does not fit ends in an ellipsis;
 * the table under the chart has it whole.
 */
export function wrapText(text: string, maxWidth: number, fontSize: number, maxLines = 2): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text, maxWidth, fontSize)) {
    const longer = line + piece
    if (line === '' || textWidth(longer.trimEnd(), fontSize) <= maxWidth) {
      line = longer
    } else {
      lines.push(line.trim())
      line = piece
    }
  }
  if (line.trim() !== '') lines.push(line.trim())
  if (lines.length <= maxLines) return lines
  const kept = lines.slice(0, maxLines)
  return [...kept.slice(0, -1), shorten(`${kept.at(-1) ?? ''} ${lines[maxLines] ?? ''}`, maxWidth, fontSize)]
}

/** Where a line may break: after spaces, between Chinese characters, and inside a word that alone is too long. */
function piecesOf(text: string, maxWidth: number, fontSize: number): string[] {
  const words = text.match(/[\u2E80-\u9FFF\uFF00-\uFFEF]|[^\s\u2E80-\u9FFF\uFF00-\uFFEF]+\s*|\s+/g) ?? []
  return words.flatMap((word) => {
    if (textWidth(word.trimEnd(), fontSize) <= maxWidth) return [word]
    const parts: string[] = []
    let part = ''
    for (const letter of word) {
      if (part !== '' && textWidth(part + letter, fontSize) > maxWidth) {
        parts.push(part)
        part = ''
      }
      part += letter
    }
    return part === '' ? parts : [...parts, part]
  })
}

function shorten(text: string, maxWidth: number, fontSize: number): string {
  let letters = [...text]
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, fontSize) > maxWidth) letters = letters.slice(0, -1)
  return `${letters.join('').trimEnd()}…`
}
