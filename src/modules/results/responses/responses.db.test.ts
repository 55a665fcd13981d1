import { describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { type Actor, ANONYMOUS } from '../../../operations/index.ts'
import {
  createSurvey,
  declineResponse,
  delegateResponse,
  getResponse,
  getSurvey,
  inviteResponses,
  listAnswerHistory,
  listContacts,
  listResponses,
  listSurveys,
  logContact,
  markScope,
  moveSurvey,
  openResponse,
  returnResponse,
  reviseInstrument,
  reviseResponse,
  type SurveyResponse,
  saveAnswers,
  setPopulation,
  submitResponse,
  validateResponse,
  withdrawResponse,
} from '../index.ts'
import { atSurveyDesk, focalPointOf, inEveryLanguage, MEMBER, SECRETARIAT, type SurveyDesk } from '../testing/survey-desk.ts'

const text = inEveryLanguage('A question')

const QUESTIONS = {
  questions: [
    { code: 'has_strategy', type: 'yes_no', text, required: true },
    {
      code: 'strategy_year',
      type: 'number',
      text,
      required: true,
      min: '1970',
      max: '2026',
      showWhen: { question: 'has_strategy', op: 'eq', value: true },
    },
    { code: 'projects', type: 'number', text, min: '0' },
    { code: 'regional', type: 'number', text, min: '0' },
    { code: 'note', type: 'text', text, maxLength: 100 },
  ],
  checks: [{ code: 'regional_within_projects', kind: 'at_most', parts: ['regional'], total: 'projects' }],
} as const

async function twoAsked(desk: SurveyDesk): Promise<{ a: SurveyResponse; b: SurveyResponse; orgA: string; orgB: string }> {
  const [orgA = '', orgB = ''] = await desk.orgs('Entity A', 'Entity B')
  const [a, b] = await desk.openSurvey({
    key: 'entities-2014',
    year: 2014,
    orgs: [orgA, orgB],
    questions: structuredClone(QUESTIONS) as never,
  })
  if (!a || !b) throw new Error('Nobody was invited')
  return { a, b, orgA, orgB }
}

const answer = (question: string, value: unknown, baseVersion = 0) => ({ question, value, baseVersion })

describe('who answers', () => {
  test('a stranger reads no return, and a member finds that of another is not there', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgB } = await twoAsked(desk)
      expect(await desk.refusal(getResponse, { id: a.id }, ANONYMOUS)).toMatchObject({ code: 'operations.permission-lacking' })
      for (const actor of [MEMBER, focalPointOf(orgB)]) {
        expect(await desk.refusal(getResponse, { id: a.id }, actor)).toMatchObject({ code: 'results.response-missing' })
        const saving = { responseId: a.id, answers: [answer('projects', '1')] }
        expect(await desk.refusal(saveAnswers, saving, actor)).toMatchObject({ code: 'results.response-missing' })
      }
    }))

  test('a survey shows to those who were asked, and to nobody else before it is published', () =>
    atSurveyDesk(async (desk) => {
      const { orgA } = await twoAsked(desk)
      expect(await desk.run(listSurveys, {}, MEMBER)).toEqual([])
      expect(await desk.run(listSurveys, {}, ANONYMOUS)).toEqual([])
      expect(await desk.run(listSurveys, {}, focalPointOf(orgA))).toMatchObject([{ key: 'entities-2014' }])
      const mine = await desk.run(listResponses, { survey: 'entities-2014' }, focalPointOf(orgA))
      expect(mine.rows.map(({ orgId }) => orgId)).toEqual([orgA])
      expect(mine.byState).toEqual({ invited: 1 })
    }))

  test('a member that is listed and not yet invited sees nothing', () =>
    atSurveyDesk(async (desk) => {
      await twoAsked(desk)
      const [late = ''] = await desk.orgs('Late')
      const { added } = await desk.run(setPopulation, { survey: 'entities-2014', add: [{ org: late }, { org: late }] })
      expect(added).toMatchObject([{ state: 'listed' }])
      const id = added[0]?.id ?? ''
      expect(await desk.refusal(getResponse, { id }, focalPointOf(late))).toMatchObject({ code: 'results.response-missing' })
      expect(await desk.run(inviteResponses, { survey: 'entities-2014' })).toMatchObject([{ id, state: 'invited' }])
      expect((await desk.run(getResponse, { id }, focalPointOf(late))).response.state).toBe('invited')
    }))

  test('an organisation that the directory does not know is said with its place, and nobody is added', () =>
    atSurveyDesk(async (desk) => {
      await twoAsked(desk)
      const refused = await desk.refusal(setPopulation, {
        survey: 'entities-2014',
        add: [{ org: 'nobody' }, { country: 'XXQ' }, {}],
      })
      expect(refused.details).toMatchObject([
        { code: 'results.member-unknown', params: { found: 'nobody' }, place: { row: 1 } },
        { code: 'results.member-unknown', params: { found: 'XXQ' }, place: { row: 2 } },
        { code: 'results.member-not-named', place: { row: 3 } },
      ])
    }))
})

