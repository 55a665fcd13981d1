/**
 * One initiative as an activity of IATI 2.03.
 *
 * Without an original, everything is written from the facts. With one, only what changed in the facts since; the rest is the
 * original, whatever it holds. The result is valid by the schema: parts of the original that are not are set aside in elements of
 * our namespace, from which `restoreKept` puts them back.
 *
 * Nothing is made up. A record of ours that lacks what the schema requires (title, description, partner, status, a date, a reporting
 * organisation with identifier and type) is not written, and the report says what is missing. An original that lacks it gets an
 * empty form where the schema accepts one, marked so that reading it again finds nothing there; for a date there is no empty form.
 *
 * Never written: contact data without consent, notes, columns of imported tables, a person's own label (domain 12.1).
 */
import type { CooperationType } from '../../../codes/index.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import { elementsOf, type XmlElement, type XmlNode } from '../element.ts'
import { isOwnName, OWN_VOCABULARY_URI } from '../own-namespace.ts'
import { activityOfFacts } from './facts/activity-of-facts.ts'
import { frameworkTags } from './facts/classification.ts'
import type { WrittenYear } from './facts/own-initiative.ts'
import type { WriteContext, WrittenOrg } from './facts/write-context.ts'
import { element } from './make-element.ts'
import { mergeActivity } from './merge-activity.ts'
import { withDeclarations } from './namespaces.ts'
import { ACTIVITY_SCHEMA } from './schema.ts'
import { splitSectorGoals } from './sector-goals.ts'
import { serialiseElement } from './serialise.ts'
import { setAside } from './set-aside.ts'

export interface WrittenRecord {
  readonly id: string
  readonly identifier: string | null
  readonly facts: InitiativeFacts
  readonly updatedAt: string
  readonly listed?: readonly WrittenYear[]
}

export interface OriginalActivity {
  /** Upgraded to 2.03, with what an earlier export had set aside put back. */
  readonly activity: XmlElement
  /** As they are computed from it. */
  readonly facts: InitiativeFacts
  /** Prefixes that the root of its file bound. */
  readonly namespaces: Readonly<Record<string, string>>
}

export interface WriteOptions {
  readonly original?: OriginalActivity | undefined
  /** Whether elements, attributes and tags of our own are written; without them, what plain 2.03 cannot hold is lost. */
  readonly extensions: boolean
  readonly orgOf: (orgId: string) => WrittenOrg | undefined
  readonly labelOf?: (facts: InitiativeFacts) => CooperationType | undefined
  readonly mayShowContact?: boolean
  /** The instant of the export: no record was changed after it. */
  readonly now: string
}

export interface WrittenActivity {
  /** Undefined when the activity cannot be written; then `problems` says why. */
  readonly xml: string | undefined
  /** Warnings where it is written without some of its parts. */
  readonly problems: readonly ProblemReport[]
}

export function activityXml(record: WrittenRecord, options: WriteOptions): WrittenActivity {
  const { original, extensions } = options
  const context: WriteContext = {
    own: extensions,
    orgOf: options.orgOf,
    label: options.labelOf?.(record.facts),
    mayShowContact: options.mayShowContact ?? false,
  }
  const tree = shownTo(context, treeOf(record, original, context))
  const bound = original?.namespaces ?? {}
  const {
    element: valid,
    missing,
    lost,
  } = setAside(tree, ACTIVITY_SCHEMA, {
    namespaces: bound,
    keeps: extensions,
    fillsEmpty: original !== undefined && extensions,
  })
  const place = { activity: record.identifier ?? record.id }
  if (!valid || missing.length > 0)
    return {
      xml: undefined,
      problems: [{ code: 'iati.not-exportable', params: { missing: missing.join(', ') }, place, level: 'error' }],
    }
  const dated = {
    ...valid,
    attributes: { ...valid.attributes, 'last-updated-datetime': earlierOf(record.updatedAt, options.now) },
  }
  return { xml: serialiseElement(withDeclarations(dated, bound)), problems: leftOutParts(lost, place) }
}

const NAMED_PARTS = 10

/** Without elements of ours there is no place for what the schema does not allow. */
export function leftOutParts(lost: readonly string[], place: ProblemReport['place'] & object): ProblemReport[] {
  if (lost.length === 0) return []
  const parts = `${lost.slice(0, NAMED_PARTS).join(', ')}${lost.length > NAMED_PARTS ? ' …' : ''}`
  return [{ code: 'iati.parts-left-out', params: { count: lost.length, parts }, place, level: 'warning' }]
}

function treeOf(record: WrittenRecord, original: OriginalActivity | undefined, context: WriteContext): XmlElement {
  const listed = record.listed ?? []
  if (!original) return activityOfFacts({ ...record, listed }, context)
  const label = context.own ? frameworkTags(context) : []
  if (canonicalJson(original.facts) === canonicalJson(record.facts)) return withTags(original.activity, label)
  const loose = { ...context, isLoose: true }
  const { activity, before, after } = splitSectorGoals(original.activity, original.facts, record.facts)
  const merged = mergeActivity(
    activity,
    activityOfFacts({ ...record, facts: before, listed }, loose),
    activityOfFacts({ ...record, facts: after, listed }, loose),
  )
  return withTags(context.own ? withFlag(merged) : merged, label)
}

/** `sur:initiative` tells a reader that there is more of ours to read. */
function withFlag(activity: XmlElement): XmlElement {
  if (elementsOf(activity, 'sur:initiative').length > 0) return activity
  return { ...activity, children: [...activity.children, element('sur:initiative')] }
}

/** The label is computed anew with each export; a tag for it that stands in the original is that of its day. */
function withTags(activity: XmlElement, label: readonly XmlElement[]): XmlElement {
  const isOld = (child: XmlNode) => typeof child !== 'string' && isOwnTag(child) && /^FC\d\d$/.test(child.attributes.code ?? '')
  if (label.length === 0 && !activity.children.some(isOld)) return activity
  return { ...activity, children: [...activity.children.filter((child) => !isOld(child)), ...label] }
}

/** Without what may not be shown, and without what is ours where that is not wanted. */
function shownTo(context: WriteContext, activity: XmlElement): XmlElement {
  const isShown = (child: XmlNode) =>
    typeof child === 'string' || ((child.name !== 'contact-info' || context.mayShowContact) && (context.own || !isOwnTag(child)))
  const children = activity.children.every(isShown) ? activity.children : activity.children.filter(isShown)
  const shown = children === activity.children ? activity : { ...activity, children }
  if (!context.own) return withoutOwn(shown)
  // Whoever reads it back must not take the absence for the publisher's.
  return shown === activity ? activity : withFlag(shown)
}

function isOwnTag({ name, attributes }: XmlElement): boolean {
  return name === 'tag' && attributes['vocabulary-uri'] === OWN_VOCABULARY_URI
}

function withoutOwn(element: XmlElement): XmlElement {
  const attributes = Object.fromEntries(Object.entries(element.attributes).filter(([name]) => !isOwnName(name)))
  const children = element.children.flatMap((child): XmlNode[] =>
    typeof child === 'string' ? [child] : isOwnName(child.name) ? [] : [withoutOwn(child)],
  )
  return { ...element, attributes, children }
}

function earlierOf(updatedAt: string, now: string): string {
  return Date.parse(updatedAt) <= Date.parse(now) ? updatedAt : now
}
