/**
 * An activity or organisation of any version becomes one of 2.03 shape. One of version 2 comes back as it is: 2.02 and 2.03 only
 * added to 2.01. Of version 1 everything that has a counterpart is moved there; the rest stays in the tree under its old name.
 */
import { firstElement, textOf, type XmlElement } from '../element.ts'
import { ACTIVITY_SHAPE, ORGANISATION_SHAPE } from './activity-shape.ts'
import type { Notes, Shape, UpgradeNote } from './element-shape.ts'
import { activityWebsite, otherIdentifier } from './older-parts.ts'
import { rewriteElement, withAttribute } from './rewrite-element.ts'
import { judgeVersion } from './version.ts'

export interface UpgradedActivity {
  readonly activity: XmlElement
  /** Mappings that changed something, by name. */
  readonly notes: readonly UpgradeNote[]
}

const NOTHING: readonly UpgradeNote[] = []
const BY_SHAPE: readonly UpgradeNote[] = ['version-by-shape']

/** `version` is what the file states, undefined when it states none. */
export function upgradeActivity(activity: XmlElement, version: string | undefined): UpgradedActivity {
  return upgrade(activity, version, (notes) =>
    rewrite(withOlderParts(withOwnIdentifier(activity, notes), notes), ACTIVITY_SHAPE, notes),
  )
}

export function upgradeOrganisation(
  organisation: XmlElement,
  version: string | undefined,
): { readonly organisation: XmlElement; readonly notes: readonly UpgradeNote[] } {
  const { activity, notes } = upgrade(organisation, version, (used) =>
    rewrite(withOrganisationIdentifier(organisation, used), ORGANISATION_SHAPE, used),
  )
  return { organisation: activity, notes }
}

function upgrade(element: XmlElement, version: string | undefined, change: (notes: Notes) => XmlElement): UpgradedActivity {
  const { major, byShape } = judgeVersion(element, version)
  if (major === 2) return { activity: element, notes: byShape ? BY_SHAPE : NOTHING }
  const notes: Notes = new Set(byShape ? BY_SHAPE : [])
  const activity = change(notes)
  return { activity, notes: [...notes] }
}

function rewrite(element: XmlElement, shape: Shape, notes: Notes): XmlElement {
  const rewritten = rewriteElement(element, shape, notes)
  if (rewritten.attributes.version === undefined) return rewritten
  notes.add('activity-version')
  return withAttribute(rewritten, 'version', undefined)
}

/** Drafts before 1.01 had no element for it: the activity was known by the first of its other identifiers. */
function withOwnIdentifier(activity: XmlElement, notes: Notes): XmlElement {
  if (firstElement(activity, 'iati-identifier')) return activity
  const other = activity.children.find(
    (child): child is XmlElement => typeof child !== 'string' && child.name === 'other-identifier' && textOf(child) !== undefined,
  )
  if (!other) return activity
  notes.add('identifier-of-draft')
  const own: XmlElement = { name: 'iati-identifier', attributes: {}, children: [textOf(other) ?? ''], line: other.line }
  return { ...activity, children: [own, ...activity.children] }
}

/** What becomes an element of another name, or needs to know the activity around it. */
function withOlderParts(activity: XmlElement, notes: Notes): XmlElement {
  const reporter = firstElement(activity, 'reporting-org')?.attributes.ref?.trim()
  let changed = false
  const children = activity.children.map((child) => {
    if (typeof child === 'string') return child
    const moved =
      child.name === 'other-identifier'
        ? otherIdentifier(child, reporter, notes)
        : child.name === 'activity-website'
          ? activityWebsite(child, notes)
          : child
    if (moved !== child) changed = true
    return moved
  })
  return changed ? { ...activity, children } : activity
}

function withOrganisationIdentifier(organisation: XmlElement, notes: Notes): XmlElement {
  const old = firstElement(organisation, 'iati-identifier') ?? firstElement(organisation, 'identifier')
  if (old === undefined || firstElement(organisation, 'organisation-identifier')) return organisation
  notes.add('organisation-identifiers')
  const children = organisation.children.map((child) => (child === old ? { ...old, name: 'organisation-identifier' } : child))
  return { ...organisation, children }
}
