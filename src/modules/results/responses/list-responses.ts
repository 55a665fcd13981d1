/** Returns of a survey, or those that wait for the actor; with what a board shows beside each. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery, readCursor, writeCursor } from '../../../operations/index.ts'
import { orgsById } from '../../directory/index.ts'
import { visibleResponses } from '../surveys/survey.ts'
import { RESPONSE_COLUMNS, RESPONSE_STATES, type ResponseState, type SurveyResponse, UNDERWAY } from './response.ts'

export interface ListedResponse extends SurveyResponse {
  readonly surveyKey: string
  readonly surveyTitle: LocalizedText
  readonly surveyYear: number
  /** Names of the organisation; null where a country is asked. */
  readonly orgNames: LocalizedText | null
  /** Its own day, else that on which the survey closes. */
  readonly due: string | null
  /** Underway after that day, in UTC. */
  readonly isOverdue: boolean
  readonly answered: number
  readonly openProposals: number
  readonly lastAnswerAt: string | null
  /** Mails, letters, calls and reminders so far; null for who does not chase. */
  readonly contacts: number | null
  readonly lastContactAt: string | null
}

export interface ResponsePage {
  readonly rows: readonly ListedResponse[]
  /** All that match, on every page. */
  readonly total: number
  /** By state, of all that match but for the state. */
  readonly byState: Readonly<Partial<Record<ResponseState, number>>>
  readonly overdue: number
  readonly next: string | null
}

export const listResponses = defineQuery({
  name: 'results.list-responses',
  permission: 'results.response.read',
  input: z.object({
    /** Id or key. */
    survey: z.string().optional(),
    state: z.array(z.enum(RESPONSE_STATES)).optional(),
    org: z.string().optional(),
    country: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    overdue: z.boolean().default(false),
    outOfScope: z.boolean().optional(),
    /** Those of the actor's own organisations, countries and parts, also for who sees all. */
    own: z.boolean().default(false),
    cursor: z.string().optional(),
    limit: z.number().int().min(1).max(500).default(100),
  }),
  async run({ db, whole, sight, clock, actor }, input): Promise<ResponsePage> {
    const today = clock.now().toISOString().slice(0, 10)
    const { rows: eyes } = sight
    const mine = { ...sight, rows: { ...eyes, sees: 'network' as const, actorId: actor.id } }
    const isOverdue = sql`coalesce(r.state = any(${[...UNDERWAY]}::text[]) and r.out_of_scope_reason is null
      and coalesce(r.due_on, s.closes_on) < ${today}::date, false)`
    const scope = sql`${visibleResponses(input.own ? mine : sight)}
      and (${input.survey ?? null}::text is null or s.id = ${input.survey ?? null} or s.key = ${input.survey ?? null})
      and (${input.org ?? null}::text is null or r.org_id = ${input.org ?? null})
      and (${input.country ?? null}::text is null or r.country_code = ${input.country ?? null})
      and (${input.outOfScope ?? null}::boolean is null or (r.out_of_scope_reason is not null) = ${input.outOfScope ?? null})
      and (not ${input.overdue}::boolean or ${isOverdue})`
    const inState = sql`(${input.state ?? null}::text[] is null or r.state = any(${input.state ?? null}::text[]))`
    const after = input.cursor === undefined ? '' : readCursor(input.cursor, z.string())
    const counts = await db.many<{ state: ResponseState; count: number; overdue: number }>(sql`
      select r.state, count(*)::int as count, count(*) filter (where ${isOverdue})::int as overdue
      from responses as r
      join surveys as s on s.id = r.survey_id
      where ${scope}
      group by r.state
    `)
    const found = await db.many<Omit<ListedResponse, 'orgNames'>>(sql`
      select ${RESPONSE_COLUMNS}, s.key as "surveyKey", s.title as "surveyTitle", s.year as "surveyYear",
             coalesce(r.due_on, s.closes_on) as due, ${isOverdue} as "isOverdue",
             (select count(*)::int from response_answers as a where a.response_id = r.id and a.value <> 'null'::jsonb) as answered,
             (select count(*)::int from answer_proposals as p where p.response_id = r.id and p.outcome = 'open') as "openProposals",
             (select max(a.at) from response_answers as a where a.response_id = r.id) as "lastAnswerAt",
             case when ${eyes.sees === 'all'}::boolean then (
               select count(*)::int from response_contacts as c where c.response_id = r.id and c.kind <> 'note'
             ) end as contacts,
             (select max(c.at) from response_contacts as c where c.response_id = r.id) as "lastContactAt"
      from responses as r
      join surveys as s on s.id = r.survey_id
      where ${scope} and ${inState} and r.id > ${after}
      order by r.id
      limit ${input.limit + 1}
    `)
    const page = found.slice(0, input.limit)
    const orgs = await orgsById(
      whole,
      page.flatMap(({ orgId }) => orgId ?? []),
    )
    const wanted = counts.filter(({ state }) => input.state === undefined || input.state.includes(state))
    const last = page.at(-1)
    return {
      rows: page.map((row) => ({ ...row, orgNames: (row.orgId === null ? undefined : orgs.get(row.orgId)?.names) ?? null })),
      total: wanted.reduce((sum, { count }) => sum + count, 0),
      byState: Object.fromEntries(counts.map(({ state, count }) => [state, count])),
      overdue: counts.reduce((sum, { overdue }) => sum + overdue, 0),
      next: found.length > page.length && last ? writeCursor(last.id) : null,
    }
  },
})
