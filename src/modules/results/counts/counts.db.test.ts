import { describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { roundDecimal } from '../../../kernel/decimal.ts'
import { ANONYMOUS } from '../../../operations/index.ts'
import {
  compareAnswers,
  countAnswers,
  getResponse,
  getResponseRate,
  markScope,
  type Share,
  saveAnswers,
  submitResponse,
} from '../index.ts'
import { atSurveyDesk, focalPointOf, inEveryLanguage, SECRETARIAT, type SurveyDesk } from '../testing/survey-desk.ts'

const text = inEveryLanguage('A question')
const QUESTIONS = {
  questions: [
    { code: 'supports_office', type: 'yes_no', text, required: true },
    { code: 'reports', type: 'yes_no', text, required: true },
    { code: 'good_practices', type: 'number', text, min: '0' },
    {
      code: 'countries_using',
      type: 'number',
      text,
      decimals: 1,
      min: '0',
      max: '100',
      unit: 'percent',
      showWhen: { question: 'reports', op: 'eq', value: true },
    },
    { code: 'spent', type: 'money', text },
  ],
} as never

/** 1 decimal of a percentage, a half rounded up as reports print it. */
function percent({ value }: Share): string {
  return value === null ? '–' : roundDecimal(String(Number(value) * 100), 1, 'half_up')
}

const ENTITIES = Array.from({ length: 22 }, (_, index) => `Entity ${index + 1}`)

/** The facts of the report: 22 asked, 20 answered, 11 support the office's projects, 18 report. */
async function theSurveyOf2014(desk: SurveyDesk): Promise<{ orgs: string[] }> {
  const orgs = await desk.orgs(...ENTITIES)
  const responses = await desk.openSurvey({ key: 'entities-2014', year: 2014, orgs, questions: QUESTIONS })
  for (const [index, response] of responses.slice(0, 20).entries()) {
    await desk.handIn(response, { supports_office: index < 11, reports: index < 18 }, focalPointOf(orgs[index] ?? ''))
  }
  return { orgs }
}

describe('the figures of the 2014 survey come out of its returns', () => {
  test('R09a, R09b: 20 of 22 answered; 11 and 18 over both denominators, with the entities behind', () =>
    atSurveyDesk(async (desk) => {
      const { orgs } = await theSurveyOf2014(desk)
      expect(await desk.refusal(getResponseRate, { survey: 'entities-2014' }, focalPointOf(orgs[0] ?? ''))).toMatchObject({
        code: 'results.results-not-published',
      })
      expect(await desk.refusal(getResponseRate, { survey: 'entities-2014' }, ANONYMOUS)).toMatchObject({
        code: 'results.survey-missing',
      })
      const rate = await desk.run(getResponseRate, { survey: 'entities-2014' }, SECRETARIAT)
      expect(rate).toMatchObject({ invited: 22, outOfScope: 0, submitted: 20, byState: { submitted: 20, invited: 2 } })
      expect(percent(rate.ofThoseInScope)).toBe('90.9')
      expect(percent(rate.ofAllInvited)).toBe('90.9')
      expect(rate.respondents.map(({ orgId }) => orgId).sort()).toEqual(orgs.slice(0, 20).sort())
      expect(rate.others.map(({ orgNames }) => orgNames?.texts.en).sort()).toEqual(['Entity 21', 'Entity 22'])

      const counts = await desk.run(countAnswers, { survey: 'entities-2014' }, SECRETARIAT)
      expect(counts).toMatchObject({ respondents: 20, asked: 22 })
      const yes = (code: string) =>
        counts.questions.find(({ question }) => question === code)?.values.find(({ value }) => value === 'true')
      const [supports, reports] = [yes('supports_office'), yes('reports')]
      if (!supports || !reports) throw new Error('No counts')
      expect([supports.count, percent(supports.ofAsked), percent(supports.ofRespondents)]).toEqual([11, '50', '55'])
      expect([reports.count, percent(reports.ofAsked), percent(reports.ofRespondents)]).toEqual([18, '81.8', '90'])
      expect(supports.behind?.map(({ orgId }) => orgId).sort()).toEqual(orgs.slice(0, 11).sort())
    }))

  test('a member out of scope leaves the smaller denominator and stays in the larger', () =>
    atSurveyDesk(async (desk) => {
      await theSurveyOf2014(desk)
      const before = await desk.run(getResponseRate, { survey: 'entities-2014' })
      const { responseId } = before.others[0] ?? { responseId: '' }
      await desk.run(markScope, { id: responseId, version: 2, outOfScopeReason: 'Merged into another entity.' })
      const rate = await desk.run(getResponseRate, { survey: 'entities-2014' })
      expect([rate.ofThoseInScope, rate.ofAllInvited]).toMatchObject([
        { numerator: 20, denominator: 21 },
        { numerator: 20, denominator: 22 },
      ])
    }))

  test('published results are for everybody', () =>
    atSurveyDesk(async (desk) => {
      await theSurveyOf2014(desk)
      await desk.move('entities-2014', 'closed', 'analysed', 'published')
      const rate = await desk.run(getResponseRate, { survey: 'entities-2014' }, ANONYMOUS)
      expect(rate).toMatchObject({ submitted: 20, byState: { submitted: 20, no_response: 2 } })
      const counts = await desk.run(countAnswers, { survey: 'entities-2014', question: 'supports_office' }, ANONYMOUS)
      expect(counts.questions[0]?.values[0]).toMatchObject({ value: 'true', count: 11, behind: { length: 11 } })
    }))
})

test('R09d: 185 good practices, 220 a year later: +35, or 18.9 %; the share of countries is read from the return', () =>
  atSurveyDesk(async (desk) => {
    const [unfpa = '', other = '', gone = ''] = await desk.orgs('Population Fund', 'Another', 'A third')
    const first = await desk.openSurvey({ key: 'entities-2013', year: 2013, orgs: [unfpa, gone], questions: QUESTIONS })
    const rest = { supports_office: true, reports: true }
    if (!first[0] || !first[1]) throw new Error('Nobody was invited')
    await desk.handIn(first[0], { ...rest, good_practices: '185' })
    await desk.handIn(first[1], { ...rest, supports_office: false, good_practices: '7' })
    const second = await desk.openSurvey({
      key: 'entities-2014',
      year: 2014,
      orgs: [unfpa, other],
      questions: QUESTIONS,
      predecessor: 'entities-2013',
    })
    if (!second[0] || !second[1]) throw new Error('Nobody was invited')
    await desk.handIn(second[0], {
      ...rest,
      good_practices: '220',
      countries_using: '74',
      spent: { amount: '10.50', currency: 'USD' },
    })
    await desk.handIn(second[1], { ...rest, good_practices: '3', spent: { amount: '1', currency: 'EUR' } })
    const compared = await desk.run(compareAnswers, { survey: 'entities-2014', question: 'good_practices' })
    expect(compared.rows).toMatchObject([{ before: '185', after: '220', difference: '35', growth: '0.189189189189' }])
    expect(compared.total).toMatchObject({ difference: '35', growth: '0.189189189189' })
    expect(roundDecimal(String(Number(compared.total?.growth) * 100), 1, 'half_up')).toBe('18.9')
    expect(compared.onlyBefore.map(({ orgId }) => orgId)).toEqual([gone])
    expect(compared.onlyAfter.map(({ orgId }) => orgId)).toEqual([other])
    const supports = await desk.run(compareAnswers, { survey: 'entities-2014', question: 'supports_office' })
    expect(supports.yes).toMatchObject({
      before: { numerator: 1, denominator: 2 },
      after: { numerator: 2, denominator: 2 },
      points: '0.5',
    })
    const { questions } = await desk.run(countAnswers, { survey: 'entities-2014' })
    const of = (code: string) => questions.find(({ question }) => question === code)
    expect(of('countries_using')).toMatchObject({ answered: 1, behind: [{ value: '74', respondent: { orgId: unfpa } }] })
    expect(of('good_practices')?.numbers).toEqual({ sum: '223', smallest: '3', largest: '220' })
    expect(of('spent')?.money).toEqual([
      { currency: 'EUR', count: 1, sum: '1', smallest: '1', largest: '1' },
      { currency: 'USD', count: 1, sum: '10.50', smallest: '10.50', largest: '10.50' },
    ])
  }))

test('an answer to a question that is hidden counts for nothing', () =>
  atSurveyDesk(async (desk) => {
    const orgs = await desk.orgs('A')
    const [response] = await desk.openSurvey({ key: 'one', year: 2014, orgs, questions: QUESTIONS })
    if (!response) throw new Error('Nobody was invited')
    await desk.handIn(response, { supports_office: true, reports: false, countries_using: '50' })
    const { questions } = await desk.run(countAnswers, { survey: 'one', question: 'countries_using' })
    expect(questions).toMatchObject([{ shown: 0, answered: 0, numbers: null, behind: [] }])
  }))

test('a survey of counts only names nobody, tells nothing of two, and its returns are read by nobody but their people', () =>
  atSurveyDesk(async (desk) => {
    const orgs = await desk.orgs('A', 'B', 'C', 'Late')
    const responses = await desk.openSurvey({ key: 'quiet', year: 2014, orgs, questions: QUESTIONS, anonymity: 'aggregate_only' })
    const late = responses[3]
    for (const [index, response] of responses.slice(0, 3).entries()) {
      await desk.handIn(
        response,
        { supports_office: true, reports: index > 0, ...(index > 0 ? { good_practices: '9' } : {}) },
        focalPointOf(orgs[index] ?? ''),
      )
    }
    const { questions } = await desk.run(countAnswers, { survey: 'quiet' }, SECRETARIAT)
    expect(questions.slice(0, 3)).toMatchObject([
      { answered: 3, behind: null, withheld: false, values: [{ count: 3, behind: null }, { count: 0 }] },
      { answered: 3 },
      { answered: 2, withheld: true, numbers: null, behind: null },
    ])
    const id = responses[0]?.id ?? ''
    expect(await desk.run(getResponse, { id }, SECRETARIAT)).toMatchObject({ answersWithheld: true, answers: [], problems: [] })
    expect((await desk.run(getResponse, { id }, focalPointOf(orgs[0] ?? ''))).answers).toHaveLength(2)
    // Nor does writing tell: neither what stands there nor what is missing.
    const saving = { responseId: late?.id ?? '', answers: [{ question: 'supports_office', value: true, baseVersion: 0 }] }
    expect(await desk.refusal(saveAnswers, saving, SECRETARIAT)).toMatchObject({ code: 'results.answers-withheld' })
    expect(await desk.refusal(submitResponse, { id: late?.id ?? '', version: 2 }, SECRETARIAT)).toMatchObject({
      code: 'results.answers-withheld',
    })
    const said = await desk.database.many(
      sql`select after from audit_events where aggregate = 'response_answers' and after ? 'value'`,
    )
    expect(said).toEqual([])
  }))
