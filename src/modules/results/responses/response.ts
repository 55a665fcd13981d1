/**
 * The return of one member of a population (domain 6.9).
 *
 *   listed -> invited -> opened -> draft -> submitted -> validated
 *   invited, opened, draft -> declined; at the closing of the survey -> no_response
 *   submitted, validated -> draft: taken back by the respondent, or given back with a remark
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Actor, CommandContext, QueryContext, RecordScope } from '../../../operations/index.ts'
import { getSurveyRow, RUNNING, type Survey, visibleResponses } from '../surveys/survey.ts'

export const RESPONSE_STATES = [
  'listed',
  'invited',
  'opened',
  'draft',
  'submitted',
  'validated',
  'declined',
  'no_response',
] as const
export type ResponseState = (typeof RESPONSE_STATES)[number]

export const RESPONSE_ROLES = ['respondent', 'contributor', 'validator'] as const
export type ResponseRole = (typeof RESPONSE_ROLES)[number]

export interface SurveyResponse {
  readonly id: string
  readonly surveyId: string
  /** Organisation that is asked; null where a country is asked as such. */
  readonly orgId: string | null
  /** ISO 3166-1 alpha-3. */
  readonly countryCode: string | null
  readonly state: ResponseState
  /** Why it should not have been asked; null: it is in scope. */
  readonly outOfScopeReason: string | null
  /** Version of the questions to which its answers belong. */
  readonly instrumentVersion: number
  /** YYYY-MM-DD; null: when the survey closes. */
  readonly dueOn: string | null
  readonly lang: string | null
  /** Accounts that work on it beside those who hold the role for the organisation. */
  readonly people: readonly string[]
  readonly invitedAt: string | null
  readonly invitedBy: string | null
  readonly openedAt: string | null
  readonly openedBy: string | null
  readonly submittedAt: string | null
  readonly submittedBy: string | null
  readonly validatedAt: string | null
  readonly validatedBy: string | null
  readonly declinedReason: string | null
  readonly withdrawnAt: string | null
  readonly withdrawnReason: string | null
  readonly returnedAt: string | null
  /** What whoever gave it back said. */
  readonly remark: string | null
  readonly receipt: string | null
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
}

/** States in which its people may still write. */
export const UNDERWAY: readonly ResponseState[] = ['invited', 'opened', 'draft']
/** States that count as answered. */
export const SUBMITTED: readonly ResponseState[] = ['submitted', 'validated']

export const RESPONSE_COLUMNS = sql`
  r.id, r.survey_id as "surveyId", r.org_id as "orgId", r.country_code as "countryCode", r.state,
  r.out_of_scope_reason as "outOfScopeReason", r.instrument_version as "instrumentVersion", r.due_on as "dueOn", r.lang, r.people,
  r.invited_at as "invitedAt", r.invited_by as "invitedBy", r.opened_at as "openedAt", r.opened_by as "openedBy",
  r.submitted_at as "submittedAt", r.submitted_by as "submittedBy", r.validated_at as "validatedAt",
  r.validated_by as "validatedBy", r.declined_reason as "declinedReason", r.withdrawn_at as "withdrawnAt",
  r.withdrawn_reason as "withdrawnReason", r.returned_at as "returnedAt", r.remark, r.receipt, r.version,
  r.created_at as "createdAt", r.created_by as "createdBy", r.updated_at as "updatedAt", r.updated_by as "updatedBy"
`

/** The table stands as `r`. */
export function selectResponses(db: Db, where: Sql): Promise<SurveyResponse[]> {
  return db.many<SurveyResponse>(sql`select ${RESPONSE_COLUMNS} from responses as r where ${where} order by r.id`)
}

/** Errors: Problem `results.response-missing`, also when the actor may not see it. */
export async function getResponseAsSeen({ db, sight }: Pick<QueryContext, 'db' | 'sight'>, id: string): Promise<SurveyResponse> {
  const [found] = await selectResponses(db, sql`r.id = ${id} and ${visibleResponses(sight)}`)
  if (!found) throw new Problem('results.response-missing', { id })
  return found
}

/** Locked for this transaction, when it still is the version that the person saw. */
export async function getResponseForChange(whole: Db, id: string, version: number): Promise<SurveyResponse> {
  await whole.maybe(sql`select 1 from responses where id = ${id} for update`)
  const [found] = await selectResponses(whole, sql`r.id = ${id}`)
  if (!found) throw new Problem('results.response-missing', { id })
  if (found.version !== version) {
    throw new Problem('results.response-changed-meanwhile', {
      version,
      found: found.version,
      by: found.updatedBy,
      at: found.updatedAt,
    })
  }
  return found
}

/**
 * Whose it is: of its organisation, else of its country; and of those to whom it was given in one of `roles`. Whoever submitted it
 * is its author, for four eyes at validating.
 */
