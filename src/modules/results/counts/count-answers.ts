/**
 * What was answered, per question, with numerator and both denominators: "11 of 20 that answered, 11 of 22 that were asked", and the
 * members behind each number. A survey that promises counts only names nobody, and says nothing of questions that fewer than three
 * answered.
 */
import { z } from 'zod'
import { addDecimals, compareDecimals, type Decimal } from '../../../kernel/decimal.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { isAnswered, type MoneyAnswer, type Question, type QuestionType } from '../questions/index.ts'
import { getInstrument } from '../surveys/instruments.ts'
import { type Population, populationOf, type Respondent, type Share, shareOf } from './respondents.ts'
import { type SubmittedReturn, submittedReturns } from './submitted-answers.ts'

export interface ValueCount {
  /** `true`, `false`, or the code of an option. */
  readonly value: string
  /** Of an option. */
  readonly label: LocalizedText | null
  readonly count: number
  /** Over the returns that were submitted. */
  readonly ofRespondents: Share
  /** Over everybody who was asked and is in scope. */
  readonly ofAsked: Share
  /** Null where the survey names nobody. */
  readonly behind: readonly Respondent[] | null
}

export interface NumberSummary {
  readonly sum: Decimal
  readonly smallest: Decimal
  readonly largest: Decimal
}

export interface QuestionCount {
  readonly question: string
  readonly type: QuestionType
  readonly text: LocalizedText
  /** Returns in which the question was asked. */
  readonly shown: number
  readonly answered: number
  readonly answeredOfRespondents: Share
  readonly answeredOfAsked: Share
  /** Of yes or no, choice and multi, in the order of the options; each option has its line, also at 0. */
  readonly values: readonly ValueCount[]
  /** Of numbers. */
  readonly numbers: NumberSummary | null
  /** Of money, one line for each currency; currencies are not added up. */
  readonly money: readonly (NumberSummary & { readonly currency: string; readonly count: number })[]
  /** Every answer with who gave it; null where the survey names nobody. */
  readonly behind: readonly { readonly respondent: Respondent; readonly value: unknown }[] | null
  /** Too few answered for a survey that names nobody: nothing is said. */
  readonly withheld: boolean
}

export interface AnswerCounts {
  readonly surveyId: string
  readonly year: number
  readonly instrumentVersion: number
  readonly respondents: number
  readonly asked: number
  readonly questions: readonly QuestionCount[]
}

const FEWEST_OF_ANONYMOUS = 3

export const countAnswers = defineQuery({
  name: 'results.count-answers',
  permission: 'results.survey.read',
  input: z.object({
    survey: z.string(),
    /** Code of one question; by default all of the version that is asked now. */
    question: z.string().optional(),
  }),
  async run(context, { survey: wanted, question: code }): Promise<AnswerCounts> {
    const population = await populationOf(context, wanted)
    const { survey, asked, submitted } = population
    const { questions } = await getInstrument(context.whole, survey.id, survey.instrumentVersion)
    const chosen = questions.questions.filter((question) => code === undefined || question.code === code)
    if (code !== undefined && chosen.length === 0) {
      throw new Problem('results.question-unknown', { question: code, version: survey.instrumentVersion })
    }
    const returns = await submittedReturns(context.whole, population)
    return {
      surveyId: survey.id,
      year: survey.year,
      instrumentVersion: survey.instrumentVersion,
      respondents: submitted.length,
      asked: asked.length,
      questions: chosen.map((question) => countQuestion(question, returns, population)),
    }
  },
})

function countQuestion(question: Question, returns: readonly SubmittedReturn[], population: Population): QuestionCount {
  const { survey, asked, submitted, respondentOf } = population
  const isNamed = survey.anonymity === 'named'
  const given = returns.filter(({ answers }) => isAnswered(answers[question.code]))
  const withheld = !isNamed && given.length > 0 && given.length < FEWEST_OF_ANONYMOUS
  const told = withheld ? [] : given
  return {
    question: question.code,
    type: question.type,
    text: question.text,
    shown: returns.filter(({ shown }) => shown.has(question.code)).length,
    answered: given.length,
    answeredOfRespondents: shareOf(given.length, submitted.length),
    answeredOfAsked: shareOf(given.length, asked.length),
    values: valuesIn(question).map(({ value, label }) => {
      const behind = told.filter(({ answers }) => saysValue(answers[question.code], value))
      return {
        value,
        label,
        count: behind.length,
        ofRespondents: shareOf(behind.length, submitted.length),
        ofAsked: shareOf(behind.length, asked.length),
        behind: isNamed ? behind.map(({ response }) => respondentOf(response)) : null,
      }
    }),
    numbers: question.type === 'number' ? summaryOf(told.map(({ answers }) => String(answers[question.code]))) : null,
    money: question.type === 'money' ? moneyOf(told.map(({ answers }) => answers[question.code] as MoneyAnswer)) : [],
    behind: isNamed
      ? told.map(({ response, answers }) => ({ respondent: respondentOf(response), value: answers[question.code] }))
      : null,
    withheld,
  }
}

function valuesIn({ type, options }: Question): { readonly value: string; readonly label: LocalizedText | null }[] {
  if (type === 'yes_no') return ['true', 'false'].map((value) => ({ value, label: null }))
  if (type !== 'choice' && type !== 'multi') return []
  return (options ?? []).map(({ code, label }) => ({ value: code, label }))
}

function saysValue(given: unknown, value: string): boolean {
  return Array.isArray(given) ? given.includes(value) : String(given) === value
}

function summaryOf(numbers: readonly Decimal[]): NumberSummary | null {
  const [first] = numbers
  if (first === undefined) return null
  return numbers.slice(1).reduce<NumberSummary>(
    ({ sum, smallest, largest }, number) => ({
      sum: addDecimals(sum, number),
      smallest: compareDecimals(number, smallest) < 0 ? number : smallest,
      largest: compareDecimals(number, largest) > 0 ? number : largest,
    }),
    { sum: first, smallest: first, largest: first },
  )
}

function moneyOf(amounts: readonly MoneyAnswer[]): QuestionCount['money'] {
  return [...new Set(amounts.map(({ currency }) => currency))].sort().flatMap((currency) => {
    const ofCurrency = amounts.filter((one) => one.currency === currency).map(({ amount }) => amount)
    const summary = summaryOf(ofCurrency)
    return summary ? [{ currency, count: ofCurrency.length, ...summary }] : []
  })
}
