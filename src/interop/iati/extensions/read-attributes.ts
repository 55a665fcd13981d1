/** Small readers for elements and attributes of ours. */
import type { LocalizedText, TranslationState } from '../../../kernel/localized-text.ts'
import { attributeOf, elementsOf, type XmlElement } from '../element.ts'

export function flagOf(element: XmlElement | undefined, name: string): boolean | undefined {
  const written = attributeOf(element, name)
  return written === 'true' || written === '1' ? true : written === 'false' || written === '0' ? false : undefined
}

export function isDerived(element: XmlElement): boolean {
  return flagOf(element, 'sur:derived') === true
}

/** The object without fields that are undefined: what nobody stated has one form. */
export function stated<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}

/** The list, or undefined when it is empty. */
export function some<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list]
}

/** The list with further items put where they stood: `position` counts from 1 in the whole list. */
export function withPlaced<T>(list: readonly T[], placed: readonly { readonly position: number; readonly item: T }[]): T[] {
  const whole = [...list]
  for (const { position, item } of [...placed].sort((a, b) => a.position - b.position))
    whole.splice(Math.min(Math.max(position - 1, 0), whole.length), 0, item)
  return whole
}

/** A position as written; the end of any list for one that is not readable. */
export function positionOf(element: XmlElement): number {
  const written = Number(attributeOf(element, 'position'))
  return Number.isInteger(written) && written > 0 ? written : Number.MAX_SAFE_INTEGER
}

/** A date that was widened to a day, back to what is known of it. */
export function knownDate(element: XmlElement | undefined): string | undefined {
  const day = attributeOf(element, 'iso-date')?.slice(0, 10)
  const known = attributeOf(element, 'sur:known-to')
  return known === 'year' ? day?.slice(0, 4) : known === 'month' ? day?.slice(0, 7) : day
}

/** The text of an element of ours as it was written, line ends and all. */
export function exactText(element: XmlElement | undefined): string | undefined {
  return element?.children.filter((child) => typeof child === 'string').join('') || undefined
}

const STATES: ReadonlySet<string> = new Set<TranslationState>(['original', 'human', 'machine', 'stale'])

/** The text with what attributes of ours say of its languages: which is the original, and how the others came about. */
export function withStates(text: LocalizedText | undefined, parent: XmlElement | undefined): LocalizedText | undefined {
  if (!text || !parent) return text
  const state: Record<string, TranslationState> = {}
  let orig: string | undefined
  for (const one of elementsOf(parent, 'narrative')) {
    const lang = attributeOf(one, 'xml:lang') ?? text.orig
    if (flagOf(one, 'sur:original') === true && text.texts[lang] !== undefined) orig = lang
    const made = attributeOf(one, 'sur:state')
    if (made !== undefined && STATES.has(made)) state[lang] = made as TranslationState
  }
  return { ...text, orig: orig ?? text.orig, ...(Object.keys(state).length === 0 ? {} : { state }) }
}
