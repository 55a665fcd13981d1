/**
 * An element as XML text. The same tree always gives the same text. Line ends and tabs within attributes are written as
 * references, because a parser would read them as blanks otherwise; characters that XML 1.0 cannot hold are left out.
 */
import type { XmlElement } from '../element.ts'

export function serialiseElement(element: XmlElement): string {
  const parts: string[] = []
  append(element, parts)
  return parts.join('')
}

function append(element: XmlElement, parts: string[]): void {
  parts.push('<', element.name)
  for (const name in element.attributes) {
    const value = element.attributes[name]
    if (value !== undefined) parts.push(' ', name, '="', escapeAttribute(value), '"')
  }
  if (element.children.length === 0) {
    parts.push('/>')
    return
  }
  parts.push('>')
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(escapeText(child))
    else append(child, parts)
  }
  parts.push('</', element.name, '>')
}

export function escapeText(text: string): string {
  const held = onlyXmlCharacters(text)
  return /[&<>\r]/.test(held) ? held.replace(/[&<>\r]/g, referenceTo) : held
}

export function escapeAttribute(text: string): string {
  const held = onlyXmlCharacters(text)
  return /[&<>"\t\n\r]/.test(held) ? held.replace(/[&<>"\t\n\r]/g, referenceTo) : held
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function referenceTo(character: string): string {
  return NAMED[character] ?? `&#${character.charCodeAt(0)};`
}

/** Control characters other than tab and line ends, single halves of a pair, and the two that are no characters. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

function onlyXmlCharacters(text: string): string {
  return text.replace(NOT_XML, '')
}
