/** Whether a value is an answer to a question: where it is wrong, what was found and what would be accepted. */
import { compareDecimals, digitsAfterPoint, parseDecimal } from '../../../kernel/decimal.ts'
import type { ProblemPlace, ProblemReport } from '../../../kernel/problems.ts'
import { isAnswered, type MatrixColumn, type Question } from './question.ts'

/** Of a text whose question names no length. */
const LONGEST_TEXT = 20_000
const LONGEST_SHOWN = 80
const LARGEST_MATRIX = 2_000
const MOST_FILES = 50

type Asked = Question | MatrixColumn

/** Nothing to say about an empty answer: whether one is needed is a matter of the whole return. */
export function checkAnswer(question: Question, value: unknown): ProblemReport[] {
  if (!isAnswered(value)) return []
  const place = { field: question.code }
  if (question.type === 'matrix') return checkMatrix(question, value, place)
  if (question.type === 'file') return checkFiles(question, value, place)
  return checkValue(question, question.code, value, place)
}

function checkValue(asked: Asked, question: string, value: unknown, place: ProblemPlace): ProblemReport[] {
  const wrongType = [report('answer-wrong-type', { question, found: shown(value), accepted: asked.type }, place)]
  if (asked.type === 'yes_no') return typeof value === 'boolean' ? [] : wrongType
  if (asked.type === 'choice') return typeof value === 'string' ? checkOptions(asked, question, [value], place) : wrongType
  if (asked.type === 'multi') return checkMulti(asked, question, value, place) ?? wrongType
  if (asked.type === 'number') return checkNumber(asked, question, value, place) ?? wrongType
  if (asked.type === 'money') return checkMoney(asked, question, value, place) ?? wrongType
  if (typeof value !== 'string') return wrongType
  const longest = asked.maxLength ?? LONGEST_TEXT
  return value.length <= longest ? [] : [report('answer-too-long', { question, found: value.length, accepted: longest }, place)]
}

function checkOptions(asked: Asked, question: string, codes: readonly string[], place: ProblemPlace): ProblemReport[] {
  const accepted = (asked.options ?? []).map(({ code }) => code)
  return codes
    .filter((code) => !accepted.includes(code))
    .map((code) => report('answer-option-unknown', { question, found: shown(code), accepted: accepted.join(', ') }, place))
}

function checkMulti(asked: Asked, question: string, value: unknown, place: ProblemPlace): ProblemReport[] | undefined {
  if (!Array.isArray(value) || !value.every((code) => typeof code === 'string')) return undefined
  const repeated = value.filter((code, index) => value.indexOf(code) < index)
  return [
    ...checkOptions(asked, question, value, place),
    ...repeated.map((code) => report('answer-option-repeated', { question, found: code }, place)),
  ]
}

function checkNumber(asked: Asked, question: string, value: unknown, place: ProblemPlace): ProblemReport[] | undefined {
  const number = typeof value === 'string' ? parseDecimal(value) : undefined
  if (number === undefined) return undefined
  const digits = asked.decimals ?? 0
  if (digitsAfterPoint(number) > digits) {
    return [report('answer-too-precise', { question, found: shown(value), accepted: digits }, place)]
  }
  return checkRange(asked, question, number, place)
}

function checkMoney(asked: Asked, question: string, value: unknown, place: ProblemPlace): ProblemReport[] | undefined {
  const { amount, currency } = recordOf(value) ?? {}
  const number = typeof amount === 'string' ? parseDecimal(amount) : undefined
  if (number === undefined || typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return undefined
  return checkRange(asked, question, number, place)
}

function checkRange({ min, max }: Asked, question: string, number: string, place: ProblemPlace): ProblemReport[] {
  const tooSmall = min !== undefined && compareDecimals(number, min) < 0
  const tooLarge = max !== undefined && compareDecimals(number, max) > 0
  if (!tooSmall && !tooLarge) return []
  const accepted = min === undefined ? `≤ ${max}` : max === undefined ? `≥ ${min}` : `${min}–${max}`
  return [report('answer-out-of-range', { question, found: number, accepted }, place)]
}

/** Rows count from 1, as they stand on the page. */
function checkMatrix(question: Question, value: unknown, place: ProblemPlace): ProblemReport[] {
  const { code, matrix } = question
  if (!matrix || !Array.isArray(value)) {
    return [report('answer-wrong-type', { question: code, found: shown(value), accepted: 'matrix' }, place)]
  }
  const most = matrix.rows?.length ?? matrix.maxRows ?? LARGEST_MATRIX
  const tooMany =
    value.length > most ? [report('answer-too-many-rows', { question: code, found: value.length, accepted: most }, place)] : []
  const rows: unknown[] = value.slice(0, most)
  return [
    ...tooMany,
    ...rows.flatMap((row, index) => checkRow(question, row, { ...place, row: index + 1 }, rows.slice(0, index))),
  ]
}

function checkRow(question: Question, value: unknown, place: ProblemPlace, before: readonly unknown[]): ProblemReport[] {
  const { code, matrix } = question
  const row = recordOf(value)
  const cells = recordOf(row?.cells)
  if (!matrix || !row || !cells) {
    return [report('answer-wrong-type', { question: code, found: shown(value), accepted: 'matrix' }, place)]
  }
  const problems: ProblemReport[] = []
  if (matrix.rows) {
    const accepted = matrix.rows.map((one) => one.code)
    const found = typeof row.row === 'string' ? row.row : ''
    if (!accepted.includes(found)) {
      problems.push(report('answer-option-unknown', { question: code, found, accepted: accepted.join(', ') }, place))
    } else if (before.some((one) => recordOf(one)?.row === found)) {
      problems.push(report('answer-option-repeated', { question: code, found }, place))
    }
  }
  const accepted = matrix.columns.map((one) => one.code)
  for (const name of Object.keys(cells).filter((one) => !accepted.includes(one))) {
    problems.push(report('answer-option-unknown', { question: code, found: shown(name), accepted: accepted.join(', ') }, place))
  }
  for (const column of matrix.columns) {
    const at = { ...place, column: column.code }
    const cell = cells[column.code]
    if (isAnswered(cell)) problems.push(...checkValue(column, `${code}.${column.code}`, cell, at))
  }
  return problems
}

function checkFiles({ code }: Question, value: unknown, place: ProblemPlace): ProblemReport[] {
  const isFile = (one: unknown): boolean => {
    const { name, digest, address } = recordOf(one) ?? {}
    const isKept = typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest)
    const isElsewhere = typeof address === 'string' && /^https?:\/\//i.test(address) && address.length <= 2_000
    return typeof name === 'string' && name.trim() !== '' && name.length <= 300 && (isKept || isElsewhere)
  }
  if (Array.isArray(value) && value.length <= MOST_FILES && value.every(isFile)) return []
  return [report('answer-wrong-type', { question: code, found: shown(value), accepted: 'file' }, place)]
}

export function report(name: string, params: Record<string, string | number>, place: ProblemPlace): ProblemReport {
  return { code: `results.${name}`, params, place }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '–')
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text
}
