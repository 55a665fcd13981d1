/**
 * What elements of ours say of an initiative was written by a program of ours, or by anybody: a section that a record cannot hold is
 * left out, and said; what plain 2.03 states then stands in its place.
 */
import { defineProblems, type ProblemReport } from '../../../kernel/problems.ts'
import { flowGroupOf, type InitiativeFacts, InitiativeFactsSchema } from '../../../modules/registry/index.ts'

defineProblems('iati', {
  'own-part-not-read': { kind: 'invalid', params: ['part'] },
})

type Section = keyof InitiativeFacts
type Contribution = NonNullable<InitiativeFacts['contributions']>[number]

export interface SoundParts {
  /** A section that is undefined is not stated. */
  readonly parts: Partial<InitiativeFacts>
  readonly problems: ProblemReport[]
}

/** `line` is that of the activity. */
export function soundParts(own: Partial<InitiativeFacts>, line: number): SoundParts {
  const parts: Record<string, unknown> = {}
  const problems: ProblemReport[] = []
  for (const [section, value] of Object.entries(own)) {
    if (value === undefined || isSound(section as Section, value)) parts[section] = value
    else problems.push({ code: 'iati.own-part-not-read', params: { part: section }, level: 'warning', place: { line } })
  }
  return { parts, problems }
}

function isSound(section: Section, value: unknown): boolean {
  if (!InitiativeFactsSchema.shape[section].safeParse(value).success) return false
  if (section === 'partners') return haveOwnNumbers(value as NonNullable<InitiativeFacts['partners']>)
  if (section !== 'contributions') return true
  const contributions = value as readonly Contribution[]
  return haveOwnNumbers(contributions) && contributions.every(canBeCounted)
}

function haveOwnNumbers(list: readonly { readonly no: string }[]): boolean {
  return new Set(list.map(({ no }) => no)).size === list.length
}

/** As the tables of flows require: money is counted as money, and what people enter goes from one to another. */
function canBeCounted(contribution: Contribution): boolean {
  const { money, quantity, giver, taker, published } = contribution
  const group = flowGroupOf(contribution)
  if ((group === 'A' && !money) || (group === 'C' && money)) return false
  if (quantity?.value.startsWith('-')) return false
  return published !== undefined || (giver !== taker && !money?.amount.startsWith('-'))
}
