/** A whole return before it is submitted: what is required and asked is answered, every answer is one, totals do not contradict. */
import { addDecimals, compareDecimals, parseDecimal, sumDecimals } from '../../../kernel/decimal.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { checkAnswer, report } from './check-answer.ts'
import { type Answers, type Instrument, type InstrumentCheck, isAnswered, type MatrixRow, type Question } from './question.ts'
import { countedAnswers, visibleQuestions } from './visible-questions.ts'

/** In the order of the questions; totals at the end. Answers of hidden questions are not looked at. */
export function checkResponse(instrument: Instrument, answers: Answers): ProblemReport[] {
  const asked = visibleQuestions(instrument, answers)
  const single = asked.flatMap((question) => [
    ...checkRequired(question, answers),
    ...checkAnswer(question, answers[question.code]),
  ])
  const counted = countedAnswers(instrument, answers)
  return [...single, ...instrument.checks.flatMap((check) => judge(check, counted))]
}

/** Required questions that are asked and have no answer yet, and required cells of rows that were begun. */
function checkRequired(question: Question, answers: Answers): ProblemReport[] {
  const value = answers[question.code]
  const place = { field: question.code }
  if (!isAnswered(value)) return question.required ? [report('answer-required', { question: question.code }, place)] : []
  if (question.type !== 'matrix' || !question.matrix || !Array.isArray(value)) return []
  const needed = question.matrix.columns.filter(({ required }) => required)
  return (value as readonly MatrixRow[]).flatMap((row, index) =>
    needed
      .filter(({ code }) => !isAnswered(row?.cells?.[code]))
      .map(({ code }) =>
        report('answer-required', { question: `${question.code}.${code}` }, { ...place, row: index + 1, column: code }),
      ),
  )
}

function judge({ code, kind, parts, total }: InstrumentCheck, answers: Answers): ProblemReport[] {
  const terms = parts.map((part) => termOf(part, answers))
  const whole = termOf(total, answers)
  if (whole === undefined || terms.some((term) => term === undefined)) return []
  // Amounts of different currencies are not added up.
  const currencies = new Set([...terms, whole].map((term) => term?.currency))
  if (currencies.size > 1) return []
  const sum = sumDecimals(terms.map((term) => term?.value ?? '0'))
  const order = compareDecimals(sum, whole.value)
  if (kind === 'sum_equals' ? order === 0 : order <= 0) return []
  const accepted = kind === 'sum_equals' ? whole.value : `≤ ${whole.value}`
  return [report('totals-contradict', { check: code, parts: parts.join(' + '), found: sum, total, accepted }, { field: total })]
}

interface Term {
  readonly value: string
  readonly currency?: string
}

/** Number, amount, or the sum of a column; undefined where nothing was answered or amounts are in several currencies. */
function termOf(written: string, answers: Answers): Term | undefined {
  const [code = '', column] = written.split('.')
  const value = answers[code]
  if (!isAnswered(value)) return undefined
  if (column === undefined) return numberOf(value)
  if (!Array.isArray(value)) return undefined
  const cells = (value as readonly MatrixRow[]).map((row) => numberOf(row?.cells?.[column])).filter((cell) => cell !== undefined)
  const [first] = cells
  if (!first || cells.some(({ currency }) => currency !== first.currency)) return undefined
  return { ...first, value: cells.reduce((sum, cell) => addDecimals(sum, cell.value), '0') }
}

function numberOf(value: unknown): Term | undefined {
  if (typeof value === 'string') {
    const number = parseDecimal(value)
    return number === undefined ? undefined : { value: number }
  }
  const { amount, currency } = (value ?? {}) as Readonly<Record<string, unknown>>
  const number = typeof amount === 'string' ? parseDecimal(amount) : undefined
  return number === undefined || typeof currency !== 'string' ? undefined : { value: number, currency }
}
