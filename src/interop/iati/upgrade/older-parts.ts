/** Parts of an activity of version 1 that are built differently in 2.03. */
import type { XmlElement, XmlNode } from '../element.ts'
import type { Notes } from './element-shape.ts'
import { isBlank, ownText, withAttribute, withoutOwnText } from './rewrite-element.ts'

const WRITTEN_DATE = /^\d{4}-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?$/

/** The date stood in the text, or in an attribute with an underscore. */
export function dateAttribute(element: XmlElement, notes: Notes): XmlElement {
  if (!isBlank(element.attributes['iso-date'] ?? '')) return element
  const { iso_date: underscored, 'iso-date': _, ...others } = element.attributes
  if (underscored !== undefined && !isBlank(underscored)) {
    notes.add('iso-dates')
    return { ...element, attributes: { 'iso-date': underscored, ...others } }
  }
  const text = ownText(element).trim()
  if (!WRITTEN_DATE.test(text)) return element
  notes.add('iso-dates')
  return withoutOwnText({ ...element, attributes: { 'iso-date': text, ...others } })
}

/** `reporter` is the identifier of the reporting organisation: an identifier that it owns is its internal one (A1). */
export function otherIdentifier(element: XmlElement, reporter: string | undefined, notes: Notes): XmlElement {
  const text = ownText(element).trim()
  const { 'owner-ref': ownerRef, 'owner-name': ownerName, ...others } = element.attributes
  if (element.attributes.ref !== undefined || (text === '' && ownerRef === undefined && ownerName === undefined)) return element
  notes.add('other-identifiers')
  const isReporters = ownerRef !== undefined && !isBlank(ownerRef) && ownerRef.trim() === reporter
  const owner: XmlElement = {
    name: 'owner-org',
    attributes: ownerRef === undefined ? {} : { ref: ownerRef },
    children: ownerName === undefined || isBlank(ownerName) ? [] : [narrativeOf(ownerName, element.line)],
    line: element.line,
  }
  const isOwned = ownerRef !== undefined || ownerName !== undefined
  return {
    ...element,
    attributes: { ...others, ...(text === '' ? {} : { ref: text }), type: others.type ?? (isReporters ? 'A1' : 'A9') },
    children: [...element.children.filter((child) => typeof child !== 'string'), ...(isOwned ? [owner] : [])],
  }
}

/** An address of the activity is a document of category A12, web page of the activity; without a title it goes by its address. */
export function activityWebsite(element: XmlElement, notes: Notes): XmlElement {
  const url = ownText(element).trim()
  if (url === '') return element
  notes.add('websites')
  const made = (name: string, attributes: Readonly<Record<string, string>>, children: XmlNode[] = []): XmlElement => ({
    name,
    attributes,
    children,
    line: element.line,
  })
  return made('document-link', { ...element.attributes, url, format: 'text/html' }, [
    made('title', {}, [narrativeOf(url, element.line)]),
    made('category', { code: 'A12' }),
  ])
}

/** The language of a document stood in an attribute before it became an element. */
export function documentLink(element: XmlElement, notes: Notes): XmlElement {
  const language = element.attributes.language
  if (language === undefined || isBlank(language) || hasChild(element, 'language')) return element
  notes.add('document-languages')
  const child: XmlElement = { name: 'language', attributes: { code: language.trim() }, children: [], line: element.line }
  return { ...withAttribute(element, 'language', undefined), children: [...element.children, child] }
}

/** Before 1.01 the word was spelled in the other way. */
export function contactInfo(element: XmlElement, notes: Notes): XmlElement {
  if (!hasChild(element, 'organization')) return element
  notes.add('contact-names')
  return { ...element, children: renamed(element.children, 'organization', 'organisation') }
}

export function crsAdd(element: XmlElement, notes: Notes): XmlElement {
  if (!hasChild(element, 'aid-type-flag')) return element
  notes.add('other-flags')
  return { ...element, children: renamed(element.children, 'aid-type-flag', 'other-flags') }
}

export function hasChild(element: XmlElement, name: string): boolean {
  return element.children.some((child) => typeof child !== 'string' && child.name === name)
}

export function narrativeOf(text: string, line: number): XmlElement {
  return { name: 'narrative', attributes: {}, children: [text], line }
}

function renamed(children: readonly XmlNode[], from: string, to: string): XmlNode[] {
  return children.map((child) => (typeof child !== 'string' && child.name === from ? { ...child, name: to } : child))
}
