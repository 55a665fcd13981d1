/** What a piece states, whatever its version: the activity of 2.03 shape, and its facts with what an export of ours had added. */
import {
  bindsOwnPrefix,
  type FileContext,
  factsOfActivity,
  isOwnExport,
  listedYearsOf,
  ownIdentifierOf,
  readExtensions,
  restoreKept,
  upgradeActivity,
  type XmlElement,
} from '../../../interop/iati/index.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import type { createPublishedOrgFinder } from './org-finder.ts'
import { soundParts } from './sound-parts.ts'

export type OrgFinder = ReturnType<typeof createPublishedOrgFinder>

export function statePiece(activity: XmlElement, context: FileContext, findOrg: OrgFinder) {
  const { activity: upgraded, notes } = upgradeActivity(activity, context.version)
  const isOwnPrefix = bindsOwnPrefix(upgraded.attributes, context.namespaces)
  const broken: ProblemReport[] = []
  const restored = isOwnPrefix ? restoreKept(upgraded, (kept) => broken.push(partNotRead(kept))) : upgraded
  const current = withLanguageOfFile(restored, context)
  const stated = factsOfActivity(current, { context, findOrg })
  const own = soundParts(isOwnPrefix ? readExtensions(current, stated.facts) : {}, current.line)
  const facts = withoutUndefined({ ...stated.facts, ...own.parts })
  return {
    /** In the shape of 2.03, with what an export had set aside in its place. */
    activity: current,
    /** Names of the mappings from an older version. */
    notes,
    facts,
    identifier: (isOwnPrefix ? ownIdentifierOf(current) : undefined) ?? stated.identifier,
    isOwnExport: isOwnPrefix && isOwnExport(current),
    /** Years in whose lists it stood, where an export of ours said so. */
    listedYears: isOwnPrefix ? listedYearsOf(current) : [],
    statedAt: stated.statedAt,
    problems: own.problems.length + broken.length === 0 ? stated.problems : [...stated.problems, ...broken, ...own.problems],
  }
}

function partNotRead({ attributes, line }: XmlElement): ProblemReport {
  return { code: 'iati.own-part-not-read', params: { part: attributes.path ?? '' }, level: 'warning', place: { line } }
}

/** A language that the root states for all its texts stays with each activity or organisation when it leaves its file. */
export function withLanguageOfFile(activity: XmlElement, { attributes }: FileContext): XmlElement {
  const language = attributes['xml:lang']?.trim()
  if (!language || activity.attributes['xml:lang']?.trim()) return activity
  return { ...activity, attributes: { ...activity.attributes, 'xml:lang': language } }
}

/** A section that an extension clears is not stated. */
function withoutUndefined(facts: InitiativeFacts): InitiativeFacts {
  for (const value of Object.values(facts)) {
    if (value === undefined)
      return Object.fromEntries(Object.entries(facts).filter(([, one]) => one !== undefined)) as InitiativeFacts
  }
  return facts
}
