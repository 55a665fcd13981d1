/** Applies a shape to an element. An element that is right already comes back as the same object. */
import type { XmlElement, XmlNode } from '../element.ts'
import { lookUp } from '../look-up.ts'
import type { CodeTable, Notes, Shape } from './element-shape.ts'

export function rewriteElement(element: XmlElement, shape: Shape, notes: Notes): XmlElement {
  let current = shape.first ? shape.first(element, notes) : element
  if (shape.codes) current = withCodes(current, shape.codes, notes)
  if (shape.percentages) current = withoutPercentSigns(current, shape.percentages, notes)
  if (shape.children) current = withChildren(current, shape.children, notes)
  if (shape.narrative) current = withNarrative(current, notes)
  if (shape.order) current = inOrder(current, shape.order, notes)
  return current
}

export function withAttribute(element: XmlElement, name: string, value: string | undefined): XmlElement {
  const { [name]: _, ...others } = element.attributes
  return { ...element, attributes: value === undefined ? others : { ...element.attributes, [name]: value } }
}

/** All texts of the element itself, as written. */
export function ownText(element: XmlElement): string {
  let text = ''
  for (const child of element.children) if (typeof child === 'string') text += child
  return text
}

export function withoutOwnText(element: XmlElement): XmlElement {
  return { ...element, children: element.children.filter((child) => typeof child !== 'string') }
}

export function isBlank(text: string): boolean {
  return text.trim() === ''
}

function withCodes(element: XmlElement, tables: Readonly<Record<string, CodeTable>>, notes: Notes): XmlElement {
  let current = element
  for (const [attribute, { codes, note }] of Object.entries(tables)) {
    const code = lookUp(codes, current.attributes[attribute]?.trim().toLowerCase())
    if (code === undefined || code === current.attributes[attribute]) continue
    notes.add(note)
    current = withAttribute(current, attribute, code)
  }
  return current
}

function withoutPercentSigns(element: XmlElement, attributes: readonly string[], notes: Notes): XmlElement {
  let current = element
  for (const attribute of attributes) {
    const number = /^\s*([\d.]+)\s*%\s*$/.exec(current.attributes[attribute] ?? '')?.[1]
    if (number === undefined) continue
    notes.add('percentages')
    current = withAttribute(current, attribute, number)
  }
  return current
}

function withChildren(element: XmlElement, shapes: Readonly<Record<string, Shape>>, notes: Notes): XmlElement {
  let changed = false
  const children = element.children.map((child): XmlNode => {
    const shape = typeof child === 'string' ? undefined : lookUp(shapes, child.name)
    if (typeof child === 'string' || shape === undefined) return child
    const rewritten = rewriteElement(child, shape, notes)
    if (rewritten !== child) changed = true
    return rewritten
  })
  const joined = joinLanguages(children, shapes, notes)
  return changed || joined !== children ? { ...element, children: joined } : element
}

function withNarrative(element: XmlElement, notes: Notes): XmlElement {
  if (element.children.some((child) => typeof child !== 'string' && child.name === 'narrative')) return element
  const text = ownText(element)
  if (isBlank(text)) return element
  notes.add('narratives')
  const { 'xml:lang': language, ...attributes } = element.attributes
  const narrative: XmlElement = {
    name: 'narrative',
    attributes: language === undefined || isBlank(language) ? {} : { 'xml:lang': language },
    children: [text],
    line: element.line,
  }
  return { ...element, attributes, children: [narrative, ...element.children.filter((child) => typeof child !== 'string')] }
}

/** The same list when nothing is to be joined. */
function joinLanguages(children: XmlNode[], shapes: Readonly<Record<string, Shape>>, notes: Notes): XmlNode[] {
  const firstByKey = new Map<string, number>()
  const joined: XmlNode[] = []
  for (const child of children) {
    const key = typeof child === 'string' ? undefined : joiningKey(child, lookUp(shapes, child.name))
    const at = key === undefined ? undefined : firstByKey.get(key)
    const before = at === undefined ? undefined : joined[at]
    if (at !== undefined && typeof child !== 'string' && isElement(before) && differInLanguage(before, child)) {
      joined[at] = { ...before, children: [...before.children, ...child.children] }
      notes.add('languages-joined')
      continue
    }
    if (key !== undefined && at === undefined) firstByKey.set(key, joined.length)
    joined.push(child)
  }
  return joined.length === children.length ? children : joined
}

function isElement(node: XmlNode | undefined): node is XmlElement {
  return node !== undefined && typeof node !== 'string'
}

function joiningKey(element: XmlElement, shape: Shape | undefined): string | undefined {
  const joined = shape?.joined
  if (joined === undefined) return undefined
  if (joined !== 'always' && isBlank(element.attributes[joined] ?? '')) return undefined
  const attributes = Object.entries(element.attributes).map(([name, value]) => `${name}=${value}`)
  return [element.name, ...attributes.sort()].join('\n')
}

/** More languages than any text has: joining without end would copy without end. */
const MOST_LANGUAGES = 100

/** Both hold narratives and nothing else, and no language is in both. */
function differInLanguage(a: XmlElement, b: XmlElement): boolean {
  const known = languagesOf(a)
  const added = languagesOf(b)
  if (known === undefined || added === undefined || known.length + added.length > MOST_LANGUAGES) return false
  return added.every((language) => !known.includes(language))
}

function languagesOf(element: XmlElement): string[] | undefined {
  const languages: string[] = []
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (!isBlank(child)) return undefined
    } else if (child.name === 'narrative') languages.push((child.attributes['xml:lang'] ?? '').toLowerCase())
    else return undefined
  }
  return languages.length === 0 ? undefined : languages
}

/** Children in the order of the schema, texts and unknown elements where they stood among themselves, unknown ones last. */
export function inOrder(element: XmlElement, order: readonly string[], notes: Notes): XmlElement {
  let last = -1
  let sorted = true
  const ranked = element.children.map((child) => {
    const known = typeof child === 'string' ? -1 : order.indexOf(child.name)
    const rank = typeof child === 'string' ? -1 : known === -1 ? order.length : known
    if (typeof child !== 'string') {
      if (rank < last) sorted = false
      last = rank
    }
    return { child, rank }
  })
  if (sorted) return element
  notes.add('element-order')
  const kept = ranked.filter(({ child }) => typeof child !== 'string' || !isBlank(child))
  return { ...element, children: kept.sort((a, b) => a.rank - b.rank).map(({ child }) => child) }
}