export async function responseScope(
  context: Pick<QueryContext, 'db' | 'whole' | 'sight' | 'actor'>,
  id: string,
  roles: readonly ResponseRole[],
): Promise<RecordScope> {
  const { orgId, countryCode, submittedBy, people } = await getResponseAsSeen(context, id)
  const isGiven = people.includes(context.actor.id) && (await hasRole(context.whole, id, context.actor.id, roles))
  return {
    orgs: orgId === null ? [] : [orgId],
    countries: orgId === null && countryCode !== null ? [countryCode] : [],
    ...(submittedBy === null ? {} : { author: submittedBy }),
    ...(isGiven ? { self: context.actor.id } : {}),
  }
}

async function hasRole(whole: Db, responseId: string, userId: string, roles: readonly ResponseRole[]): Promise<boolean> {
  const found = await whole.maybe(sql`
    select 1 from response_people
    where response_id = ${responseId} and user_id = ${userId} and role = any(${[...roles]}::text[])
  `)
  return found !== undefined
}

/** Whether the actor is of the side that answers; the person at this machine is of every side. */
export function isOfItsSide(actor: Actor, { orgId, countryCode, people }: SurveyResponse): boolean {
  if (actor.kind === 'local' || actor.kind === 'job' || people.includes(actor.id)) return true
  return (actor.grants ?? []).some(({ scope, orgs, countries }) => {
    if (scope !== 'entity' && scope !== 'country') return false
    return orgId === null ? countryCode !== null && countries.includes(countryCode) : orgs.includes(orgId)
  })
}

/** Of a survey that promises counts only, nobody but the side that answers learns what was said: also not by writing. */
export function requireOwnEyes(actor: Actor, response: SurveyResponse, { anonymity }: Pick<Survey, 'anonymity'>): void {
  if (anonymity === 'aggregate_only' && !isOfItsSide(actor, response)) throw new Problem('results.answers-withheld')
}

/** Its survey, when members may answer now. Errors: Problem `results.survey-not-running`, `results.response-out-of-scope`. */
export async function requireRunning(whole: Db, { surveyId, outOfScopeReason }: SurveyResponse): Promise<Survey> {
  const survey = await getSurveyRow(whole, surveyId)
  if (!RUNNING.includes(survey.state)) throw new Problem('results.survey-not-running', { state: survey.state })
  if (outOfScopeReason !== null) throw new Problem('results.response-out-of-scope', { reason: outOfScopeReason })
  return survey
}

/** Errors: Problem `results.response-move-not-allowed`. */
export function requireState({ state }: SurveyResponse, accepted: readonly ResponseState[], wanted: string): void {
  if (!accepted.includes(state)) throw new Problem('results.response-move-not-allowed', { state, wanted })
}

export type ResponseChanges = Partial<Omit<SurveyResponse, 'id' | 'surveyId' | 'version' | 'createdAt' | 'createdBy'>>

export async function saveResponse(
  context: CommandContext,
  before: SurveyResponse,
  changes: ResponseChanges,
  action: string,
  reason?: string,
): Promise<SurveyResponse> {
  const after = changedResponse(context, before, changes)
  await updateResponses(context.whole, [after])
  context.changed({
    ref: responseRef(after.id),
    action,
    version: after.version,
    before,
    after,
    ...(reason === undefined ? {} : { reason }),
  })
  return after
}

export function changedResponse(
  { clock, actor }: Pick<CommandContext, 'clock' | 'actor'>,
  before: SurveyResponse,
  changes: ResponseChanges,
): SurveyResponse {
  return { ...before, ...changes, version: before.version + 1, updatedAt: clock.now().toISOString(), updatedBy: actor.id }
}

const RECORD = sql`
  id text, state text, "outOfScopeReason" text, "instrumentVersion" integer, "dueOn" date, lang text, people jsonb,
  "invitedAt" timestamptz, "invitedBy" text, "openedAt" timestamptz, "openedBy" text, "submittedAt" timestamptz, "submittedBy" text,
  "validatedAt" timestamptz, "validatedBy" text, "declinedReason" text, "withdrawnAt" timestamptz, "withdrawnReason" text,
  "returnedAt" timestamptz, remark text, receipt text, version integer, "updatedAt" timestamptz, "updatedBy" text
`

export async function updateResponses(whole: Db, responses: readonly SurveyResponse[]): Promise<void> {
  await whole.run(sql`
    update responses as r
    set state = n.state, out_of_scope_reason = n."outOfScopeReason", instrument_version = n."instrumentVersion", due_on = n."dueOn",
        lang = n.lang, people = array(select jsonb_array_elements_text(n.people)), invited_at = n."invitedAt",
        invited_by = n."invitedBy", opened_at = n."openedAt", opened_by = n."openedBy", submitted_at = n."submittedAt",
        submitted_by = n."submittedBy", validated_at = n."validatedAt", validated_by = n."validatedBy",
        declined_reason = n."declinedReason", withdrawn_at = n."withdrawnAt", withdrawn_reason = n."withdrawnReason",
        returned_at = n."returnedAt", remark = n.remark, receipt = n.receipt, version = n.version, updated_at = n."updatedAt",
        updated_by = n."updatedBy"
    from jsonb_to_recordset(${JSON.stringify(responses)}::jsonb) as n(${RECORD})
    where r.id = n.id
  `)
}

export function responseRef(id: string) {
  return { module: 'results', aggregate: 'responses', id } as const
}
