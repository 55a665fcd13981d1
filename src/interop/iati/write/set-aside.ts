/**
 * An activity or organisation as the schema allows it, and beside it, in elements of ours, what the schema does not allow: the text of
 * each child that is not valid or only valid in part, with its place, and attributes that are not valid. `restoreKept` puts them back.
 */
import { elementsOf, type XmlElement } from '../element.ts'
import { isOwnName } from '../own-namespace.ts'
import { element as made } from './make-element.ts'
import { declaredBy } from './namespaces.ts'
import type { ChildRule, ElementRule } from './schema-rule.ts'
import { serialiseElement } from './serialise.ts'
import { isAllowedForeign, type PartOptions, validAttributes, validPart } from './valid-part.ts'

export interface SetAsideOptions {
  readonly namespaces: Readonly<Record<string, string>>
  /** Whether what is not valid is written into elements of ours; otherwise it is left out. */
  readonly keeps: boolean
  /** Whether a required child that is absent gets an empty form. */
  readonly fillsEmpty: boolean
}

export interface SetAside {
  readonly element: XmlElement
  /** Required children and attributes that are not there, as paths. */
  readonly missing: readonly string[]
  /** What is written nowhere, as paths (`transaction[3]`, `@hierarchy`); empty where elements of ours keep it. */
  readonly lost: readonly string[]
}

export function setAside(element: XmlElement, schema: ElementRule, options: SetAsideOptions): SetAside {
  const part: PartOptions = { namespaces: { ...options.namespaces, ...declaredBy(element) }, fillsEmpty: false }
  const attributes = validAttributes(element, schema, part) ?? {}
  const shelf: Shelf = { shown: [], kept: keptAttributes(element, attributes), missing: [], part, fillsEmpty: options.fillsEmpty }
  const groups = groupsOf(element)
  for (const child of schema.children) {
    placeGroup(groups.get(child.name) ?? [], child, shelf)
    groups.delete(child.name)
  }
  const own: XmlElement[] = []
  for (const [name, group] of groups) {
    for (const [index, one] of group.entries()) {
      if (!isAllowedForeign(one, part.namespaces)) shelf.kept.push(keptElement(name, index, one, false))
      else (isOwnName(name) ? own : shelf.shown).push(one)
    }
  }
  return {
    element: { ...element, attributes, children: [...shelf.shown, ...own, ...(options.keeps ? shelf.kept : [])] },
    missing: shelf.missing,
    lost: options.keeps ? [] : shelf.kept.map(({ attributes }) => attributes.path ?? ''),
  }
}

interface Shelf {
  readonly shown: XmlElement[]
  readonly kept: XmlElement[]
  readonly missing: string[]
  readonly part: PartOptions
  readonly fillsEmpty: boolean
}

function groupsOf(parent: XmlElement): Map<string, XmlElement[]> {
  const groups = new Map<string, XmlElement[]>()
  for (const child of elementsOf(parent)) {
    const group = groups.get(child.name)
    if (group) group.push(child)
    else groups.set(child.name, [child])
  }
  return groups
}

function placeGroup(group: readonly XmlElement[], rule: ChildRule, shelf: Shelf): void {
  const before = shelf.shown.length
  const parts = group.map((one) => validPart(one, rule.rule, shelf.part))
  // One of a kind: the first that is valid at all stands for the others.
  const only = rule.isRepeated ? undefined : parts.findIndex((part) => part !== undefined)
  const needsForm = rule.isRequired && parts.every((part) => part === undefined)
  const form = needsForm ? emptyForm(group[0], rule, shelf) : undefined
  if (needsForm && !form) shelf.missing.push(...missingIn(group[0], rule))
  if (form && group.length === 0) shelf.kept.push(made('sur:kept', { path: `${rule.name}[1]`, shown: true }))
  for (const [index, one] of group.entries()) {
    const part = form && index === 0 ? form : only === undefined || only === index ? parts[index] : undefined
    if (part) shelf.shown.push(part)
    if (part !== one) shelf.kept.push(keptElement(rule.name, index, one, part !== undefined))
  }
  if (form && shelf.shown.length === before) shelf.shown.push(form)
}

/** The first of a required group with what may be empty left empty; never an identifier, for an empty one names nothing. */
function emptyForm(
  first: XmlElement | undefined,
  { name, rule }: ChildRule,
  { fillsEmpty, part }: Shelf,
): XmlElement | undefined {
  if (!fillsEmpty || rule.text !== undefined) return undefined
  return validPart(first ?? { name, attributes: {}, children: [], line: 0 }, rule, { ...part, fillsEmpty: true })
}

function missingIn(first: XmlElement | undefined, { name, rule }: ChildRule): string[] {
  if (!first) return [name]
  const attributes = [...rule.attributes].flatMap(([attribute, { isRequired }]) =>
    isRequired && first.attributes[attribute] === undefined ? [`${name}/@${attribute}`] : [],
  )
  const children = rule.children.flatMap((child) =>
    child.isRequired && elementsOf(first, child.name).length === 0 ? [`${name}/${child.name}`] : [],
  )
  return attributes.length + children.length === 0 ? [name] : [...attributes, ...children]
}

function keptElement(name: string, index: number, element: XmlElement, isShown: boolean): XmlElement {
  return made('sur:kept', { path: `${name}[${index + 1}]`, shown: isShown || undefined }, [serialiseElement(element)])
}

/** The date of the last update is written anew with each export, and the default namespace is that of the file. */
const WRITTEN_ANEW = new Set(['last-updated-datetime', 'xmlns'])

function keptAttributes(element: XmlElement, valid: Readonly<Record<string, string>>): XmlElement[] {
  return Object.entries(element.attributes)
    .filter(([name]) => valid[name] === undefined && !WRITTEN_ANEW.has(name))
    .map(([name, value]) => made('sur:kept', { path: `@${name}` }, [value]))
}
