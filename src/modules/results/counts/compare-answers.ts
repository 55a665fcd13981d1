/**
 * One question in a survey and in the one of the year before, member by member: 185 -> 220 is +35, or +18.9 % of what it was. Totals are
 * over those who answered in both years; whoever answered in one only is listed and not added up. A growth is not a point change:
 * shares of members that say yes are compared in percentage points.
 */
import { z } from 'zod'
import { type Decimal, divideDecimals, subtractDecimals, sumDecimals } from '../../../kernel/decimal.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { isAnswered, type Question, questionOf } from '../questions/index.ts'
import { getInstrument } from '../surveys/instruments.ts'
import { getSurveyRow } from '../surveys/survey.ts'
import { populationOf, populationOfSurvey, type Respondent, type Share, shareOf } from './respondents.ts'
import { type SubmittedReturn, submittedReturns } from './submitted-answers.ts'

export interface Change {
  readonly before: Decimal
  readonly after: Decimal
  readonly difference: Decimal
  /** difference / before, to twelve digits; null when there was nothing before. */
  readonly growth: Decimal | null
}

export interface ComparedAnswers {
  readonly question: string
  readonly surveyId: string
  readonly year: number
  readonly predecessorId: string
  readonly predecessorYear: number
  /** The question reads the same in both years, but for its texts. */
  readonly sameQuestion: boolean
  /** Of numbers: members that answered in both years. */
  readonly rows: readonly (Change & { readonly respondent: Respondent })[]
  /** Over these rows; null when there are none. */
  readonly total: Change | null
  /** Members that answered in one year only. */
  readonly onlyBefore: readonly Respondent[]
  readonly onlyAfter: readonly Respondent[]
  /** Of yes or no: how many of the respondents said yes in each year, and the change in percentage points. */
  readonly yes: { readonly before: Share; readonly after: Share; readonly points: Decimal | null } | null
}

const DIGITS = 12

export const compareAnswers = defineQuery({
  name: 'results.compare-answers',
  permission: 'results.survey.read',
  input: z.object({ survey: z.string(), question: z.string() }),
  async run(context, { survey: wanted, question: code }): Promise<ComparedAnswers> {
    const { whole } = context
    const now = await populationOf(context, wanted)
    const { survey } = now
    if (survey.predecessorId === null) throw new Problem('results.comparison-missing', { survey: survey.key })
    const earlier = await getSurveyRow(whole, survey.predecessorId)
    // Both are read with the right to read this one's: its owner named the other as what it is compared with.
    const before = await populationOfSurvey(whole, earlier)
    const question = await questionIn(context, survey.id, survey.instrumentVersion, code)
    const old = await questionIn(context, earlier.id, earlier.instrumentVersion, code)
    if (!question) throw new Problem('results.question-unknown', { question: code, version: survey.instrumentVersion })
    if (question.type !== 'number' && question.type !== 'yes_no') {
      throw new Problem('results.not-compared', { question: code, type: question.type })
    }
    if (survey.anonymity !== 'named' || earlier.anonymity !== 'named') {
      throw new Problem('results.comparison-missing', { survey: survey.key })
    }
    const answered = (returns: readonly SubmittedReturn[]) => returns.filter(({ answers }) => isAnswered(answers[code]))
    const after = answered(await submittedReturns(whole, now))
    const was = answered(await submittedReturns(whole, before))
    const isNumber = question.type === 'number' && old?.type === 'number'
    const wasOf = new Map(was.map((one) => [memberOf(one), one]))
    const isOf = new Set(after.map(memberOf))
    const rows = isNumber
      ? after.flatMap((one) => {
          const earlierOne = wasOf.get(memberOf(one))
          if (!earlierOne) return []
          const change = changeOf(String(earlierOne.answers[code]), String(one.answers[code]))
          return [{ respondent: now.respondentOf(one.response), ...change }]
        })
      : []
    return {
      question: code,
      surveyId: survey.id,
      year: survey.year,
      predecessorId: earlier.id,
      predecessorYear: earlier.year,
      sameQuestion: old !== undefined && old.type === question.type && old.unit === question.unit,
      rows,
      total:
        rows.length === 0
          ? null
          : changeOf(sumDecimals(rows.map((row) => row.before)), sumDecimals(rows.map((row) => row.after))),
      onlyBefore: was.filter((one) => !isOf.has(memberOf(one))).map(({ response }) => before.respondentOf(response)),
      onlyAfter: after.filter((one) => !wasOf.has(memberOf(one))).map(({ response }) => now.respondentOf(response)),
      yes: question.type === 'yes_no' && old?.type === 'yes_no' ? yesIn(code, [was, before], [after, now]) : null,
    }
  },
})

async function questionIn(
  { whole }: { readonly whole: Parameters<typeof getInstrument>[0] },
  surveyId: string,
  version: number,
  code: string,
): Promise<Question | undefined> {
  return questionOf((await getInstrument(whole, surveyId, version)).questions, code)
}

function memberOf({ response }: SubmittedReturn): string {
  return response.orgId ?? `country ${response.countryCode}`
}

function changeOf(before: Decimal, after: Decimal): Change {
  const difference = subtractDecimals(after, before)
  const growth = Number(before) === 0 ? null : divideDecimals(difference, before, DIGITS)
  return { before, after, difference, growth }
}

type Side = readonly [returns: readonly SubmittedReturn[], population: { readonly submitted: readonly unknown[] }]

function yesIn(code: string, ...sides: readonly [Side, Side]): NonNullable<ComparedAnswers['yes']> {
  const share = ([returns, { submitted }]: Side) =>
    shareOf(returns.filter(({ answers }) => answers[code] === true).length, submitted.length)
  const [before, after] = [share(sides[0]), share(sides[1])]
  const points = before.value === null || after.value === null ? null : subtractDecimals(after.value, before.value)
  return { before, after, points }
}
