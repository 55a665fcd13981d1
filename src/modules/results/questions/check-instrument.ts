/**
 * Whether a set of questions can be asked: codes are unique and known, conditions run in no circle, texts exist in every language.
 * Each problem names its place: `questions.<code>.text`, `checks.<code>`.
 */
import { compareDecimals } from '../../../kernel/decimal.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { report } from './check-answer.ts'
import {
  type Instrument,
  type MatrixColumn,
  type Question,
  type QuestionType,
  SCORECARD_ITEMS,
  type SimpleCondition,
} from './question.ts'
import { questionsIn } from './visible-questions.ts'

const WITH_OPTIONS: readonly QuestionType[] = ['choice', 'multi']
const NUMERIC: readonly QuestionType[] = ['number', 'money']
const ORDERED: readonly string[] = ['gt', 'gte', 'lt', 'lte']

export function checkInstrument(instrument: Instrument, languages: readonly string[] = OFFICIAL_LANGUAGES): ProblemReport[] {
  const { questions, sections, checks } = instrument
  const problems = questions.length === 0 ? [report('instrument-empty', {}, { field: 'questions' })] : []
  const byCode = new Map(questions.map((question) => [question.code, question]))
  return [
    ...problems,
    ...repeatedCodes('sections', sections),
    ...repeatedCodes('questions', questions),
    ...repeatedCodes('checks', checks),
    ...sections.flatMap(({ code, title, lead }) => [
      ...missingLanguages(title, `sections.${code}.title`, languages),
      ...missingLanguages(lead, `sections.${code}.lead`, languages),
    ]),
    ...questions.flatMap((question) => checkQuestion(question, instrument, byCode, languages)),
    ...findCircles(questions, byCode),
    ...checks.flatMap(({ code, parts, total }) => [...parts, total].flatMap((term) => checkTerm(code, term, byCode))),
  ]
}

function repeatedCodes(list: string, items: readonly { readonly code: string }[]): ProblemReport[] {
  return items
    .filter(({ code }, index) => items.findIndex((other) => other.code === code) < index)
    .map(({ code }) => report('code-repeated', { found: code }, { field: `${list}.${code}` }))
}

function missingLanguages(text: LocalizedText | undefined, field: string, languages: readonly string[]): ProblemReport[] {
  if (text === undefined) return []
  const missing = languages.filter((lang) => (text.texts[lang] ?? '').trim() === '')
  return missing.length === 0 ? [] : [report('language-missing', { place: field, missing: missing.join(', ') }, { field })]
}

type ByCode = ReadonlyMap<string, Question>

function checkQuestion(
  question: Question,
  { sections }: Instrument,
  byCode: ByCode,
  languages: readonly string[],
): ProblemReport[] {
  const field = `questions.${question.code}`
  const problems = [
    ...missingLanguages(question.text, `${field}.text`, languages),
    ...missingLanguages(question.help, `${field}.help`, languages),
    ...checkMeasures(question, field, languages),
    ...questionsIn(question.showWhen).flatMap((condition) => checkCondition(question, condition, byCode)),
  ]
  if (question.section !== undefined && !sections.some(({ code }) => code === question.section)) {
    const accepted = sections.map(({ code }) => code).join(', ') || '–'
    problems.push(report('section-unknown', { found: question.section, accepted }, { field: `${field}.section` }))
  }
  const item = question.mapsTo && 'scorecardItem' in question.mapsTo ? question.mapsTo.scorecardItem : undefined
  if (item !== undefined && !(SCORECARD_ITEMS as readonly string[]).includes(item)) {
    problems.push(
      report('scorecard-item-unknown', { found: item, accepted: SCORECARD_ITEMS.join(', ') }, { field: `${field}.mapsTo` }),
    )
  }
  if ((question.type === 'matrix') !== (question.matrix !== undefined)) {
    problems.push(report('matrix-columns-missing', { question: question.code }, { field: `${field}.matrix` }))
  }
  const { rows = [], columns = [] } = question.matrix ?? {}
  return [
    ...problems,
    ...repeatedCodes(`${field}.rows`, rows),
    ...repeatedCodes(`${field}.columns`, columns),
    ...rows.flatMap(({ code, label }) => missingLanguages(label, `${field}.rows.${code}`, languages)),
    ...columns.flatMap((column) => [
      ...missingLanguages(column.text, `${field}.columns.${column.code}`, languages),
      ...checkMeasures(column, `${field}.columns.${column.code}`, languages),
    ]),
  ]
}

