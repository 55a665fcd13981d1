/** The survey figures of the 2015 report, out of returns to the shipped template that are filled with those facts (R09, domain section 4). */
import { expect, test } from 'vitest'
import { roundDecimal } from '../../../kernel/decimal.ts'
import { compareAnswers, countAnswers, getResponseRate, type Share } from '../index.ts'
import { atSurveyDesk, focalPointOf } from '../testing/survey-desk.ts'

/** As a report prints it: one digit, a half upwards. */
const percent = ({ value }: Share) => roundDecimal(String(Number(value) * 100), 1, 'half_up')

const REQUIRED = {
  strategy: 'none',
  in_strategic_plan: true,
  focal_point: true,
  dedicated_unit: false,
  budget_line: false,
  guidelines_used: false,
  evaluation_done: false,
  good_practices: '0',
  initiatives: '0',
}

test('20 of 22 are 90.9 %; 11 are 50.0 and 55.0 %, 18 are 81.8 and 90.0 %; 185 to 220 is +18.9 %; 74 % of programme countries', () =>
  atSurveyDesk(async (desk) => {
    const orgs = await desk.orgs(...Array.from({ length: 22 }, (_, index) => `Entity ${index + 1}`))
    const fund = orgs[0] ?? ''
    const [before] = await desk.openSurvey({ key: 'entities-2013', year: 2013, orgs: [fund], template: 'entities' })
    if (!before) throw new Error('Nobody was invited')
    const facts = { ...REQUIRED, in_annual_report: true, supports_unossc_project: true }
    await desk.handIn(before, { ...facts, good_practices: '185' }, focalPointOf(fund))

    const predecessor = 'entities-2013'
    const responses = await desk.openSurvey({ key: 'entities-2014', year: 2014, orgs, template: 'entities', predecessor })
    for (const [index, response] of responses.slice(0, 20).entries()) {
      const own = index === 0 ? { good_practices: '220', good_practices_before: '185', programme_countries_share: '74' } : {}
      const values = { ...REQUIRED, in_annual_report: index < 18, supports_unossc_project: index < 11, ...own }
      await desk.handIn(response, values, focalPointOf(orgs[index] ?? ''))
    }

    const survey = 'entities-2014'
    const rate = await desk.run(getResponseRate, { survey })
    expect([rate.submitted, rate.invited, percent(rate.ofThoseInScope)]).toEqual([20, 22, '90.9'])
    const { questions } = await desk.run(countAnswers, { survey })
    const yes = (code: string) => {
      const found = questions.find(({ question }) => question === code)?.values.find(({ value }) => value === 'true')
      return found && [found.count, percent(found.ofAsked), percent(found.ofRespondents), found.behind?.length]
    }
    expect(yes('supports_unossc_project')).toEqual([11, '50', '55', 11])
    expect(yes('in_annual_report')).toEqual([18, '81.8', '90', 18])
    const practices = await desk.run(compareAnswers, { survey, question: 'good_practices' })
    expect(practices.rows).toMatchObject([{ before: '185', after: '220', difference: '35', growth: '0.189189189189' }])
    expect(questions.find(({ question }) => question === 'programme_countries_share')?.behind).toMatchObject([
      { value: '74', respondent: { orgId: fund } },
    ])
  }))