describe('saving as one goes', () => {
  test('what is no answer is said with what would be accepted; the others are saved', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      const answers = [
        answer('strategy_year', '1900'),
        answer('projects', '12'),
        answer('gone', 'x'),
        answer('has_strategy', 'yes'),
      ]
      const saved = await desk.run(saveAnswers, { responseId: a.id, answers }, focalPointOf(orgA))
      expect(saved.outcomes).toMatchObject([
        {
          outcome: 'not_accepted',
          value: '1900',
          problems: [{ code: 'results.answer-out-of-range', params: { accepted: '1970–2026' } }],
        },
        { outcome: 'saved', answer: { value: '12', version: 1, origin: 'typed' } },
        { outcome: 'not_accepted', problems: [{ code: 'results.question-unknown' }] },
        { outcome: 'not_accepted', problems: [{ code: 'results.answer-wrong-type', params: { accepted: 'yes_no' } }] },
      ])
      expect(saved.state).toBe('draft')
    }))

  test('two who answer the same question at once: theirs stands, ours is shown with both times and kept', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      const [first, second] = [focalPointOf(orgA, 'first'), focalPointOf(orgA, 'second')]
      desk.setTime('2026-11-24T12:00:00Z')
      await desk.run(saveAnswers, { responseId: a.id, answers: [answer('note', 'Of the first')] }, first)
      desk.setTime('2026-11-24T12:05:00Z')
      const saving = { responseId: a.id, answers: [{ ...answer('note', 'Of the second'), comment: 'Mine.' }] }
      const { outcomes } = await desk.run(saveAnswers, saving, second)
      expect(outcomes).toMatchObject([
        {
          outcome: 'conflict',
          conflict: {
            theirs: { value: 'Of the first', by: 'first', at: '2026-11-24T12:00:00Z', version: 1 },
            ours: { value: 'Of the second', by: 'second', at: '2026-11-24T12:05:00.000Z', comment: 'Mine.' },
          },
        },
      ])
      expect((await desk.run(getResponse, { id: a.id }, second)).answers).toMatchObject([{ value: 'Of the first' }])
      const kept = { kind: 'lost', value: 'Of the second', comment: 'Mine.', by: 'second', version: null }
      expect(await desk.run(listAnswerHistory, { responseId: a.id }, first)).toMatchObject([kept])
      // Ours in its place, knowingly: with the version of theirs.
      await desk.run(saveAnswers, { responseId: a.id, answers: [answer('note', 'Of the second', 1)] }, second)
      expect(await desk.run(listAnswerHistory, { responseId: a.id }, first)).toMatchObject([
        kept,
        { kind: 'replaced', value: 'Of the first', by: 'first', version: 1 },
      ])
    }))

  test('the same answer again changes nothing; a cleared one stays in the history', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      const actor = focalPointOf(orgA)
      await desk.run(saveAnswers, { responseId: a.id, answers: [answer('projects', '3')] }, actor)
      const again = await desk.run(saveAnswers, { responseId: a.id, answers: [answer('projects', '3')] }, actor)
      expect(again.outcomes).toMatchObject([{ outcome: 'unchanged', answer: { version: 1 } }])
      const cleared = await desk.run(saveAnswers, { responseId: a.id, answers: [answer('projects', null, 1)] }, actor)
      expect(cleared.outcomes).toMatchObject([{ outcome: 'saved', answer: { value: null, version: 2 } }])
      expect(await desk.run(listAnswerHistory, { responseId: a.id }, actor)).toMatchObject([{ kind: 'cleared', value: '3' }])
    }))

  test('each saved answer is an event of the trail with the value before and after', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      await desk.run(saveAnswers, { responseId: a.id, answers: [answer('projects', '3')] }, focalPointOf(orgA))
      await desk.run(saveAnswers, { responseId: a.id, answers: [answer('projects', '4', 1)] }, focalPointOf(orgA))
      const events = await desk.database.many(sql`
        select action, before ->> 'value' as before, after ->> 'value' as after
        from audit_events
        where aggregate = 'response_answers' and record_id = ${`${a.id}/projects`}
        order by id
      `)
      expect(events).toEqual([
        { action: 'answered', before: null, after: '3' },
        { action: 'answered', before: '3', after: '4' },
      ])
    }))

  test('nothing is saved where the survey is closed, and the draft is there when it opens again', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      await desk.run(saveAnswers, { responseId: a.id, answers: [answer('projects', '3')] }, focalPointOf(orgA))
      await desk.move('entities-2014', 'closed')
      expect((await desk.run(listResponses, { survey: 'entities-2014' })).byState).toEqual({ no_response: 2 })
      const saving = { responseId: a.id, answers: [answer('projects', '4', 1)] }
      expect(await desk.refusal(saveAnswers, saving, focalPointOf(orgA))).toMatchObject({ code: 'results.survey-not-running' })
      const { survey } = await desk.run(getSurvey, { survey: 'entities-2014' })
      const open = { survey: survey.id, version: survey.version, to: 'open' } as const
      expect(await desk.refusal(moveSurvey, open)).toMatchObject({ code: 'results.reason-required' })
      await desk.run(moveSurvey, { ...open, reason: 'Two asked for more time.' })
      expect((await desk.run(listResponses, { survey: 'entities-2014' })).byState).toEqual({ draft: 1, invited: 1 })
      expect((await desk.run(getResponse, { id: a.id }, focalPointOf(orgA))).answers).toMatchObject([{ value: '3' }])
    }))
})

