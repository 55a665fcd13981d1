/**
 * Puts back what an export of ours had to set aside because the schema of 2.03 does not allow it. Each `sur:kept` holds the text of
 * one child of the activity and says its place among the children of its name, or the value of one attribute. `shown`: a part of it
 * that is valid stands in its place meanwhile. A `sur:kept` that is empty and shown: an empty form stands there only because the
 * schema requires one, and the source has none.
 */
import { Problem } from '../../../kernel/problems.ts'
import { attributeOf, elementsOf, type XmlElement, type XmlNode } from '../element.ts'
import { parseElement } from '../parse-element.ts'
import { flagOf } from './read-attributes.ts'

/**
 * The same object for an activity (or organisation) without anything set aside. A `sur:kept` whose text is no element stays as it
 * stands; `onBroken` is told of it.
 */
export function restoreKept(activity: XmlElement, onBroken?: (kept: XmlElement) => void): XmlElement {
  if (!hasKept(activity)) return activity
  const attributes: Record<string, string> = { ...activity.attributes }
  const groups = new Map<string, (XmlElement | undefined)[]>()
  const broken = new Set<XmlNode>()
  const groupOf = (name: string) => {
    const group = groups.get(name) ?? elementsOf(activity, name)
    groups.set(name, group)
    return group
  }
  for (const kept of elementsOf(activity, 'sur:kept')) {
    const path = attributeOf(kept, 'path') ?? ''
    const text = kept.children.filter((child) => typeof child === 'string').join('')
    if (path.startsWith('@')) attributes[path.slice(1)] = text
    const [, name, place] = /^([^[]+)\[(\d+)\]$/.exec(path) ?? []
    if (name === undefined) continue
    let original: XmlElement | undefined
    try {
      original = text.trim() === '' ? undefined : parseElement(text, kept.line)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      broken.add(kept)
      onBroken?.(kept)
      continue
    }
    groupOf(name).splice(Number(place) - 1, flagOf(kept, 'shown') === true ? 1 : 0, original)
  }
  return { ...activity, attributes, children: withGroups(activity, groups, broken) }
}

function hasKept({ children }: XmlElement): boolean {
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const child = children[index]
    if (child === undefined || typeof child === 'string') continue
    if (child.name === 'sur:kept') return true
    if (!child.name.includes(':')) return false
  }
  return false
}

/** Each group where the first of its name stood; one that nothing stood for comes first, for what is ours stands last. */
function withGroups(
  { children }: XmlElement,
  groups: ReadonlyMap<string, readonly (XmlElement | undefined)[]>,
  broken: ReadonlySet<XmlNode>,
): XmlNode[] {
  const written = new Set<string>()
  const ordered = children.flatMap((child): XmlNode[] => {
    if (typeof child === 'string') return [child]
    if (child.name === 'sur:kept') return broken.has(child) ? [child] : []
    const group = groups.get(child.name)
    if (!group) return [child]
    if (written.has(child.name)) return []
    written.add(child.name)
    return group.filter((one) => one !== undefined)
  })
  const others = [...groups].flatMap(([name, group]) => (written.has(name) ? [] : group.filter((one) => one !== undefined)))
  return [...others, ...ordered]
}
