import { describe, expect, test } from 'vitest'
import { type Db, sql } from '../../../database/db.ts'
import { type Actor, ANONYMOUS } from '../../../operations/index.ts'
import { policy } from '../../access/index.ts'
import {
  createSurvey,
  getResponse,
  getSurvey,
  inviteResponses,
  listResponses,
  listSurveyTemplateKeys,
  moveSurvey,
  reviseInstrument,
  reviseSurvey,
  saveAnswers,
  setPopulation,
  submitResponse,
} from '../index.ts'
import { atSurveyDesk, focalPointOf, inEveryLanguage, MEMBER, SECRETARIAT } from '../testing/survey-desk.ts'

const text = inEveryLanguage('A question')
const QUESTIONS = { questions: [{ code: 'note', type: 'text', text }] } as never
const OTHER = { questions: [{ code: 'remark', type: 'text', text }] } as never

describe('making a survey', () => {
  test('is refused to all but the secretariat and administrators', () =>
    atSurveyDesk(async (desk) => {
      const [org = ''] = await desk.orgs('Entity')
      const input = { key: 's', year: 2014, template: 'entities' }
      for (const actor of [ANONYMOUS, MEMBER, focalPointOf(org)]) {
        expect(await desk.refusal(createSurvey, input, actor)).toMatchObject({ code: 'operations.permission-lacking' })
      }
    }))

  test.each(listSurveyTemplateKeys())('from the template %s', (template) =>
    atSurveyDesk(async (desk) => {
      const survey = await desk.run(createSurvey, { key: 's', year: 2014, template }, SECRETARIAT)
      expect(survey).toMatchObject({ state: 'draft', templateKey: template, instrumentVersion: 1, version: 1 })
      const { instrument, moves } = await desk.run(getSurvey, { survey: 's' }, SECRETARIAT)
      expect(instrument.questions.questions.length).toBeGreaterThan(3)
      expect(moves).toEqual(['piloted', 'withdrawn'])
    }),
  )

  test.each([
    ['a key with a space', { key: 'a b', template: 'entities' }, 'results.survey-key-not-accepted'],
    ['no questions', { key: 's' }, 'results.questions-missing'],
    ['an unknown template', { key: 's', template: 'none' }, 'results.template-missing'],
    ['an owner that the directory does not know', { key: 's', template: 'entities', ownerOrg: 'none' }, 'results.owner-missing'],
    [
      'an end before the beginning',
      { key: 's', template: 'entities', opensOn: '2014-02-01', closesOn: '2014-01-31' },
      'results.dates-reversed',
    ],
    ['a predecessor that is not there', { key: 's', template: 'entities', predecessor: 'none' }, 'results.survey-missing'],
  ])('%s is said', (_name, given, code) =>
    atSurveyDesk(async (desk) => {
      expect(await desk.refusal(createSurvey, { year: 2014, ...given })).toMatchObject({ code })
    }),
  )

  test('questions that cannot be asked are refused, with each place', () =>
    atSurveyDesk(async (desk) => {
      const questions = { questions: [{ code: 'a', type: 'choice', text: { orig: 'en', texts: { en: 'A' } } }] } as never
      const refused = await desk.refusal(createSurvey, { key: 's', year: 2014, title: text, questions })
      expect(refused).toMatchObject({ code: 'results.instrument-not-accepted', params: { count: 2 } })
      expect(refused.details.map(({ code }) => code)).toEqual(['results.language-missing', 'results.options-missing'])
    }))

  test('a key is given once', () =>
    atSurveyDesk(async (desk) => {
      await desk.run(createSurvey, { key: 's', year: 2014, template: 'entities' })
      expect(await desk.refusal(createSurvey, { key: 's', year: 2015, template: 'entities' })).toMatchObject({
        code: 'results.survey-exists',
        kind: 'conflict',
      })
    }))
})

