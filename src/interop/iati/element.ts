/**
 * An XML element as it was read, and the few ways in which the rest of this room looks at one. The tree keeps everything that a
 * reader may hand on: attributes in their order, texts between children, prefixes as written, the line of each start tag.
 */

export interface XmlElement {
  /** As written, with its prefix: `narrative`, `sur:partner`. */
  readonly name: string
  /** As written, with their prefixes, in document order: `xml:lang`, `code`. */
  readonly attributes: Readonly<Record<string, string>>
  /** Elements and texts in document order. Comments and processing instructions are not kept. */
  readonly children: readonly XmlNode[]
  /** Line of the start tag in the file, from 1; 0 for an element that the program made. */
  readonly line: number
}

export type XmlNode = XmlElement | string

/** What an activity takes from the root of its file. */
export interface FileContext {
  readonly root: 'iati-activities' | 'iati-organisations'
  /** As the file states it; undefined when it states none. */
  readonly version: string | undefined
  /** Prefix to address of the namespaces that the root declares; '' is the default namespace. */
  readonly namespaces: Readonly<Record<string, string>>
  /** Other attributes of the root, as written. */
  readonly attributes: Readonly<Record<string, string>>
}

export function elementsOf(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  )
}

export function firstElement(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((child): child is XmlElement => typeof child !== 'string' && child.name === name)
}

/** The text of an element without its children's, white space collapsed and trimmed; undefined when there is none. */
export function textOf(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined
  const text = element.children.filter((child) => typeof child === 'string').join(' ')
  return collapse(text) || undefined
}

/** An attribute, trimmed; undefined when it is absent or blank. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes[name]?.trim() || undefined
}

export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
