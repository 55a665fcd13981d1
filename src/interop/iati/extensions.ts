/**
 * Reading back what Sursur adds to 2.03 (`extension-elements.ts` lists it). Files of others have none of it, and cost nothing here.
 */
import type { InitiativeFacts } from '../../modules/registry/index.ts'
import { attributeOf, elementsOf, type XmlElement } from './element.ts'
import { readContributions } from './extensions/read-contributions.ts'
import {
  readGeography,
  readIdentifiers,
  readInitiative,
  readPeriods,
  readSubjects,
  readTexts,
} from './extensions/read-initiative.ts'
import { readPartners } from './extensions/read-partners.ts'
import { readDocuments, readResults } from './extensions/read-results.ts'

export { restoreKept } from './extensions/restore-kept.ts'

/**
 * Facts as elements of ours complete them: whole sections that take the place of those of `plain`, which are the facts that plain
 * 2.03 gives. A section that is undefined in the answer is not stated. Empty for an activity that has no `sur:initiative`.
 */
export function readExtensions(activity: XmlElement, plain: InitiativeFacts): Partial<InitiativeFacts> {
  const own = ownInitiativeOf(activity)
  if (!own) return {}
  return {
    ...readInitiative(own, activity),
    ...readTexts(activity, plain),
    identifiers: readIdentifiers(own, activity, plain),
    ...readPeriods(activity, plain),
    ...readGeography(activity, plain),
    ...readSubjects(activity, plain),
    partners: readPartners(activity, plain),
    contributions: readContributions(activity, plain),
    results: readResults(activity, plain),
    documents: readDocuments(activity, plain),
  }
}

const LONGEST_IDENTIFIER = 300

/** Identifier of the record in the collection that it was exported from, where that is not its IATI identifier. */
export function ownIdentifierOf(activity: XmlElement): string | undefined {
  const identifier = attributeOf(ownInitiativeOf(activity), 'identifier')
  return identifier !== undefined && identifier.length <= LONGEST_IDENTIFIER ? identifier : undefined
}

/** Years in whose lists the initiative stood, where the exported record said so; each once, none that a listing cannot have. */
export function listedYearsOf(activity: XmlElement): { year: number | null; groupKey: string | null }[] {
  const own = ownInitiativeOf(activity)
  if (!own) return []
  const byYear = new Map<number | null, { year: number | null; groupKey: string | null }>()
  for (const one of elementsOf(own, 'sur:listed')) {
    const written = Number(attributeOf(one, 'year'))
    const year = Number.isInteger(written) && written >= 1900 && written <= 2200 ? written : null
    if (!byYear.has(year)) byYear.set(year, { year, groupKey: attributeOf(one, 'group-key') ?? null })
  }
  return [...byYear.values()]
}

/** What an export of ours with our own elements wrote: contact data may be absent from it that the record has. */
export function isOwnExport(activity: XmlElement): boolean {
  return ownInitiativeOf(activity) !== undefined
}

/** Ours stand last: the search from the end is one look for a file that has none. */
function ownInitiativeOf({ children }: XmlElement): XmlElement | undefined {
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const child = children[index]
    if (child === undefined || typeof child === 'string') continue
    if (child.name === 'sur:initiative') return child
    if (!child.name.includes(':')) return undefined
  }
  return undefined
}
