/**
 * Answers taken to another version of the questions, by question code: within a survey after its questions were revised, and from last
 * year's return to this year's. Nothing is lost: every old answer is either carried over or listed with the reason why not.
 */
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { checkAnswer } from './check-answer.ts'
import { type Answers, type Instrument, isAnswered, type Question } from './question.ts'

export interface DroppedAnswer {
  readonly question: string
  readonly value: unknown
  /** The question is gone; or what was answered is no answer to the question as it is now. */
  readonly reason: 'question_gone' | 'not_accepted'
  readonly problems: readonly ProblemReport[]
}

/** What is different about a question whose answer was carried over: for whoever answered to look at again. */
export interface ChangedQuestion {
  readonly question: string
  /** Names of the parts that differ: text, options, required, min, showWhen ... */
  readonly parts: readonly string[]
}

export interface CarriedOver {
  readonly answers: Answers
  readonly dropped: readonly DroppedAnswer[]
  readonly changed: readonly ChangedQuestion[]
  /** Questions that were not asked before. */
  readonly added: readonly string[]
}

export function carryOver(before: Instrument, after: Instrument, answers: Answers): CarriedOver {
  const old = new Map(before.questions.map((question) => [question.code, question]))
  const now = new Map(after.questions.map((question) => [question.code, question]))
  const carried: Record<string, unknown> = {}
  const dropped: DroppedAnswer[] = []
  const changed: ChangedQuestion[] = []
  for (const [code, value] of Object.entries(answers)) {
    if (!isAnswered(value)) continue
    const question = now.get(code)
    if (!question) {
      dropped.push({ question: code, value, reason: 'question_gone', problems: [] })
      continue
    }
    const problems = checkAnswer(question, value)
    if (problems.length > 0) {
      dropped.push({ question: code, value, reason: 'not_accepted', problems })
      continue
    }
    carried[code] = value
    const parts = differingParts(old.get(code), question)
    if (parts.length > 0) changed.push({ question: code, parts })
  }
  return { answers: carried, dropped, changed, added: [...now.keys()].filter((code) => !old.has(code)) }
}

/** Names of the parts of two versions of a question that differ; none for a question that was not there. */
export function differingParts(before: Question | undefined, after: Question): string[] {
  if (!before) return []
  const left = before as Readonly<Record<string, unknown>>
  const right = after as Readonly<Record<string, unknown>>
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((part) => canonicalJson(left[part] ?? null) !== canonicalJson(right[part] ?? null))
    .sort()
}
