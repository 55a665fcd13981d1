/**
 * An activity that came from a file and was changed since: the original, with what changed in the facts. Both states of the facts
 * are written; where the two say the same, the original's elements stand, whatever else they hold. Where they differ, an item that
 * did not change keeps its original element, one that changed keeps what the facts do not hold, and the rest is as the facts say.
 */
import { attributeOf, elementsOf, firstElement, textOf, type XmlElement, type XmlNode } from '../element.ts'
import { isOwnName } from '../own-namespace.ts'
import { serialiseElement } from './serialise.ts'

/** Elements that are told together: where one of them changes, all of them say the numbers by which they refer to each other. */
const TOLD_TOGETHER = [
  ['budget', 'planned-disbursement', 'transaction', 'sur:contribution'],
  ['participating-org', 'sur:partner'],
  ['result', 'sur:result'],
  ['document-link', 'sur:document'],
] as const

/** `before` and `after` are the activity as the facts of the original and those of the record say it. */
export function mergeActivity(original: XmlElement, before: XmlElement, after: XmlElement): XmlElement {
  const groups = { original: byName(original), before: byName(before), after: byName(after) }
  const names = [...new Set([...groups.original.keys(), ...groups.after.keys()])]
  const changed = new Set(
    [...new Set([...names, ...groups.before.keys()])].filter((name) => !saySame(groups.before.get(name), groups.after.get(name))),
  )
  for (const together of TOLD_TOGETHER)
    if (together.some((name) => changed.has(name))) for (const name of together) changed.add(name)
  const children = names.flatMap((name) => {
    const stood = groups.original.get(name) ?? []
    return changed.has(name) ? mergeGroup(stood, groups.before.get(name) ?? [], groups.after.get(name) ?? []) : stood
  })
  return { ...original, attributes: mergeAttributes(original, before, after), children }
}

function byName(parent: XmlElement): Map<string, XmlElement[]> {
  const groups = new Map<string, XmlElement[]>()
  for (const child of elementsOf(parent)) {
    const group = groups.get(child.name)
    if (group) group.push(child)
    else groups.set(child.name, [child])
  }
  return groups
}

function saySame(left: readonly XmlElement[] = [], right: readonly XmlElement[] = []): boolean {
  return left.length === right.length && left.every((one, index) => textKey(one) === textKey(right[index]))
}

const texts = new WeakMap<XmlElement, string>()

function textKey(element: XmlElement | undefined): string {
  if (!element) return ''
  const known = texts.get(element)
  if (known !== undefined) return known
  const text = serialiseElement(element)
  texts.set(element, text)
  return text
}

function mergeAttributes(original: XmlElement, before: XmlElement, after: XmlElement): Record<string, string> {
  const merged: Record<string, string> = { ...original.attributes }
  for (const name of new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])) {
    const now = after.attributes[name]
    if (before.attributes[name] === now) continue
    if (now === undefined) delete merged[name]
    else merged[name] = now
  }
  return merged
}

function mergeGroup(original: readonly XmlElement[], before: readonly XmlElement[], after: readonly XmlElement[]): XmlElement[] {
  const originalOf = pairWithOriginals(original, before)
  // Nobody can tell which of the originals the facts hold: none is written, or one that was deleted would come back.
  if (!originalOf) return [...after]
  const held = new Set(originalOf.values())
  const beforeOf = pairStates(before, after)
  const merged = after.map((now) => {
    const was = beforeOf.get(now)
    const stood = was && originalOf.get(was)
    if (!was || !stood) return now
    return textKey(was) === textKey(now) ? withOwnOf(stood, now) : overlay(stood, was, now)
  })
  const stayed = new Set([...beforeOf].flatMap(([now, was]) => (textKey(was) === textKey(now) ? [was] : [])))
  const changed = new Set(before.flatMap((was) => (stayed.has(was) ? [] : [kindOf(was)])))
  const isSaidOtherwise = (one: XmlElement) => ONE_IN_FACTS.has(one.name) && changed.has(kindOf(one))
  return [...merged, ...original.filter((one) => !held.has(one) && !isSaidOtherwise(one))]
}

/**
 * Of these the facts hold one, or one of each type: several texts as one text, of several codes or days the first. What a person made
 * of it stands for all of them.
 */
const ONE_IN_FACTS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'activity-date',
  'activity-status',
  'activity-scope',
  'collaboration-type',
  'default-flow-type',
  'default-finance-type',
  'default-tied-status',
  'tag',
])

/** An end before its start is not in the facts, and would come up once the start has moved: both go together. */
function kindOf(one: XmlElement): string {
  return one.name === 'activity-date' ? (PERIODS[attributeOf(one, 'type') ?? ''] ?? '') : keyOf(one)
}

const PERIODS: Readonly<Record<string, string>> = { '1': 'planned', '3': 'planned', '2': 'actual', '4': 'actual' }

