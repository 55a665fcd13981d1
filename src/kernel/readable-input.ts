/**
 * Text and JSON from outside that the program can keep: no sign that the database or a later reader could not hold, no depth on
 * which a reader would stumble, no key that means something to JavaScript itself.
 */
import { Problem } from './problems.ts'

/** Deeper than any input of ours, and far from what the parsers behind it can bear. */
const DEEPEST = 40

const KEYS_OF_THE_LANGUAGE = new Set(['__proto__', 'constructor', 'prototype'])

/** PostgreSQL cannot store U+0000, and half of a surrogate pair is no character. */
export function requireReadableText(text: string): void {
  if (text.includes('\u0000')) throw new Problem('http.character-not-accepted', { found: 'U+0000' })
  if (!text.isWellFormed()) throw new Problem('http.character-not-accepted', { found: 'U+D800–U+DFFF' })
}

/** Walks without recursion, so that depth itself does no harm. */
export function requireReadableJson(json: unknown): void {
  const waiting: { value: unknown; depth: number }[] = [{ value: json, depth: 1 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next
    if (typeof value === 'string') requireReadableText(value)
    if (typeof value !== 'object' || value === null) continue
    if (depth > DEEPEST) throw new Problem('http.json-too-deep', { limit: DEEPEST })
    for (const [key, inside] of Object.entries(value)) {
      requireReadableText(key)
      if (KEYS_OF_THE_LANGUAGE.has(key)) throw new Problem('http.key-not-accepted', { found: key })
      waiting.push({ value: inside, depth: depth + 1 })
    }
  }
}
