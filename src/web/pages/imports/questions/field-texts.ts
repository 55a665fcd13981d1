/** Both values of a field in words. Of long lists only what differs is said, so that a reader sees the difference. */
import type { ImportConflict, InitiativeFacts } from '../../../../modules/registry/index.ts'
import { getInitiative } from '../../../../modules/registry/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { factText } from '../../initiatives/fact-text.ts'
import { orgNames } from '../../initiatives/naming.ts'
import { partnerIds } from '../../initiatives/words.ts'

export interface SideText {
  /** Lines; empty = nothing stated. */
  readonly lines: readonly string[]
  /** Lines that both sides have, and lines too many to show. */
  readonly same: number
  readonly more: number
}

export interface FieldTexts {
  readonly ours: SideText
  readonly theirs: SideText
}

/** Beyond this what both sides say is left out. */
const SHORT = 4
const SHOWN_LINES = 15

/** Fields that name partners by their numbers. */
const WITH_PARTNERS = ['contributions', 'results']

export async function fieldTexts(request: PageRequest, conflict: ImportConflict): Promise<FieldTexts> {
  const field = conflict.section as keyof InitiativeFacts
  const partners = WITH_PARTNERS.includes(field) ? await partnersOf(request, conflict.initiativeId) : {}
  const side = async (value: unknown): Promise<string[]> => {
    if (value === null || value === undefined) return []
    const facts = { ...partners, [field]: value } as InitiativeFacts
    const text = factText(request.t, facts, field, await orgNames(request, partnerIds(facts)))
    return text === undefined ? [] : text.split('\n')
  }
  return differing(await side(conflict.ours), await side(conflict.theirs))
}

async function partnersOf({ context, actor }: PageRequest, id: string): Promise<Pick<InitiativeFacts, 'partners'>> {
  const { record } = await context.operations.run(getInitiative, { id }, actor)
  return record.facts.partners === undefined ? {} : { partners: record.facts.partners }
}

export function differing(ours: readonly string[], theirs: readonly string[]): FieldTexts {
  if (ours.length <= SHORT && theirs.length <= SHORT) return { ours: cut(ours, 0), theirs: cut(theirs, 0) }
  const only = (lines: readonly string[], others: readonly string[]) => {
    const known = new Set(others)
    return lines.filter((line) => !known.has(line))
  }
  const [mine, others] = [only(ours, theirs), only(theirs, ours)]
  return { ours: cut(mine, ours.length - mine.length), theirs: cut(others, theirs.length - others.length) }
}

function cut(lines: readonly string[], same: number): SideText {
  return { lines: lines.slice(0, SHOWN_LINES), same, more: Math.max(0, lines.length - SHOWN_LINES) }
}
