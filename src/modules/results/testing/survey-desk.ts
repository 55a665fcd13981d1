/** A desk for tests: the real operations on a test database, surveys of a few questions, and people with roles as the policy knows them. */
import type { z } from 'zod'
import { type Database, sql } from '../../../database/db.ts'
import { withRollback } from '../../../database/testing/rollback-database.ts'
import { openTestDatabase } from '../../../database/testing/test-database.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import type { Problem, ProblemReport } from '../../../kernel/problems.ts'
import { type Actor, createOperations, type Grant, LOCAL_ADMINISTRATOR, type Operation } from '../../../operations/index.ts'
import { auditWriter, policy } from '../../access/index.ts'
import { registerOrg } from '../../directory/index.ts'
import {
  createSurvey,
  getSurvey,
  type InstrumentSchema,
  inviteResponses,
  listResponses,
  moveSurvey,
  type SurveyResponse,
  saveAnswers,
  setPopulation,
  submitResponse,
} from '../index.ts'

export interface SurveyDesk {
  readonly database: Database
  run<Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>, actor?: Actor): Promise<Output>
  /** The problem that a run throws. */
  refusal<Input extends z.ZodType, Output>(
    operation: Operation<Input, Output>,
    input: z.input<Input>,
    actor?: Actor,
  ): Promise<{ code: string; kind: string; params: unknown; details: readonly ProblemReport[] }>
  /** Organisations of the directory, one for each name. */
  orgs(...names: readonly string[]): Promise<string[]>
  /** An open survey whose members are all invited, in the order in which they are given. */
  openSurvey(given: GivenSurvey): Promise<SurveyResponse[]>
  /** Answers and hands in. */
  handIn(response: SurveyResponse, values: Readonly<Record<string, unknown>>, actor?: Actor): Promise<SurveyResponse>
  /** On through the states. */
  move(survey: string, ...to: readonly ('piloted' | 'open' | 'closed' | 'analysed' | 'published')[]): Promise<void>
  account(id: string): Promise<void>
  setTime(instant: string): void
}

export interface GivenSurvey extends Partial<z.input<typeof createSurvey.input>> {
  readonly key: string
  readonly year: number
  readonly orgs: readonly string[]
  readonly questions?: z.input<typeof InstrumentSchema>
}

/** Runs `work` at a desk of its own; nothing of it stays. */
export async function atSurveyDesk<T>(work: (desk: SurveyDesk) => Promise<T>): Promise<T> {
  const database = await openTestDatabase()
  return withRollback(database, (inside) => {
    let now = new Date('2026-11-24T12:00:00Z')
    const operations = createOperations({ database: inside, clock: { now: () => now }, policy, audit: auditWriter })
    const run: SurveyDesk['run'] = (operation, input, actor = LOCAL_ADMINISTRATOR) => operations.run(operation, input, actor)
    const desk: SurveyDesk = {
      database: inside,
      run,
      refusal: (operation, input, actor) =>
        run(operation, input, actor).then(
          () => {
            throw new Error('No problem was thrown')
          },
          ({ code, kind, params, details }: Problem) => ({ code, kind, params, details }),
        ),
      async orgs(...names) {
        const ids: string[] = []
        for (const name of names) {
          ids.push((await run(registerOrg, { names: { orig: 'en', texts: { en: name } }, orgType: '40' })).id)
        }
        return ids
      },
      async openSurvey({ orgs, ...given }) {
        await run(createSurvey, { title: inEveryLanguage(given.key), ...given })
        await run(setPopulation, { survey: given.key, add: orgs.map((org) => ({ org })) })
        await desk.move(given.key, 'piloted', 'open')
        await run(inviteResponses, { survey: given.key })
        const { rows } = await run(listResponses, { survey: given.key })
        return orgs.flatMap((org) => rows.find(({ orgId }) => orgId === org) ?? [])
      },
      async handIn({ id }, values, actor) {
        const answers = Object.entries(values).map(([question, value]) => ({ question, value, baseVersion: 0 }))
        const saved = await run(saveAnswers, { responseId: id, answers }, actor)
        return (await run(submitResponse, { id, version: saved.version }, actor)).response
      },
      async move(survey, ...states) {
        for (const to of states) {
          const found = await run(getSurvey, { survey })
          await run(moveSurvey, { survey, version: found.survey.version, to })
        }
      },
      async account(id) {
        await inside.run(sql`
          insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
          values (${id}, ${`${id}@example.org`}, ${id}, 'en', 'active', 1, now(), 'test', now(), 'test')
        `)
      },
      setTime: (instant) => {
        now = new Date(instant)
      },
    }
    return work(desk)
  })
}

/** The same words in each language: what a test asks is not about them. */
export function inEveryLanguage(text: string): LocalizedText {
  return { orig: 'en', texts: Object.fromEntries(OFFICIAL_LANGUAGES.map((lang) => [lang, text])) }
}

/** Focal point of one organisation. */
export function focalPointOf(org: string, id = `focal-${org}`): Actor {
  const grant: Grant = { role: 'entity_focal_point', scope: 'entity', scopeId: org, orgs: [org], countries: [] }
  return { id, kind: 'user', name: id, grants: [grant] }
}

export const MEMBER: Actor = { id: 'a-member', kind: 'user', name: 'A member', grants: [] }

export const SECRETARIAT: Actor = {
  id: 'a-secretariat',
  kind: 'user',
  name: 'Secretariat',
  grants: [{ role: 'secretariat', scope: 'instance', scopeId: null, orgs: [], countries: [] }],
}
