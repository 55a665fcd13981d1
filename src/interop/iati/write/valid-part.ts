/**
 * The part of an element that the schema allows: unknown attributes and children, bad values and second copies are left out, children
 * stand in order. The same object comes back when all of it is allowed; undefined when what is required is not there.
 */
import { elementsOf, firstElement, type XmlElement, type XmlNode } from '../element.ts'
import { isOfType } from './datatypes.ts'
import { formatOfAddress } from './facts/document-format.ts'
import { declaredBy, isBound, prefixOf } from './namespaces.ts'
import type { ChildRule, ElementRule } from './schema-rule.ts'

export interface PartOptions {
  /** Prefixes that are bound here. */
  readonly namespaces: Readonly<Record<string, string>>
  /** Fill what is required and may be empty: attributes that are any text, and narratives. */
  readonly fillsEmpty: boolean
  /** The day of the flow that a value belongs to, where that is stated. */
  readonly day?: string | undefined
}

export function validPart(element: XmlElement, rule: ElementRule, options: PartOptions): XmlElement | undefined {
  const inside = {
    ...options,
    namespaces: { ...options.namespaces, ...declaredBy(element) },
    day: dayOfFlow(element) ?? options.day,
  }
  const attributes = validAttributes(element, rule, inside)
  const children = attributes && validChildren(element, rule, inside)
  if (!attributes || !children) return undefined
  if (attributes === element.attributes && children === element.children) return element
  return { ...element, attributes, children }
}

type Attributes = XmlElement['attributes']

export function validAttributes(element: XmlElement, rule: ElementRule, options: PartOptions): Attributes | undefined {
  const valid: Record<string, string> = {}
  let isWhole = true
  for (const [name, value] of Object.entries(element.attributes)) {
    if (isAllowed(name, value, rule, options)) valid[name] = value
    else isWhole = false
  }
  for (const [name, { isRequired, type }] of rule.attributes) {
    if (!isRequired || valid[name] !== undefined) continue
    const filled = filledAttribute(element, name, options) ?? (options.fillsEmpty && type === 'string' ? '' : undefined)
    if (filled === undefined) return undefined
    valid[name] = filled
    isWhole = false
  }
  return isWhole ? element.attributes : valid
}

function isAllowed(name: string, value: string, rule: ElementRule, { namespaces }: PartOptions): boolean {
  const known = rule.attributes.get(name)
  if (known) return isOfType(value, known.type)
  const prefix = prefixOf(name)
  if (prefix === 'xmlns') return value !== ''
  if (prefix === undefined || !rule.takesForeignAttributes) return false
  return prefix === 'xml' ? name === 'xml:lang' && isOfType(value, 'language') : isBoundPrefix(prefix, namespaces)
}

function isBoundPrefix(prefix: string, namespaces: Readonly<Record<string, string>>): boolean {
  return prefix === 'sur' || Boolean(namespaces[prefix])
}

/** What follows from the element itself: the day of a value is that of its flow, the format of a document that of its address. */
function filledAttribute(element: XmlElement, name: string, { day }: PartOptions): string | undefined {
  if (name === 'value-date') return day
  if (name === 'format' && element.attributes.url !== undefined) return formatOfAddress(element.attributes.url)
  return undefined
}

function dayOfFlow(element: XmlElement): string | undefined {
  const day = firstElement(element, 'transaction-date') ?? firstElement(element, 'period-start')
  const stated = day?.attributes['iso-date']
  return stated !== undefined && isOfType(stated, 'date') ? stated : undefined
}

function validChildren(element: XmlElement, rule: ElementRule, options: PartOptions): readonly XmlNode[] | undefined {
  if (rule.text !== undefined) return validText(element, rule, options)
  const elements = elementsOf(element)
  const foreign = rule.takesForeignChildren ? elements.filter((child) => isAllowedForeign(child, options.namespaces)) : []
  const valid: XmlElement[] = []
  for (const child of rule.children) {
    if (child.name === rule.foreignBefore) valid.push(...foreign)
    const group = validGroup(element, child, options)
    if (!group) return undefined
    valid.push(...group)
  }
  if (rule.foreignBefore === undefined) valid.push(...foreign)
  const hasText = element.children.some((child) => typeof child === 'string' && child.trim() !== '')
  const isWhole = !hasText && valid.length === elements.length && valid.every((child, index) => child === elements[index])
  return isWhole ? element.children : valid
}

function validText(element: XmlElement, { text }: ElementRule, { fillsEmpty }: PartOptions): readonly XmlNode[] | undefined {
  const texts = element.children.filter((child) => typeof child === 'string')
  if (text !== undefined && !isOfType(texts.join(''), text)) return fillsEmpty && text === 'string' ? [] : undefined
  return texts.length === element.children.length ? element.children : texts
}

function validGroup(parent: XmlElement, { name, rule, isRequired, isRepeated }: ChildRule, options: PartOptions) {
  const group = elementsOf(parent, name).flatMap((child) => validPart(child, rule, options) ?? [])
  const valid = isRepeated ? group : group.slice(0, 1)
  if (valid.length > 0 || !isRequired) return valid
  const filled = filledChild(parent, name) ?? (options.fillsEmpty && name === 'narrative' ? emptyNarrative(parent) : undefined)
  return filled && [filled]
}

/** A document without a title goes by its address. */
function filledChild({ name, attributes, line }: XmlElement, child: string): XmlElement | undefined {
  if (name !== 'document-link' || child !== 'title' || attributes.url === undefined) return undefined
  const narrative: XmlElement = { name: 'narrative', attributes: {}, children: [attributes.url], line }
  return { name: 'title', attributes: {}, children: [narrative], line }
}

function emptyNarrative({ line }: XmlElement): XmlElement {
  return { name: 'narrative', attributes: {}, children: [], line }
}

/**
 * An element of another namespace, all of whose prefixes are bound. Elements without a prefix within it are those of the standard and
 * would be checked as such; only narratives are let through.
 */
export function isAllowedForeign(element: XmlElement, namespaces: Readonly<Record<string, string>>): boolean {
  return prefixOf(element.name) !== undefined && isBound(element, namespaces) && hasOnlyForeign(element)
}

function hasOnlyForeign(element: XmlElement): boolean {
  const hasLanguage = isOfType(element.attributes['xml:lang'] ?? '', 'language')
  const hasOtherXml = Object.keys(element.attributes).some((name) => prefixOf(name) === 'xml' && name !== 'xml:lang')
  if (!hasLanguage || hasOtherXml || element.attributes.xmlns !== undefined) return false
  return elementsOf(element).every((child) =>
    child.name === 'narrative'
      ? elementsOf(child).length === 0 &&
        Object.keys(child.attributes).every((name) => prefixOf(name) !== undefined) &&
        hasOnlyForeign(child)
      : prefixOf(child.name) !== undefined && hasOnlyForeign(child),
  )
}