describe('the way of a survey', () => {
  test('goes from state to state, with nobody asked it does not open, and a stale version changes nothing', () =>
    atSurveyDesk(async (desk) => {
      const created = await desk.run(createSurvey, { key: 's', year: 2014, title: text, questions: QUESTIONS })
      const move = (version: number, to: 'open' | 'piloted') => desk.refusal(moveSurvey, { survey: 's', version, to })
      expect(await move(1, 'open')).toMatchObject({
        code: 'results.survey-move-not-allowed',
        params: { accepted: 'piloted, withdrawn' },
      })
      await desk.move('s', 'piloted')
      expect(await move(2, 'open')).toMatchObject({ code: 'results.survey-without-population' })
      expect(await move(1, 'piloted')).toMatchObject({
        code: 'results.survey-changed-meanwhile',
        params: { version: 1, found: 2 },
      })
      const events = await desk.database.many(sql`
        select action from audit_events where aggregate = 'surveys' and record_id = ${created.id} order by id
      `)
      expect(events).toEqual([{ action: 'created' }, { action: 'piloted' }])
    }))

  test('withdrawn with a reason from anywhere: its returns stay and take no more answers', () =>
    atSurveyDesk(async (desk) => {
      const [org = ''] = await desk.orgs('Entity')
      const [response] = await desk.openSurvey({ key: 's', year: 2014, orgs: [org], questions: QUESTIONS })
      const id = response?.id ?? ''
      const actor = focalPointOf(org)
      await desk.run(saveAnswers, { responseId: id, answers: [{ question: 'note', value: 'Kept', baseVersion: 0 }] }, actor)
      const { survey } = await desk.run(getSurvey, { survey: 's' })
      const withdraw = { survey: 's', version: survey.version, to: 'withdrawn' } as const
      expect(await desk.refusal(moveSurvey, withdraw)).toMatchObject({ code: 'results.reason-required' })
      await desk.run(moveSurvey, { ...withdraw, reason: 'Asked by another body.' })
      expect(await desk.refusal(submitResponse, { id, version: 3 }, actor)).toMatchObject({ code: 'results.survey-not-running' })
      expect(await desk.run(getResponse, { id }, actor)).toMatchObject({
        survey: { state: 'withdrawn', stateReason: 'Asked by another body.' },
        answers: [{ value: 'Kept' }],
      })
    }))

  test('the questions of a version never change, and the same questions are no new version', () =>
    atSurveyDesk(async (desk) => {
      await desk.run(createSurvey, { key: 's', year: 2014, title: text, questions: QUESTIONS })
      expect(await desk.refusal(reviseInstrument, { survey: 's', version: 1, questions: QUESTIONS })).toMatchObject({
        code: 'results.instrument-unchanged',
      })
      await desk.run(reviseInstrument, { survey: 's', version: 1, questions: OTHER, note: 'Another.' })
      const old = await desk.run(getSurvey, { survey: 's', instrumentVersion: 1 })
      expect(old.instrument.questions.questions.map(({ code }) => code)).toEqual(['note'])
      expect(old.versions).toMatchObject([
        { version: 2, note: 'Another.', questionCount: 1 },
        { version: 1, questionCount: 1 },
      ])
      expect(await desk.refusal(getSurvey, { survey: 's', instrumentVersion: 3 })).toMatchObject({
        code: 'results.instrument-missing',
        params: { accepted: '2, 1' },
      })
    }))

  test('a promise of counts only is not taken back once the survey has begun', () =>
    atSurveyDesk(async (desk) => {
      await desk.run(createSurvey, { key: 's', year: 2014, title: text, questions: QUESTIONS, anonymity: 'aggregate_only' })
      await desk.move('s', 'piloted')
      const named = { survey: 's', version: 2, changes: { anonymity: 'named' } } as const
      expect(await desk.refusal(reviseSurvey, named)).toMatchObject({ code: 'results.survey-settled' })
      expect(await desk.run(reviseSurvey, { survey: 's', version: 2, changes: { closesOn: '2027-01-31' } })).toMatchObject({
        closesOn: '2027-01-31',
        anonymity: 'aggregate_only',
        version: 3,
      })
    }))
})

test('whoever analysed a survey does not publish it where somebody else could', () =>
  atSurveyDesk(async (desk) => {
    const actorOf = async (id: string): Promise<Actor> => {
      await desk.account(id)
      await desk.database.run(sql`
        insert into grants (id, user_id, role, scope, starts_at, given_at, given_by)
        values (${`grant-${id}`}, ${id}, 'secretariat', 'instance', '2020-01-01', now(), 'test')
      `)
      return { ...SECRETARIAT, id }
    }
    const [orgs, first] = [await desk.orgs('Entity'), await actorOf('first')]
    await desk.openSurvey({ key: 's', year: 2014, orgs, questions: QUESTIONS })
    await desk.move('s', 'closed')
    const { survey } = await desk.run(getSurvey, { survey: 's' })
    const analysed = await desk.run(moveSurvey, { survey: 's', version: survey.version, to: 'analysed' }, first)
    const publish = { survey: 's', version: analysed.version, to: 'published' } as const
    const second = await actorOf('second')
    expect(await desk.refusal(moveSurvey, publish, first)).toMatchObject({ code: 'access.own-work' })
    expect((await desk.run(moveSurvey, publish, second)).state).toBe('published')
  }))

