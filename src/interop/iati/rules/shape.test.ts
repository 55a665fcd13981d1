/** The structure that the rules and the writer go by, against the published schemas. Skipped where they are absent. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { elementsOf, firstElement, type XmlElement } from '../element.ts'
import { parseElement } from '../parse-element.ts'
import { ACTIVITY_SCHEMA, ORGANISATION_SCHEMA } from '../write/schema.ts'
import type { ElementRule } from '../write/schema-rule.ts'

const FOLDER = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'iati', 'schema-2.03')
const present = existsSync(FOLDER)
if (!present) console.log('the published schemas of 2.03 are absent: the test against them is skipped')

function rootOf(name: string): XmlElement {
  return parseElement(
    readFileSync(join(FOLDER, name), 'utf8')
      .replace(/^<\?xml[^>]*\?>/, '')
      .trim(),
    1,
  )
}

/** Global elements and types of a schema and of the one that both include. */
function definitionsOf(file: string): ReadonlyMap<string, XmlElement> {
  const roots = [rootOf(file), rootOf('iati-common.xsd')]
  return new Map(roots.flatMap((root) => elementsOf(root).map((one) => [`${one.name} ${one.attributes.name}`, one])))
}

interface Occurrence {
  readonly element: XmlElement
  readonly isRequired: boolean
  readonly isRepeated: boolean
}

function describedBy(file: string, top: string): Map<string, string> {
  const definitions = definitionsOf(file)
  const lines = new Map<string, string>()
  const global = (kind: string, name: string | undefined) => definitions.get(`xsd:${kind} ${name}`)

  /** Of the type as named, or of the type written inside, and of those that they extend. */
  function typesOf(element: XmlElement): XmlElement[] {
    const own = firstElement(element, 'xsd:complexType') ?? global('complexType', element.attributes.type)
    if (!own) return []
    const content = firstElement(own, 'xsd:simpleContent') ?? firstElement(own, 'xsd:complexContent')
    const extension = content && firstElement(content, 'xsd:extension')
    const base = extension && global('complexType', extension.attributes.base)
    // What is extended comes first.
    return [own, ...(base ? [base] : []), ...(extension ? [extension] : [])]
  }

  function attributesOf(element: XmlElement): string {
    const all = typesOf(element).flatMap((type) => elementsOf(type, 'xsd:attribute'))
    const names = all.map(({ attributes }) => `${attributes.name ?? attributes.ref}${attributes.use === 'required' ? '!' : ''}`)
    return [...new Set(names)].sort().join(' ')
  }

  function childrenOf(element: XmlElement): Occurrence[] {
    return typesOf(element).flatMap((type) => elementsOf(type).flatMap((group) => membersOf(group, true, false)))
  }

  function membersOf(group: XmlElement, isRequired: boolean, isRepeated: boolean): Occurrence[] {
    if (!['xsd:sequence', 'xsd:choice', 'xsd:element'].includes(group.name)) return []
    const required = isRequired && group.attributes.minOccurs !== '0'
    const repeated = isRepeated || (group.attributes.maxOccurs ?? '1') !== '1'
    if (group.name !== 'xsd:element') return elementsOf(group).flatMap((one) => membersOf(one, required, repeated))
    const { ref } = group.attributes
    const element = ref === undefined ? group : global('element', ref)
    return element ? [{ element, isRequired: required, isRepeated: repeated }] : []
  }

  function visit(element: XmlElement, path: string): void {
    const children = childrenOf(element)
    const signs = children.map((one) => `${one.element.attributes.name}${sign(one)}`)
    lines.set(path, `[${attributesOf(element)}] ${signs.join(' ')}`.trim())
    for (const child of children) visit(child.element, `${path}/${child.element.attributes.name}`)
  }

  const root = global('element', top)
  if (root) visit(root, top)
  return lines
}

function ruleLines(rule: ElementRule, path: string, lines = new Map<string, string>()): Map<string, string> {
  const attributes = [...rule.attributes].map(([name, { isRequired }]) => `${name}${isRequired ? '!' : ''}`).sort()
  lines.set(path, `[${attributes.join(' ')}] ${rule.children.map((child) => `${child.name}${sign(child)}`).join(' ')}`.trim())
  for (const child of rule.children) ruleLines(child.rule, `${path}/${child.name}`, lines)
  return lines
}

function sign({ isRequired, isRepeated }: { isRequired: boolean; isRepeated: boolean }): string {
  return isRequired ? (isRepeated ? '+' : '') : isRepeated ? '*' : '?'
}

describe.skipIf(!present)('the structure of 2.03', () => {
  test.each([
    ['iati-activity', 'iati-activities-schema.xsd', ACTIVITY_SCHEMA, 150],
    ['iati-organisation', 'iati-organisations-schema.xsd', ORGANISATION_SCHEMA, 40],
  ])('%s has the attributes and children of the published schema, required and repeated alike', (top, file, rule, atLeast) => {
    const published = describedBy(file, top)
    expect(published.size).toBeGreaterThan(atLeast)
    expect(ruleLines(rule, top)).toEqual(published)
  })
})
