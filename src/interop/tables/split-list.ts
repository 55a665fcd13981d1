/**
 * A cell that names several things, taken apart. Commas and the word "and" stand inside many names ("Tanzania, United
 * Republic of", "Bosnia and Herzegovina"), so pieces are put together again whenever together they are a known name.
 */
import { LOOKED_AT } from './limits.ts'

/** Whether a text names a known thing: a country, a code. */
export type IsKnown = (text: string) => boolean

export interface ListItem {
  readonly text: string
  /** 0 to 1, from "Kenya (60 %)". */
  readonly share?: number
}

/** Separators that stand in no name. */
const STRONG = /[|;；؛\n\r\t•]+/
/** Separators that also stand inside names; each is a group so that the text between can be put together again. */
const WEAK = /(\s*[,，、،/+&]\s*|\s+(?:and|et|y|e|и|og|und)\s+|\s*(?:和|与|及|以及)\s*|\s+و\s+|\s+[-–—]\s+)/i
/** The Arabic "and" is written together with the word behind it. */
const ARABIC_AND = /\s+و(?=\S)/
/** Names are put together from at most this many pieces. */
const PIECES_IN_A_NAME = 5

export interface SplitOptions {
  /** Also split at weak separators although nothing is known, as lists of countries with typing errors need. */
  readonly splitUnknown: boolean
  /** The one separator that a person has chosen; nothing else is tried. */
  readonly separator?: string
}

export function splitList(text: string, isKnown: IsKnown, options: SplitOptions): ListItem[] {
  const plain = text.trim()
  if (plain === '') return []
  const strong =
    options.separator !== undefined && options.separator !== '' ? plain.split(options.separator) : plain.split(STRONG)
  const items: ListItem[] = []
  for (const part of strong) {
    const pieces = options.separator ? [part] : splitWeak(part.trim(), isKnown, options.splitUnknown)
    for (const piece of pieces) {
      const item = withShare(piece)
      if (item.text !== '') items.push(item)
    }
  }
  return items
}

function splitWeak(part: string, isKnown: IsKnown, splitUnknown: boolean): string[] {
  const known = (text: string) => isKnown(withShare(text).text)
  if (part === '' || known(part)) return [part]
  const tokens = splitOutsideBrackets(part)
  const found: string[] = []
  let anyKnown = false
  let allKnown = true
  // Pieces stand at even places, separators at odd ones.
  for (let at = 0; at < tokens.length; ) {
    let end = Math.min(tokens.length, at + PIECES_IN_A_NAME * 2 - 1)
    while (end > at + 1 && !known(tokens.slice(at, end).join(''))) end -= 2
    const name = tokens.slice(at, end).join('').trim()
    const arabic = !known(name) && ARABIC_AND.test(name) ? name.split(ARABIC_AND) : []
    if (arabic.length > 1 && arabic.every(known)) {
      found.push(...arabic)
      anyKnown = true
    } else if (name !== '') {
      if (known(name)) anyKnown = true
      else allKnown = false
      found.push(name)
    }
    at = end + 1
  }
  if (splitUnknown ? anyKnown || onlyListMarks(tokens) : allKnown) return found
  return [part]
}

/** Commas and slashes alone make a list even of unknown words; "and" does not. */
function onlyListMarks(tokens: readonly string[]): boolean {
  return tokens.every((token, at) => at % 2 === 0 || /^\s*[,，、،/+]\s*$/.test(token))
}

function splitOutsideBrackets(part: string): string[] {
  const tokens: string[] = []
  let depth = 0
  let held = ''
  for (const [at, token] of part.split(WEAK).entries()) {
    const isSeparator = at % 2 === 1
    if (isSeparator && depth === 0) {
      tokens.push(held, token)
      held = ''
      continue
    }
    held += token
    for (const letter of token) {
      if (letter === '(' || letter === '（') depth += 1
      else if ((letter === ')' || letter === '）') && depth > 0) depth -= 1
    }
  }
  tokens.push(held)
  return tokens
}

function withShare(text: string): ListItem {
  const plain = text.trim().replace(/^[-–—*·]\s+/, '')
  if (plain.length > LOOKED_AT || (!plain.includes('%') && !plain.includes('٪'))) return { text: plain }
  const match = /^(.*?)\s*[(:=–-]?\s*(-?\d+(?:[.,]\d+)?)\s*[%٪]\s*\)?$/.exec(plain)
  if (!match || match[1] === '') return { text: plain }
  return { text: (match[1] ?? '').trim(), share: Number((match[2] ?? '').replace(',', '.')) / 100 }
}
