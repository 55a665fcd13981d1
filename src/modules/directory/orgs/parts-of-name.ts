/** One organisation written twice in one cell: "Name (ACRONYM)", "ACRONYM/Name", "Name - ACRONYM". */
import { foldName } from './org.ts'

const BETWEEN_PARTS = /[()/]| [-–—] /

/** The parts, folded, when there are several; a whole name has none. */
export function partsOfName(text: string): string[] {
  const parts = text
    .split(BETWEEN_PARTS)
    .map(foldName)
    .filter((part) => part !== '')
  return parts.length < 2 ? [] : parts
}

/** The one that every part means. Undefined when a part is unknown or means another: two bodies in one cell are not one. */
export function commonMeaning<Id>(parts: readonly string[], meaningOf: (part: string) => Id | undefined): Id | undefined {
  const [first, ...others] = parts.map(meaningOf)
  return first !== undefined && others.every((other) => other === first) ? first : undefined
}
