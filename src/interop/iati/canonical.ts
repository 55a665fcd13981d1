/**
 * What an activity says, as one number: two pieces with the same digest say the same, however they are written. Not counted are
 * white space, the order of attributes and of differently named children of the activity, the date of the last update, and what an
 * export of ours adds: elements, attributes and tags of our own. Contact data do not count where they are left out on request: an
 * export of ours has them only if the person agreed, so nothing follows from their absence there.
 *
 * The activity comes upgraded to 2.03. What an export of ours had to set aside counts as if it stood in its place.
 */
import { hash } from 'node:crypto'
import type { XmlElement, XmlNode } from './element.ts'
import { restoreKept } from './extensions/restore-kept.ts'
import { bindsOwnPrefix, OWN_NAMESPACE, OWN_PREFIX, OWN_VOCABULARY_URI } from './own-namespace.ts'
import { ACTIVITY_ORDER } from './schema-order.ts'
import { collapsed } from './text-space.ts'

/** SHA-256 in hexadecimal digits. `namespaces` are those of the file; the prefix `sur` is ours unless something else is bound to it. */
export function contentDigestOf(
  activity: XmlElement,
  namespaces: Readonly<Record<string, string>> = {},
  contacts: 'counted' | 'left-out' = 'counted',
): string {
  const restored = bindsOwnPrefix(activity.attributes, namespaces) ? restoreKept(activity) : activity
  const isContact = (child: XmlNode) => typeof child !== 'string' && child.name === 'contact-info'
  const counted =
    contacts === 'left-out' ? { ...restored, children: restored.children.filter((child) => !isContact(child)) } : restored
  return hash('sha256', canonicalForm(counted, ownPrefix(restored, namespaces)), 'hex')
}

// Characters that no XML document can contain separate the parts, so that nothing needs to be escaped.
const START = '\u0001'
const ATTRIBUTE = '\u0002'
const VALUE = '\u0003'
const END = '\u0004'
/** No name begins with it. */
const NO_PREFIX = END

const RANKS: ReadonlyMap<string, number> = new Map(ACTIVITY_ORDER.map((name, rank) => [name, rank]))
const UNKNOWN_RANK = ACTIVITY_ORDER.length

const LAST_UPDATE = 'last-updated-datetime'

function canonicalForm(activity: XmlElement, own: string): string {
  let form = START + activity.name + attributesOf(activity.attributes, own, LAST_UPDATE)
  for (const child of childrenInOrder(activity, own)) form += elementForm(child, own)
  return form + END
}

/** A file of ours always uses the prefix that the namespace has; another file could bind the same address to another one. */
function ownPrefix({ attributes }: XmlElement, namespaces: Readonly<Record<string, string>>): string {
  for (const name in namespaces) if (name !== '' && namespaces[name] === OWN_NAMESPACE) return `${name}:`
  for (const name in attributes) if (attributes[name] === OWN_NAMESPACE && name.startsWith('xmlns:')) return `${name.slice(6)}:`
  return bindsOwnPrefix(attributes, namespaces) ? OWN_PREFIX : NO_PREFIX
}

/** By the order of the schema, unknown names last and by name, elements of one name as they stand. */
function childrenInOrder(activity: XmlElement, own: string): XmlElement[] {
  const counted: XmlElement[] = []
  let last = 0
  let sorted = true
  for (const child of activity.children) {
    if (typeof child === 'string' || !counts(child, own)) continue
    const rank = rankOf(child)
    // Two unknown names that follow each other are left to the sort.
    if (rank < last || rank === UNKNOWN_RANK) sorted = false
    last = rank
    counted.push(child)
  }
  return sorted ? counted : counted.sort((a, b) => rankOf(a) - rankOf(b) || compareNames(a.name, b.name))
}

function rankOf({ name }: XmlElement): number {
  return RANKS.get(name) ?? UNKNOWN_RANK
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function counts({ name, attributes }: XmlElement, own: string): boolean {
  if (name.startsWith(own)) return false
  return name !== 'tag' || attributes['vocabulary-uri'] !== OWN_VOCABULARY_URI
}

function elementForm(element: XmlElement, own: string): string {
  const { children } = element
  const [only] = children
  let form = START + element.name + attributesOf(element.attributes, own)
  if (children.length === 1 && typeof only === 'string') return form + collapsed(only) + END
  let text = ''
  for (const child of children) {
    if (typeof child === 'string') text = text === '' ? child : text + child
    else if (!child.name.startsWith(own)) {
      form += collapsed(text) + elementForm(child, own)
      text = ''
    }
  }
  return form + collapsed(text) + END
}

function attributesOf(attributes: Readonly<Record<string, string>>, own: string, without?: string): string {
  const names: string[] = []
  for (const name in attributes) {
    if (name.startsWith('xmlns') || name.startsWith(own) || name === without) continue
    // Put where it belongs: an element has few attributes, and most stand in order.
    let at = names.length
    for (let before = names[at - 1]; before !== undefined && before > name; before = names[at - 1]) {
      names[at] = before
      at--
    }
    names[at] = name
  }
  let form = ''
  for (const name of names) form += ATTRIBUTE + name + VALUE + collapsed(attributes[name] ?? '')
  return form
}