describe('the population', () => {
  test('countries are asked as such; another survey lends its members; each is asked once', () =>
    atSurveyDesk(async (desk) => {
      await desk.run(createSurvey, { key: 'first', year: 2014, template: 'resident-coordinators' })
      const add = [{ country: 'KE' }, { country: 'KEN' }, { country: '404' }, { country: 'PER', lang: 'es' }]
      const first = await desk.run(setPopulation, { survey: 'first', add })
      expect(first.added.map(({ countryCode, orgId, lang }) => [countryCode, orgId, lang])).toEqual([
        ['KEN', null, null],
        ['PER', null, 'es'],
      ])
      await desk.run(createSurvey, { key: 'second', year: 2015, questionsOf: 'first', predecessor: 'first' })
      const second = await desk.run(setPopulation, { survey: 'second', addFrom: 'first', add: [{ country: 'PER' }] })
      expect(second).toMatchObject({ alreadyThere: 0, removed: 0 })
      expect(second.added).toHaveLength(2)
      const again = await desk.run(setPopulation, { survey: 'second', addFrom: 'first', remove: [second.added[0]?.id ?? ''] })
      expect([again.removed, again.added.length, again.alreadyThere]).toEqual([1, 1, 1])
    }))

  test('who was invited is not taken off again', () =>
    atSurveyDesk(async (desk) => {
      const orgs = await desk.orgs('Entity')
      const [response] = await desk.openSurvey({ key: 's', year: 2014, orgs, questions: QUESTIONS })
      expect(await desk.refusal(setPopulation, { survey: 's', remove: [response?.id ?? ''] })).toMatchObject({
        code: 'results.response-begun',
      })
    }))

  test('a class of organisations of the directory', () =>
    atSurveyDesk(async (desk) => {
      const orgs = await desk.orgs('Entity A', 'Entity B')
      await desk.database.run(sql`update orgs set part_of_un_system = true where id = ${orgs[0] ?? ''}`)
      await desk.run(createSurvey, { key: 's', year: 2014, title: text, questions: QUESTIONS })
      const { added } = await desk.run(setPopulation, { survey: 's', addClass: { partOfUnSystem: true } })
      expect(added.map(({ orgId }) => orgId)).toEqual([orgs[0]])
    }))

  test('nobody is invited before the survey is piloted', () =>
    atSurveyDesk(async (desk) => {
      await desk.run(createSurvey, { key: 's', year: 2014, title: text, questions: QUESTIONS })
      expect(await desk.refusal(inviteResponses, { survey: 's' })).toMatchObject({ code: 'results.survey-not-running' })
    }))

  test('pages of returns follow one another without a gap', () =>
    atSurveyDesk(async (desk) => {
      const orgs = await desk.orgs('A', 'B', 'C')
      await desk.openSurvey({ key: 's', year: 2014, orgs, questions: QUESTIONS })
      const first = await desk.run(listResponses, { survey: 's', limit: 2 })
      const second = await desk.run(listResponses, { survey: 's', limit: 2, cursor: first.next ?? '' })
      expect([first.total, first.rows.length, second.rows.length, second.next]).toEqual([3, 2, 1, null])
      expect([...first.rows, ...second.rows].map(({ orgNames }) => orgNames?.texts.en).sort()).toEqual(['A', 'B', 'C'])
    }))
})

test('the second net: with the eyes of a person the tables hold only what is theirs, and take no writing', () =>
  atSurveyDesk(async (desk) => {
    const [mine = '', theirs = ''] = await desk.orgs('Mine', 'Theirs')
    const responses = await desk.openSurvey({ key: 's', year: 2014, orgs: [mine, theirs], questions: QUESTIONS })
    for (const { id } of responses) {
      await desk.run(saveAnswers, { responseId: id, answers: [{ question: 'note', value: 'x', baseVersion: 0 }] })
    }
    const count = async (actor: Actor, table: string): Promise<number> => {
      const db: Db = desk.database.as(policy.sightOf(actor).rows)
      return (await db.one<{ count: number }>(sql`select count(*)::int as count from ${sql.table(table)}`)).count
    }
    const tables = ['surveys', 'survey_instruments', 'responses', 'response_answers', 'response_contacts']
    const counts = async (actor: Actor) => Promise.all(tables.map((table) => count(actor, table)))
    expect(await counts(focalPointOf(mine))).toEqual([1, 1, 1, 1, 0])
    expect(await counts(MEMBER)).toEqual([0, 0, 0, 0, 0])
    expect(await counts(ANONYMOUS)).toEqual([0, 0, 0, 0, 0])
    await desk.move('s', 'closed', 'analysed', 'published')
    expect(await counts(ANONYMOUS)).toEqual([1, 1, 0, 0, 0])
    const eyes = desk.database.as(policy.sightOf(focalPointOf(mine)).rows)
    expect(await eyes.run(sql`update response_answers set value = '"y"'`)).toBe(0)
    expect(await eyes.run(sql`delete from responses`)).toBe(0)
    const versions = await eyes.many(sql`select 1 from record_versions where aggregate in ('responses', 'response_answers')`)
    const all = await desk.database.many(sql`select 1 from record_versions where aggregate in ('responses', 'response_answers')`)
    expect([versions.length > 0, all.length]).toEqual([true, versions.length * 2])
  }))
