/** Skip logic: which questions are asked, given what was answered so far. What is hidden counts as not answered, everywhere. */
import { compareDecimals, parseDecimal } from '../../../kernel/decimal.ts'
import { type Answers, type Condition, type Instrument, isAnswered, type Question, type SimpleCondition } from './question.ts'

/** The questions that are asked, in their order. A circle of conditions, which no stored instrument has, hides its questions. */
export function visibleQuestions(instrument: Instrument, answers: Answers): Question[] {
  const isVisible = visibilityIn(instrument, answers)
  return instrument.questions.filter(({ code }) => isVisible(code))
}

/** The answers that count: those of questions that are asked. */
export function countedAnswers(instrument: Instrument, answers: Answers): Answers {
  return Object.fromEntries(
    visibleQuestions(instrument, answers)
      .filter(({ code }) => isAnswered(answers[code]))
      .map(({ code }) => [code, answers[code]]),
  )
}

function visibilityIn(instrument: Instrument, answers: Answers): (code: string) => boolean {
  const questions = new Map(instrument.questions.map((question) => [question.code, question]))
  const known = new Map<string, boolean>()
  const underway = new Set<string>()

  function isVisible(code: string): boolean {
    const before = known.get(code)
    if (before !== undefined) return before
    const question = questions.get(code)
    if (!question || underway.has(code)) return false
    underway.add(code)
    const visible = question.showWhen === undefined || holds(question.showWhen)
    underway.delete(code)
    known.set(code, visible)
    return visible
  }

  function holds(condition: Condition): boolean {
    if ('all' in condition) return condition.all.every(holds)
    if ('any' in condition) return condition.any.some(holds)
    return holdsFor(condition, isVisible(condition.question) ? answers[condition.question] : undefined)
  }

  return isVisible
}

function holdsFor({ op, value }: SimpleCondition, given: unknown): boolean {
  if (op === 'answered') return isAnswered(given)
  if (op === 'not_answered') return !isAnswered(given)
  // Without an answer nothing can be said about it: also "is not".
  if (!isAnswered(given)) return false
  if (op === 'contains') return Array.isArray(given) && given.includes(value)
  if (op === 'in') return Array.isArray(value) && typeof given === 'string' && value.includes(given)
  if (op === 'eq') return isEqual(given, value)
  if (op === 'ne') return !isEqual(given, value)
  const [left, right] = [decimalOf(given), decimalOf(value)]
  if (left === undefined || right === undefined) return false
  const order = compareDecimals(left, right)
  if (op === 'gt') return order > 0
  if (op === 'gte') return order >= 0
  return op === 'lt' ? order < 0 : order <= 0
}

/** '2' and '2.0' are one number. */
function isEqual(given: unknown, value: unknown): boolean {
  if (given === value) return true
  const [left, right] = [decimalOf(given), decimalOf(value)]
  return left !== undefined && right !== undefined && compareDecimals(left, right) === 0
}

function decimalOf(value: unknown): string | undefined {
  return typeof value === 'string' ? parseDecimal(value) : undefined
}

/** Every question that a condition looks at. */
export function questionsIn(condition: Condition | undefined): SimpleCondition[] {
  if (condition === undefined) return []
  if ('all' in condition) return condition.all.flatMap(questionsIn)
  if ('any' in condition) return condition.any.flatMap(questionsIn)
  return [condition]
}
