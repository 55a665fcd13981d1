/** How the schema of 2.03 is stated here: for each element its attributes, its children in order, and what its text may be. */
import type { Datatype } from './datatypes.ts'

export interface AttributeRule {
  readonly type: Datatype
  readonly isRequired: boolean
}

export interface ChildRule {
  readonly name: string
  readonly isRequired: boolean
  readonly isRepeated: boolean
  readonly rule: ElementRule
}

export interface ElementRule {
  readonly attributes: ReadonlyMap<string, AttributeRule>
  /** A few elements allow no attributes of other namespaces. */
  readonly takesForeignAttributes: boolean
  readonly children: readonly ChildRule[]
  /** Undefined: no text besides blanks. */
  readonly text: Datatype | undefined
  /** An element with text alone has no children at all, also none of other namespaces. */
  readonly takesForeignChildren: boolean
  /** Children of other namespaces stand last, except where the schema was extended after them. */
  readonly foreignBefore: string | undefined
}

/** Children as `['narrative*', NARRATIVE]`: nothing after the name is once, `?` at most once, `*` any number, `+` at least once. */
export type Children = readonly (readonly [string, ElementRule])[]

/** Attributes as `code! percentage:decimal`: with `!` required, with a colon their type, otherwise a string. */
export function rule(
  attributes = '',
  children: Children = [],
  { text, foreign = true, foreignBefore }: { text?: Datatype; foreign?: boolean; foreignBefore?: string } = {},
): ElementRule {
  return {
    attributes: new Map(attributes.split(' ').filter(Boolean).map(attributeRule)),
    takesForeignAttributes: foreign,
    children: children.map(childRule),
    text,
    takesForeignChildren: text === undefined,
    foreignBefore,
  }
}

const LANGUAGE = 'xml:lang'

function attributeRule(written: string): [string, AttributeRule] {
  if (written.startsWith(LANGUAGE)) return [LANGUAGE, { type: 'language', isRequired: false }]
  const [name = '', type = 'string'] = written.replace('!', '').split(':')
  return [name, { type: type as Datatype, isRequired: written.includes('!') }]
}

function childRule([written, rule]: readonly [string, ElementRule]): ChildRule {
  const sign = /[?*+]$/.exec(written)?.[0] ?? ''
  return {
    name: sign === '' ? written : written.slice(0, -1),
    isRequired: sign === '' || sign === '+',
    isRepeated: sign === '*' || sign === '+',
    rule,
  }
}