describe('handing in', () => {
  test('what is required and asked must be answered, and totals must not contradict; what is hidden counts for nothing', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      const actor = focalPointOf(orgA)
      const answers = [answer('has_strategy', true), answer('projects', '2'), answer('regional', '3')]
      const { version } = await desk.run(saveAnswers, { responseId: a.id, answers }, actor)
      const refused = await desk.refusal(submitResponse, { id: a.id, version }, actor)
      expect(refused).toMatchObject({ code: 'results.response-not-complete', params: { count: 2 } })
      expect(refused.details).toMatchObject([
        { code: 'results.answer-required', params: { question: 'strategy_year' } },
        { code: 'results.totals-contradict', params: { found: '3', accepted: '≤ 2' } },
      ])
      const mended = [answer('has_strategy', false, 1), answer('regional', '2', 1)]
      await desk.run(saveAnswers, { responseId: a.id, answers: mended }, actor)
      const receipt = await desk.run(submitResponse, { id: a.id, version }, actor)
      expect(receipt.receipt).toMatch(/^ENTITIES-2014-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$/)
      expect(receipt).toMatchObject({
        answered: 3,
        waitsForValidation: false,
        response: { state: 'submitted', submittedBy: actor.id },
      })
      const late = { responseId: a.id, answers: [answer('projects', '9', 1)] }
      expect(await desk.refusal(saveAnswers, late, actor)).toMatchObject({ code: 'results.response-not-answerable' })
    }))

  test('whoever submitted does not validate where a colleague can; the colleague returns it with a remark', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      const actor = focalPointOf(orgA)
      await desk.account('colleague')
      const given = await desk.run(
        delegateResponse,
        { id: a.id, version: a.version, person: 'Colleague@example.org', role: 'validator' },
        actor,
      )
      expect(given.people).toEqual(['colleague'])
      const colleague = { ...MEMBER, id: 'colleague' }
      const saving = { responseId: a.id, answers: [answer('projects', '1')] }
      expect(await desk.refusal(saveAnswers, saving, colleague)).toMatchObject({ code: 'operations.permission-lacking' })
      const { version } = await desk.handIn(a, { has_strategy: false }, actor)
      expect(await desk.refusal(validateResponse, { id: a.id, version }, actor)).toMatchObject({ code: 'results.own-return' })
      const returned = await desk.run(returnResponse, { id: a.id, version, remark: 'Where are the projects?' }, colleague)
      expect(returned).toMatchObject({ state: 'draft', remark: 'Where are the projects?', receipt: null })
      const again = await desk.run(submitResponse, { id: a.id, version: returned.version }, actor)
      const validated = await desk.run(validateResponse, { id: a.id, version: again.response.version }, colleague)
      expect(validated).toMatchObject({ state: 'validated', validatedBy: 'colleague', submittedBy: actor.id })
    }))

  test('alone in an office, one person may validate what the same person submitted', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      const actor = focalPointOf(orgA)
      const { version } = await desk.handIn(a, { has_strategy: false }, actor)
      expect(await desk.run(validateResponse, { id: a.id, version }, actor)).toMatchObject({ state: 'validated' })
    }))

  test('a part that was taken back opens nothing any more', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      await desk.account('colleague')
      const colleague = { ...MEMBER, id: 'colleague' }
      const give = (version: number, role: 'contributor' | null) =>
        desk.run(delegateResponse, { id: a.id, version, person: 'colleague', role }, focalPointOf(orgA))
      const { version } = await give(a.version, 'contributor')
      await desk.run(saveAnswers, { responseId: a.id, answers: [answer('projects', '1')] }, colleague)
      expect(await desk.refusal(submitResponse, { id: a.id, version: version + 1 }, colleague)).toMatchObject({
        code: 'operations.permission-lacking',
      })
      await give(version + 1, null)
      expect(await desk.refusal(getResponse, { id: a.id }, colleague)).toMatchObject({ code: 'results.response-missing' })
    }))

  test('the respondent takes a submitted return back with a reason, and hands it in again with another receipt', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      const actor = focalPointOf(orgA)
      const { version, receipt } = await desk.handIn(a, { has_strategy: false }, actor)
      const back = await desk.run(withdrawResponse, { id: a.id, version, reason: 'Wrong year.' }, actor)
      expect(back).toMatchObject({ state: 'draft', withdrawnReason: 'Wrong year.', receipt: null })
      desk.setTime('2026-11-25T12:00:00Z')
      const again = await desk.run(submitResponse, { id: a.id, version: back.version }, actor)
      expect(again.receipt).not.toBe(receipt)
      const versions = await desk.database.many(sql`
        select action, snapshot ->> 'receipt' as receipt from record_versions
        where aggregate = 'responses' and record_id = ${a.id} and action in ('submitted', 'withdrawn') order by version
      `)
      expect(versions).toEqual([
        { action: 'submitted', receipt },
        { action: 'withdrawn', receipt: null },
        { action: 'submitted', receipt: again.receipt },
      ])
    }))

  test('a declined return can be taken up again; out of scope cannot', () =>
    atSurveyDesk(async (desk) => {
      const { a, orgA } = await twoAsked(desk)
      const actor = focalPointOf(orgA)
      const declined = await desk.run(declineResponse, { id: a.id, version: a.version, reason: 'No capacity.' }, actor)
      expect(declined.state).toBe('declined')
      const { response } = await desk.run(openResponse, { id: a.id }, actor)
      expect(response).toMatchObject({ state: 'opened', declinedReason: null, openedBy: actor.id })
      expect((await desk.run(openResponse, { id: a.id }, actor)).response.version).toBe(response.version)
      const mark = { id: a.id, version: response.version, outOfScopeReason: 'No cooperation of its own.' }
      expect(await desk.refusal(markScope, mark, actor)).toMatchObject({ code: 'operations.permission-lacking' })
      await desk.run(markScope, mark, SECRETARIAT)
      expect(await desk.refusal(openResponse, { id: a.id }, actor)).toMatchObject({ code: 'results.response-out-of-scope' })
    }))
})

