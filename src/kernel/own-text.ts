/**
 * A text that is remembered must stand on its own: V8 keeps a piece cut from a longer text as a view on it, and the whole of that text
 * stays in memory for as long as the piece.
 */

/** The same text, in memory of its own. Costs a copy: for what is kept, not for what passes. */
export function ownText(text: string): string {
  return text.length < SHORTEST_VIEW ? text : text.split('').join('')
}

/** Shorter pieces are copied by V8 when they are cut. */
const SHORTEST_VIEW = 13
