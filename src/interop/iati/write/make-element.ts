/** How elements are made: without attributes and children that are undefined, and texts in several languages as narratives. */
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import type { XmlElement, XmlNode } from '../element.ts'

type Attribute = string | number | boolean | undefined

export function element(
  name: string,
  attributes: Readonly<Record<string, Attribute>> = {},
  children: readonly (XmlNode | undefined)[] = [],
): XmlElement {
  const stated: Record<string, string> = {}
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) stated[key] = String(value)
  return { name, attributes: stated, children: children.filter((child) => child !== undefined), line: 0 }
}

export interface NarrativeOptions {
  /** Whether a translation whose making is known says so in an attribute of ours. */
  readonly own: boolean
  /** Language of the activity, in which a text without a language would be read. */
  readonly language?: string | undefined
}

/** A text as narratives, the original language first. A language that nobody stated (`und`) is left unsaid where nothing else is said. */
export function narratives(text: LocalizedText | undefined, { own, language }: NarrativeOptions): XmlElement[] {
  if (!text) return []
  const languages = [text.orig, ...Object.keys(text.texts).sort()].filter((lang, at, all) => all.indexOf(lang) === at)
  const stated = languages.filter((lang) => text.texts[lang]?.trim())
  return stated.flatMap((lang) => {
    const words = text.texts[lang] ?? ''
    const isUnsaid = lang === 'und' && language === undefined
    const isOriginal = stated.length > 1 && lang === text.orig
    const attributes = {
      'xml:lang': isUnsaid ? undefined : lang,
      ...(own ? { 'sur:state': text.state?.[lang], 'sur:original': isOriginal || undefined } : {}),
    }
    return element('narrative', attributes, [words])
  })
}

export function narrative(words: string | undefined, lang?: string): XmlElement | undefined {
  return words === undefined || words.trim() === '' ? undefined : element('narrative', { 'xml:lang': lang }, [words])
}
