/**
 * The structure of 2.03 made ready for the walk through a tree: each element knows its children by name, its code lists and the rules
 * that look at it. Made once, when the first activity is checked.
 */
import type { XmlElement } from '../element.ts'
import type { Datatype } from '../write/datatypes.ts'
import { ACTIVITY_SCHEMA, ORGANISATION_SCHEMA } from '../write/schema.ts'
import type { ElementRule } from '../write/schema-rule.ts'
import type { CheckRun } from './check-run.ts'
import { type ListOf, listOfAttribute } from './code-lists.ts'

/** Looks at an element when its children are checked already; the run stands at the element. */
export type ElementCheck = (element: XmlElement, run: CheckRun) => void

export interface Shape {
  readonly attributes: ReadonlyMap<string, AttributeShape>
  readonly required: readonly string[]
  readonly children: ReadonlyMap<string, ChildShape>
  readonly order: readonly ChildShape[]
  readonly requiredChildren: readonly ChildShape[]
  readonly text: Datatype | undefined
  readonly takesForeignChildren: boolean
  /** The element can state a currency of its own, or takes that of the activity. */
  readonly hasCurrency: boolean
  readonly isNarrative: boolean
  readonly check: ElementCheck | undefined
}

export interface AttributeShape {
  readonly type: Datatype
  readonly listOf: ListOf | undefined
  readonly isLanguage: boolean
}

export interface ChildShape {
  readonly name: string
  /** Place in the order of the parent's children. */
  readonly index: number
  readonly isRepeated: boolean
  readonly shape: Shape
}

/** `checks` by path from the root, `''` for the root itself; `*` before a name is any path to it. */
export type Checks = Readonly<Record<string, ElementCheck>>

export function activityShape(checks: Checks): Shape {
  return shapeOf(ACTIVITY_SCHEMA, { path: '', parent: '', name: 'iati-activity', checks })
}

export function organisationShape(checks: Checks): Shape {
  return shapeOf(ORGANISATION_SCHEMA, { path: '', parent: '', name: 'iati-organisation', checks })
}

/** That one is missing is told by the rule about identifiers, which has more to say. */
const IDENTIFIERS = new Set(['iati-identifier', 'organisation-identifier'])

interface Where {
  readonly path: string
  readonly parent: string
  readonly name: string
  readonly checks: Checks
}

function shapeOf(rule: ElementRule, where: Where): Shape {
  const { path, parent, name, checks } = where
  const attributes = new Map<string, AttributeShape>()
  const required: string[] = []
  for (const [attribute, { type, isRequired }] of rule.attributes) {
    const isLanguage = attribute === 'xml:lang' || (name === 'language' && attribute === 'code')
    attributes.set(attribute, { type, listOf: listOfAttribute(parent, name, attribute), isLanguage })
    if (isRequired) required.push(attribute)
  }
  const order = rule.children.map((child, index): ChildShape & { readonly isRequired: boolean } => {
    const inside = { path: path === '' ? child.name : `${path}/${child.name}`, parent: name, name: child.name, checks }
    return {
      name: child.name,
      index,
      isRepeated: child.isRepeated,
      isRequired: child.isRequired,
      shape: shapeOf(child.rule, inside),
    }
  })
  return {
    attributes,
    required,
    children: new Map(order.map((child) => [child.name, child])),
    order,
    requiredChildren: order.filter(({ name: child, isRequired }) => isRequired && !IDENTIFIERS.has(child)),
    text: rule.text,
    takesForeignChildren: rule.takesForeignChildren,
    hasCurrency: attributes.has('currency'),
    isNarrative: name === 'narrative',
    check: checks[path] ?? checks[`*${name}`],
  }
}