function checkMeasures(asked: Question | MatrixColumn, field: string, languages: readonly string[]): ProblemReport[] {
  const options = asked.options ?? []
  const problems = [
    ...repeatedCodes(`${field}.options`, options),
    ...options.flatMap(({ code, label }) => missingLanguages(label, `${field}.options.${code}`, languages)),
  ]
  if (WITH_OPTIONS.includes(asked.type) && options.length === 0) {
    problems.push(report('options-missing', { question: asked.code }, { field: `${field}.options` }))
  }
  if (asked.min !== undefined && asked.max !== undefined && compareDecimals(asked.min, asked.max) > 0) {
    problems.push(report('bounds-reversed', { question: asked.code, min: asked.min, max: asked.max }, { field: `${field}.min` }))
  }
  return problems
}

function checkCondition({ code }: Question, condition: SimpleCondition, byCode: ByCode): ProblemReport[] {
  const place = { field: `questions.${code}.showWhen` }
  const { question, op, value } = condition
  const asked = byCode.get(question)
  if (!asked) return [report('condition-question-unknown', { question: code, found: question }, place)]
  if (op === 'answered' || op === 'not_answered') return []
  const notComparable = [report('condition-not-comparable', { question: code, other: question, type: asked.type, op }, place)]
  if (ORDERED.includes(op)) return asked.type === 'number' && isDecimalText(value) ? [] : notComparable
  if (op === 'contains') return asked.type === 'multi' ? knownOptions(code, asked, [value]) : notComparable
  if (op === 'in') return asked.type === 'choice' && Array.isArray(value) ? knownOptions(code, asked, value) : notComparable
  if (asked.type === 'yes_no') return typeof value === 'boolean' ? [] : notComparable
  if (asked.type === 'choice') return knownOptions(code, asked, [value])
  if (asked.type === 'number') return isDecimalText(value) ? [] : notComparable
  return asked.type === 'text' && typeof value === 'string' ? [] : notComparable
}

function isDecimalText(value: unknown): boolean {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
}

function knownOptions(code: string, asked: Question, values: readonly unknown[]): ProblemReport[] {
  const known = (asked.options ?? []).map((option) => option.code)
  return values
    .filter((value) => typeof value !== 'string' || !known.includes(value))
    .map((value) =>
      report(
        'condition-option-unknown',
        { question: code, other: asked.code, found: String(value), accepted: known.join(', ') || '–' },
        { field: `questions.${code}.showWhen` },
      ),
    )
}

/** One problem for each question from which its own conditions lead back to it. */
function findCircles(questions: readonly Question[], byCode: ByCode): ProblemReport[] {
  return questions.flatMap(({ code }) => {
    const path = pathBack(code, byCode)
    return path
      ? [report('condition-circle', { question: code, path: path.join(' → ') }, { field: `questions.${code}.showWhen` })]
      : []
  })
}

/** Shortest way from a question over what its conditions look at back to itself. */
function pathBack(start: string, byCode: ByCode): string[] | undefined {
  const seen = new Set<string>()
  let ways: string[][] = [[start]]
  while (ways.length > 0) {
    const next: string[][] = []
    for (const way of ways) {
      for (const { question } of questionsIn(byCode.get(way.at(-1) ?? '')?.showWhen)) {
        if (question === start) return [...way, start]
        if (!seen.has(question)) next.push([...way, question])
        seen.add(question)
      }
    }
    ways = next
  }
  return undefined
}

function checkTerm(check: string, term: string, byCode: ByCode): ProblemReport[] {
  const [code = '', column, ...rest] = term.split('.')
  const question = byCode.get(code)
  const place = { field: `checks.${check}` }
  const asked = column === undefined ? question : question?.matrix?.columns.find((one) => one.code === column)
  if (!asked || rest.length > 0) return [report('check-question-unknown', { check, found: term }, place)]
  return NUMERIC.includes(asked.type) ? [] : [report('check-not-numeric', { check, found: term, type: asked.type }, place)]
}
