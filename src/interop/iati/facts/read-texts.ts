/** Narratives in all their languages. */
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { ownText } from '../../../kernel/own-text.ts'
import type { XmlElement } from '../element.ts'
import { collapsed, paragraphs } from '../text-space.ts'
import { cut, type Reading } from './reading.ts'

/** Longest text of a record, in `LocalizedTextSchema`. */
const LONGEST_TEXT = 20_000
export const LONGEST_NAME = 500

const LONGEST_TAG = 35
const languages = new Map<string, string>()

/** `EN` is `en`, `pt-br` stays as it is but for its first part; what cannot be a language tag is unknown. */
export function languageTag(written: string | undefined): string | undefined {
  if (written === undefined || written === '' || written.length > LONGEST_TAG) return undefined
  let tag = languages.get(written)
  if (tag === undefined) {
    tag = normalTag(written)
    if (languages.size < 1000) languages.set(ownText(written), ownText(tag))
  }
  return tag === '' ? undefined : tag
}

function normalTag(written: string): string {
  const [primary = '', ...others] = written.trim().split(/[-_]/)
  const tag = [primary.toLowerCase(), ...others].join('-')
  return /^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) ? tag : ''
}

/** The narratives of one or several elements of the same meaning. A language that comes twice has both texts, one under the other. */
export function localizedText(elements: readonly XmlElement[], reading: Reading, path: string): LocalizedText | undefined {
  let first: string | undefined
  const texts: Record<string, string> = {}
  for (const element of elements) {
    for (const child of element.children) {
      if (typeof child === 'string' || child.name !== 'narrative') continue
      const text = paragraphs(textIn(child))
      if (text === '') continue
      const language = languageTag(child.attributes['xml:lang']) ?? reading.language
      const before = texts[language]
      texts[language] = before === undefined || before === text ? text : `${before}\n\n${text}`
      first ??= language
    }
  }
  if (first === undefined) return undefined
  for (const language in texts) {
    const text = texts[language] ?? ''
    if (text.length > LONGEST_TEXT) texts[language] = cut(text, LONGEST_TEXT, reading, elements[0] ?? NO_ELEMENT, path)
  }
  return { orig: texts[reading.language] === undefined ? first : reading.language, texts }
}

const NO_ELEMENT: XmlElement = { name: '', attributes: {}, children: [], line: 0 }

/** The narrative in the language of the activity, else the first one; on one line. */
export function plainText(element: XmlElement | undefined, reading: Reading): string | undefined {
  if (element === undefined) return undefined
  let first: string | undefined
  for (const child of element.children) {
    if (typeof child === 'string' || child.name !== 'narrative') continue
    const text = collapsed(textIn(child))
    if (text === '') continue
    if ((languageTag(child.attributes['xml:lang']) ?? reading.language) === reading.language) return text
    first ??= text
  }
  return first
}

/** All names that an organisation goes by, the one to show first. */
export function namesOf(element: XmlElement, reading: Reading): string[] {
  const names: string[] = []
  for (const child of element.children) {
    if (typeof child === 'string' || child.name !== 'narrative') continue
    const text = collapsed(textIn(child))
    if (text !== '') names.push(text)
  }
  if (names.length < 2) return names
  const shown = plainText(element, reading)
  return [...names.filter((name) => name === shown), ...names.filter((name) => name !== shown)]
}

/** Direct text of an element, as written. */
export function textIn(element: XmlElement): string {
  const { children } = element
  if (children.length === 1 && typeof children[0] === 'string') return children[0]
  let text = ''
  for (const child of children) if (typeof child === 'string') text += child
  return text
}
