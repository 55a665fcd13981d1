import { expect, test } from 'vitest'
import {
  delegateResponse,
  getResponse,
  listProposals,
  recordProposals,
  refuseProposal,
  type SurveyResponse,
  saveAnswers,
} from '../index.ts'
import { atSurveyDesk, focalPointOf, inEveryLanguage, MEMBER, type SurveyDesk } from '../testing/survey-desk.ts'

const text = inEveryLanguage('A question')
const QUESTIONS = {
  questions: [
    { code: 'initiatives', type: 'number', text, min: '0', prefill: { query: 'initiative-count', params: {} } },
    { code: 'countries', type: 'number', text, min: '0', max: '300' },
  ],
} as never

async function oneAsked(desk: SurveyDesk): Promise<{ response: SurveyResponse; org: string }> {
  const [org = ''] = await desk.orgs('Entity A')
  const [response] = await desk.openSurvey({ key: 'entities-2014', year: 2014, orgs: [org], questions: QUESTIONS })
  if (!response) throw new Error('Nobody was invited')
  return { response, org }
}

const counted = (question: string, value: string, rowsDigest = 'rows-1') => ({
  question,
  value,
  source: 'records' as const,
  query: 'initiative-count',
  params: { year: 2014 },
  rowCount: Number(value),
  rowsDigest,
  origin: { filter: 'org=a&year=2014' },
})

test('nobody else proposes, and what is no answer is said and left out', () =>
  atSurveyDesk(async (desk) => {
    const { response, org } = await oneAsked(desk)
    const input = {
      responseId: response.id,
      proposals: [counted('initiatives', '12'), counted('countries', '301'), counted('gone', '1')],
    }
    expect(await desk.refusal(recordProposals, input, MEMBER)).toMatchObject({ code: 'results.response-missing' })
    const { proposed, problems } = await desk.run(recordProposals, input, focalPointOf(org))
    expect(proposed).toMatchObject([
      { question: 'initiatives', value: '12', rowCount: 12, outcome: 'open', query: 'initiative-count' },
    ])
    expect(problems.map(({ code }) => code)).toEqual(['results.answer-out-of-range', 'results.question-unknown'])
  }))

test('accepted, changed, refused: each is kept with who decided, and the answer says where it came from', () =>
  atSurveyDesk(async (desk) => {
    const { response, org } = await oneAsked(desk)
    const [actor, responseId] = [focalPointOf(org), response.id]
    const proposals = [counted('initiatives', '12'), counted('countries', '4')]
    const { proposed } = await desk.run(recordProposals, { responseId, proposals }, actor)
    const [first, second] = proposed.map(({ id }) => id)
    const answers = [
      { question: 'initiatives', value: '12', baseVersion: 0, proposalId: first },
      { question: 'countries', value: '5', baseVersion: 0, proposalId: second },
    ]
    const saved = await desk.run(saveAnswers, { responseId, answers }, actor)
    expect(saved.outcomes).toMatchObject([
      { outcome: 'saved', answer: { origin: 'accepted', proposalId: first } },
      { outcome: 'saved', answer: { origin: 'changed', proposalId: second } },
    ])
    expect(await desk.run(listProposals, { responseId }, actor)).toMatchObject([
      { outcome: 'accepted', decidedBy: actor.id },
      { outcome: 'changed', decidedBy: actor.id },
    ])
    expect(await desk.refusal(refuseProposal, { id: first ?? '' }, actor)).toMatchObject({ code: 'results.proposal-decided' })
    // Typed over later: what was proposed and accepted was changed after all.
    await desk.run(saveAnswers, { responseId, answers: [{ question: 'initiatives', value: '13', baseVersion: 1 }] }, actor)
    expect((await desk.run(listProposals, { responseId, question: 'initiatives' }, actor))[0]?.outcome).toBe('changed')
    expect((await desk.run(getResponse, { id: responseId }, actor)).answers).toMatchObject([
      { question: 'countries', value: '5' },
      { question: 'initiatives', value: '13', origin: 'changed', version: 2 },
    ])
  }))

test('a newer proposal takes the place of an open one; a decided one from the same rows is not made again', () =>
  atSurveyDesk(async (desk) => {
    const { response, org } = await oneAsked(desk)
    const [actor, responseId] = [focalPointOf(org), response.id]
    const propose = (value: string, digest: string) =>
      desk.run(recordProposals, { responseId, proposals: [counted('initiatives', value, digest)] }, actor)
    await propose('12', 'rows-1')
    expect((await propose('12', 'rows-1')).unchanged).toEqual(['initiatives'])
    const [second] = (await propose('14', 'rows-2')).proposed
    await desk.run(refuseProposal, { id: second?.id ?? '' }, actor)
    expect((await propose('14', 'rows-2')).unchanged).toEqual(['initiatives'])
    await propose('15', 'rows-3')
    const all = await desk.run(listProposals, { responseId }, actor)
    expect(all.map(({ value, outcome }) => [value, outcome])).toEqual([
      ['12', 'replaced'],
      ['14', 'refused'],
      ['15', 'open'],
    ])
    expect((await desk.run(getResponse, { id: responseId }, actor)).openProposals).toMatchObject([{ value: '15' }])
  }))

test('a proposal for another answer is none for this one', () =>
  atSurveyDesk(async (desk) => {
    const { response, org } = await oneAsked(desk)
    const [actor, responseId] = [focalPointOf(org), response.id]
    const { proposed } = await desk.run(recordProposals, { responseId, proposals: [counted('initiatives', '12')] }, actor)
    const answers = [{ question: 'countries', value: '12', baseVersion: 0, proposalId: proposed[0]?.id }]
    expect(await desk.refusal(saveAnswers, { responseId, answers }, actor)).toMatchObject({ code: 'results.proposal-missing' })
  }))

test('a validator decides nothing', () =>
  atSurveyDesk(async (desk) => {
    const { response, org } = await oneAsked(desk)
    await desk.account('colleague')
    const giving = { id: response.id, version: response.version, person: 'colleague', role: 'validator' } as const
    await desk.run(delegateResponse, giving, focalPointOf(org))
    const { proposed } = await desk.run(
      recordProposals,
      { responseId: response.id, proposals: [counted('initiatives', '12')] },
      focalPointOf(org),
    )
    const refused = await desk.refusal(refuseProposal, { id: proposed[0]?.id ?? '' }, { ...MEMBER, id: 'colleague' })
    expect(refused).toMatchObject({ code: 'operations.permission-lacking' })
  }))