test('new questions while the survey is open: answers are carried over by code, what could not be is listed and kept', () =>
  atSurveyDesk(async (desk) => {
    const { a, orgA } = await twoAsked(desk)
    const actor = focalPointOf(orgA)
    const answers = [
      answer('has_strategy', true),
      answer('strategy_year', '1980'),
      answer('projects', '5'),
      answer('note', 'Kept'),
    ]
    const { version } = await desk.run(saveAnswers, { responseId: a.id, answers, instrumentVersion: 1 }, actor)
    const { survey } = await desk.run(getSurvey, { survey: 'entities-2014' })
    const [strategy, year, projects] = QUESTIONS.questions
    const questions = {
      questions: [
        strategy,
        { ...year, min: '2000' },
        { ...projects, text: inEveryLanguage('How many projects?') },
        { code: 'countries', type: 'number', text },
      ],
    } as never
    const revised = await desk.run(reviseInstrument, { survey: survey.id, version: survey.version, questions, note: 'Shorter.' })
    expect(revised).toMatchObject({
      added: ['countries'],
      removed: ['regional', 'note'],
      changed: [
        { question: 'strategy_year', parts: ['min'] },
        { question: 'projects', parts: ['text'] },
      ],
    })
    expect(await desk.refusal(submitResponse, { id: a.id, version }, actor)).toMatchObject({ code: 'results.questions-changed' })
    expect((await desk.run(getResponse, { id: a.id }, actor)).isBehind).toBe(true)
    const { carriedOver, response } = await desk.run(openResponse, { id: a.id }, actor)
    expect(carriedOver).toMatchObject({
      from: 1,
      to: 2,
      added: ['countries'],
      changed: [{ question: 'projects', parts: ['text'] }],
      dropped: [
        { question: 'note', value: 'Kept', reason: 'question_gone' },
        { question: 'strategy_year', value: '1980', reason: 'not_accepted' },
      ],
    })
    const history = await desk.run(listAnswerHistory, { responseId: a.id }, actor)
    expect(history.filter(({ kind }) => kind === 'dropped').map(({ value }) => value)).toEqual(['Kept', '1980'])
    // An offline form of the old version is told so, and nothing of it is written.
    const old = { responseId: a.id, instrumentVersion: 1, answers: [answer('projects', '6', 1)] }
    expect(await desk.refusal(saveAnswers, old, actor)).toMatchObject({ code: 'results.questions-changed' })
    const renewed = { responseId: a.id, instrumentVersion: 2, answers: [answer('strategy_year', '2012', 2)] }
    expect((await desk.run(saveAnswers, renewed, actor)).outcomes).toMatchObject([{ outcome: 'saved' }])
    expect((await desk.run(submitResponse, { id: a.id, version: response.version }, actor)).answered).toBe(3)
  }))

