/**
 * How an element of version 1 becomes one of 2.03, stated as a tree: each element says which of its attributes are re-coded, whether
 * its text becomes a narrative, what its children are and in which order they stand. What no shape mentions stays as it was.
 */
import type { XmlElement } from '../element.ts'

/** Names of the mappings that were used, for the report: `iati.upgrade.<name>` says in words what each does. */
export const UPGRADE_NOTES = [
  'version-by-shape',
  'identifier-of-draft',
  'activity-version',
  'narratives',
  'languages-joined',
  'date-types',
  'iso-dates',
  'role-codes',
  'organisation-types',
  'organisation-identifiers',
  'transaction-types',
  'sector-vocabularies',
  'policy-markers',
  'budget-types',
  'description-types',
  'percentages',
  'other-identifiers',
  'websites',
  'contact-names',
  'locations',
  'document-languages',
  'other-flags',
  'element-order',
] as const
export type UpgradeNote = (typeof UPGRADE_NOTES)[number]

export type Notes = Set<UpgradeNote>

export type Rewrite = (element: XmlElement, notes: Notes) => XmlElement

export interface CodeTable {
  readonly note: UpgradeNote
  /** Old spelling in lower case to the code of 2.03. A value that is not in the table stays. */
  readonly codes: Readonly<Record<string, string>>
}

export interface Shape {
  readonly codes?: Readonly<Record<string, CodeTable>>
  /** Attributes that hold a percentage; a sign behind the number goes. */
  readonly percentages?: readonly string[]
  /** Before children and texts are looked at. */
  readonly first?: Rewrite
  readonly narrative?: true
  /**
   * Version 1 repeated an element for each language. `always`: siblings that differ in language alone are one; otherwise only those
   * that have this attribute, because two organisations without an identifier may be two.
   */
  readonly joined?: 'always' | 'ref' | 'code'
  readonly order?: readonly string[]
  readonly children?: Readonly<Record<string, Shape>>
}
