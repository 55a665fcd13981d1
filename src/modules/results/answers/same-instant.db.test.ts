import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../../database/db.ts'
import { MIGRATIONS_FOLDER } from '../../../database/migrate.ts'
import { openDatabase } from '../../../database/open-database.ts'
import { newTestDatabase, type TestDatabase } from '../../../database/testing/test-database.ts'
import { systemClock } from '../../../kernel/clock.ts'
import { createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../../operations/index.ts'
import { auditWriter, policy } from '../../access/index.ts'
import {
  createSurvey,
  getResponse,
  inviteResponses,
  listAnswerHistory,
  moveSurvey,
  saveAnswers,
  setPopulation,
  submitResponse,
} from '../index.ts'
import { inEveryLanguage } from '../testing/survey-desk.ts'

let first: TestDatabase
let second: Database
let desks: readonly Operations[]
let responses: readonly string[] = []

const text = inEveryLanguage('A question')
const TRIES = 8

beforeAll(async () => {
  first = await newTestDatabase(MIGRATIONS_FOLDER)
  second = await openDatabase(first.location)
  desks = [first, second].map((database) => createOperations({ database, clock: systemClock, policy, audit: auditWriter }))
  const [desk] = desks
  if (!desk) throw new Error('No desk')
  const questions = { questions: ['a', 'b'].map((code) => ({ code, type: 'text', text })) } as never
  await desk.run(createSurvey, { key: 's', year: 2014, title: text, questions }, LOCAL_ADMINISTRATOR)
  const add = ['KEN', 'PER', 'FJI', 'NPL', 'BRA', 'IND', 'GHA', 'ZMB'].map((country) => ({ country }))
  const { added } = await desk.run(setPopulation, { survey: 's', add }, LOCAL_ADMINISTRATOR)
  await desk.run(moveSurvey, { survey: 's', version: 1, to: 'piloted' }, LOCAL_ADMINISTRATOR)
  await desk.run(inviteResponses, { survey: 's' }, LOCAL_ADMINISTRATOR)
  responses = added.map(({ id }) => id)
})

afterAll(async () => {
  await second.close()
  await first.close()
})

const save = (operations: Operations, responseId: string, question: string, value: string) =>
  operations.run(saveAnswers, { responseId, answers: [{ question, value, baseVersion: 0 }] }, LOCAL_ADMINISTRATOR)

test('of two who answer the same question at the same instant one is saved, the other is told, and both texts are there', async () => {
  for (const responseId of responses.slice(0, TRIES)) {
    const outcomes = await Promise.all(desks.map((operations, index) => save(operations, responseId, 'a', `Desk ${index}`)))
    expect(outcomes.flatMap((one) => one.outcomes.map(({ outcome }) => outcome)).sort()).toEqual(['conflict', 'saved'])
    const [desk] = desks
    if (!desk) throw new Error('No desk')
    const { answers } = await desk.run(getResponse, { id: responseId }, LOCAL_ADMINISTRATOR)
    const history = await desk.run(listAnswerHistory, { responseId }, LOCAL_ADMINISTRATOR)
    expect([...answers, ...history].map(({ value }) => value).sort()).toEqual(['Desk 0', 'Desk 1'])
  }
})

test('two who answer different questions at the same instant are both saved', async () => {
  for (const responseId of responses.slice(0, TRIES)) {
    const [one, other] = desks
    if (!one || !other) throw new Error('No desk')
    const again = (operations: Operations, question: string, baseVersion: number) =>
      operations.run(
        saveAnswers,
        { responseId, answers: [{ question, value: `At once ${question}`, baseVersion }] },
        LOCAL_ADMINISTRATOR,
      )
    const outcomes = await Promise.all([again(one, 'a', 1), again(other, 'b', 0)])
    expect(outcomes.flatMap((saved) => saved.outcomes.map(({ outcome }) => outcome))).toEqual(['saved', 'saved'])
  }
})

test('of two who hand the same return in at the same instant one gets a receipt', async () => {
  for (const id of responses.slice(0, TRIES)) {
    const [desk] = desks
    const version = (await desk?.run(getResponse, { id }, LOCAL_ADMINISTRATOR))?.response.version ?? 0
    const outcomes = await Promise.allSettled(
      desks.map((operations) => operations.run(submitResponse, { id, version }, LOCAL_ADMINISTRATOR)),
    )
    const said = outcomes.map((one) => (one.status === 'fulfilled' ? 'receipt' : String(one.reason.code))).sort()
    expect(said).toEqual(['receipt', 'results.response-changed-meanwhile'])
  }
})