test('a country that is asked as such answers by its own focal point, who may be given more time', () =>
  atSurveyDesk(async (desk) => {
    await desk.run(createSurvey, { key: 'c', year: 2014, title: text, questions: structuredClone(QUESTIONS) as never })
    await desk.run(setPopulation, { survey: 'c', add: [{ country: 'KEN' }, { country: 'PER' }] })
    await desk.move('c', 'piloted', 'open')
    const invited = await desk.run(inviteResponses, { survey: 'c', dueOn: '2026-12-01', lang: 'fr' })
    const id = invited.find(({ countryCode }) => countryCode === 'KEN')?.id ?? ''
    const kenya: Actor = {
      ...MEMBER,
      id: 'kenya',
      grants: [{ role: 'national_focal_point', scope: 'country', scopeId: 'KEN', orgs: [], countries: ['KEN'] }],
    }
    expect((await desk.run(listResponses, {}, kenya)).rows.map(({ countryCode, due }) => [countryCode, due])).toEqual([
      ['KEN', '2026-12-01'],
    ])
    const saved = await desk.run(saveAnswers, { responseId: id, answers: [answer('projects', '2')] }, kenya)
    const later = { id, version: saved.version, changes: { dueOn: '2026-12-24' } }
    expect(await desk.refusal(reviseResponse, later, kenya)).toMatchObject({ code: 'operations.permission-lacking' })
    expect(await desk.run(reviseResponse, later, SECRETARIAT)).toMatchObject({ dueOn: '2026-12-24', lang: 'fr', state: 'draft' })
  }))

test('calls are logged for whoever chases, overdue returns are found, and the respondent reads neither', () =>
  atSurveyDesk(async (desk) => {
    const { a, b, orgA, orgB } = await twoAsked(desk)
    await desk.run(logContact, { responseId: a.id, kind: 'call', outcome: 'Asked for more time' }, SECRETARIAT)
    expect(await desk.run(listContacts, { responseId: a.id }, SECRETARIAT)).toMatchObject([{ kind: 'call', by: SECRETARIAT.id }])
    expect(await desk.refusal(listContacts, { responseId: a.id }, focalPointOf(orgA))).toMatchObject({
      code: 'operations.permission-lacking',
    })
    await desk.database.run(sql`update responses set due_on = '2026-11-23' where id = ${a.id}`)
    await desk.database.run(sql`update responses set due_on = '2026-11-24' where id = ${b.id}`)
    const overdue = await desk.run(listResponses, { survey: 'entities-2014', overdue: true }, SECRETARIAT)
    expect(overdue.rows).toMatchObject([{ orgId: orgA, isOverdue: true, contacts: 1 }])
    expect((await desk.run(listResponses, { survey: 'entities-2014' }, focalPointOf(orgB))).rows).toMatchObject([
      { isOverdue: false, contacts: null, lastContactAt: null },
    ])
  }))