/** Which original element each item of the earlier facts came from; undefined when that cannot be told for all of them. */
function pairWithOriginals(
  original: readonly XmlElement[],
  before: readonly XmlElement[],
): ReadonlyMap<XmlElement, XmlElement> | undefined {
  const byKey = new Map<string, XmlElement[]>()
  for (const one of original) byKey.set(keyOf(one), [...(byKey.get(keyOf(one)) ?? []), one])
  const pairs = new Map<XmlElement, XmlElement>()
  for (const one of before) {
    const match = byKey.get(keyOf(one))?.shift()
    if (match) pairs.set(one, match)
  }
  if (pairs.size === before.length) return pairs
  if (original.length !== before.length) return undefined
  return new Map(before.flatMap((one, index) => (original[index] ? [[one, original[index]] as const] : [])))
}

/** Which item of the earlier facts an item of the later ones was: the same, one of the same number, one of the same key, the next. */
function pairStates(before: readonly XmlElement[], after: readonly XmlElement[]): ReadonlyMap<XmlElement, XmlElement> {
  const pairs = new Map<XmlElement, XmlElement>()
  const free = new Set(before)
  for (const key of [textKey, numberOf, keyOf]) {
    const byKey = new Map<string | undefined, XmlElement[]>()
    for (const was of free) byKey.set(key(was), [...(byKey.get(key(was)) ?? []), was])
    for (const now of after) {
      const wanted = key(now)
      const was = pairs.has(now) || wanted === undefined ? undefined : byKey.get(wanted)?.shift()
      if (!was) continue
      pairs.set(now, was)
      free.delete(was)
    }
  }
  const rest = after.filter((now) => !pairs.has(now))
  if (rest.length === free.size) for (const [index, was] of [...free].entries()) if (rest[index]) pairs.set(rest[index], was)
  return pairs
}

/** Number of a partner or contribution, where ours is written. */
function numberOf(element: XmlElement): string | undefined {
  return attributeOf(element, 'sur:no') ?? attributeOf(firstElement(element, 'sur:partner'), 'no') ?? attributeOf(element, 'no')
}

/** What tells elements of one name apart, as far as the facts hold it. */
function keyOf(element: XmlElement): string {
  const read = (...names: string[]) => names.map((name) => attributeOf(element, name) ?? '').join(' ')
  switch (element.name) {
    case 'description':
      return read('type') || '1'
    case 'activity-date':
      return read('type')
    case 'result':
      return `${read('type')} ${textOf(firstElement(firstElement(element, 'title') ?? element, 'narrative')) ?? ''}`
    case 'tag':
    case 'humanitarian-scope':
      return read('vocabulary', 'code')
    case 'sector':
    case 'recipient-region':
      return `${read('vocabulary').trim() || '1'} ${read('code')}`
    case 'recipient-country':
    case 'default-aid-type':
      return read('code')
    case 'other-identifier':
    case 'related-activity':
      return read('ref', 'type')
    case 'document-link':
      return read('url')
    case 'budget':
    case 'planned-disbursement':
    case 'transaction':
      return flowKey(element)
    default:
      return read('ref', 'role', 'no', 'position')
  }
}

function flowKey(flow: XmlElement): string {
  const day = firstElement(flow, 'transaction-date') ?? firstElement(flow, 'period-start')
  const type = attributeOf(firstElement(flow, 'transaction-type'), 'code') ?? ''
  return [type, attributeOf(day, 'iso-date')?.slice(0, 10), textOf(firstElement(flow, 'value')), attributeOf(flow, 'ref')].join(
    ' ',
  )
}

/** The original with what is ours as the facts say it. */
function withOwnOf(original: XmlElement, after: XmlElement): XmlElement {
  const attributes = Object.fromEntries(Object.entries(original.attributes).filter(([name]) => !isOwnName(name)))
  for (const [name, value] of Object.entries(after.attributes)) if (isOwnName(name)) attributes[name] = value
  const plain = original.children.filter((child) => typeof child === 'string' || !isOwnName(child.name))
  return { ...original, attributes, children: [...plain, ...elementsOf(after).filter(({ name }) => isOwnName(name))] }
}

/** One element, part by part, as an activity is merged group by group. */
function overlay(original: XmlElement, before: XmlElement, after: XmlElement): XmlElement {
  const groups = { original: byName(original), before: byName(before), after: byName(after) }
  const names = [...new Set([...groups.original.keys(), ...groups.after.keys()])]
  const children: XmlNode[] = names.flatMap((name) => {
    const [stood, was, now] = [groups.original.get(name) ?? [], groups.before.get(name), groups.after.get(name) ?? []]
    if (saySame(was, now)) return stood
    const [one, first, last] = [stood[0], was?.[0], now[0]]
    return one && first && last && stood.length === 1 && now.length === 1 ? [overlay(one, first, last)] : now
  })
  const words = wordsOf(wordsOf(before) === wordsOf(after) ? original : after)
  if (words.trim() !== '') children.unshift(words)
  const attributes = mergeAttributes(original, before, after)
  return { ...withOwnOf({ ...original, attributes, children: children.filter(isPlain) }, after), name: original.name }
}

/** As they stand: paragraphs and spaces that do not break are part of a text. */
function wordsOf({ children }: XmlElement): string {
  return children.filter((child) => typeof child === 'string').join('')
}

function isPlain(node: XmlNode): boolean {
  return typeof node === 'string' || !isOwnName(node.name)
}
