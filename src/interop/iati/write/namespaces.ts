/** Prefixes of other namespaces: which an activity uses, and what they are bound to. */
import type { XmlElement } from '../element.ts'
import { OWN_PREFIX } from '../own-namespace.ts'

/** `xml` and `xmlns` are bound by XML itself, ours by the root of the file. */
const BOUND = new Set(['xml', 'xmlns', OWN_PREFIX.slice(0, -1)])

export function prefixOf(name: string): string | undefined {
  const colon = name.indexOf(':')
  return colon === -1 ? undefined : name.slice(0, colon)
}

/**
 * The activity with declarations for the prefixes that it uses: what the root of its source bound has another root now.
 * Declarations that stand in the tree already are left where they are.
 */
export function withDeclarations(activity: XmlElement, namespaces: Readonly<Record<string, string>>): XmlElement {
  const used = new Set<string>()
  collectPrefixes(activity, used)
  const attributes: Record<string, string> = {}
  for (const prefix of [...used].sort()) {
    const address = namespaces[prefix]
    if (address && !BOUND.has(prefix) && activity.attributes[`xmlns:${prefix}`] === undefined)
      attributes[`xmlns:${prefix}`] = address
  }
  return Object.keys(attributes).length === 0 ? activity : { ...activity, attributes: { ...activity.attributes, ...attributes } }
}

function collectPrefixes(element: XmlElement, used: Set<string>): void {
  for (const name of [element.name, ...Object.keys(element.attributes)]) {
    const prefix = prefixOf(name)
    if (prefix !== undefined) used.add(prefix)
  }
  for (const child of element.children) if (typeof child !== 'string') collectPrefixes(child, used)
}

/** Whether every prefix within is bound: by XML, by us, by the root of the source or by a declaration on the way down. */
export function isBound(element: XmlElement, bound: Readonly<Record<string, string>>): boolean {
  const here = { ...bound, ...declaredBy(element) }
  const holds = (name: string) => {
    const prefix = prefixOf(name)
    return prefix === undefined || BOUND.has(prefix) || Boolean(here[prefix])
  }
  return (
    holds(element.name) &&
    Object.keys(element.attributes).every(holds) &&
    element.children.every((child) => typeof child === 'string' || isBound(child, here))
  )
}

export function declaredBy({ attributes }: XmlElement): Record<string, string> {
  const declared: Record<string, string> = {}
  for (const [name, address] of Object.entries(attributes))
    if (name.startsWith('xmlns:')) declared[name.slice('xmlns:'.length)] = address
  return declared
}
