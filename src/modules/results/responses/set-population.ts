/**
 * Who is asked: organisations by name, by class, countries, or the population of another survey. A member is asked once; one that is
 * there already stays as it is. Members that were not invited yet can be taken off; of others it is said that they are out of scope.
 */
import { z } from 'zod'
import { findArea } from '../../../codes/index.ts'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { findOrg, listOrgs, type Org } from '../../directory/index.ts'
import { getSurveyRow, RUNNING, type Survey, surveyScope } from '../surveys/survey.ts'
import { noteBatch } from './batch.ts'
import { type SurveyResponse, selectResponses } from './response.ts'

const Member = z.object({
  /** Id or key of an organisation of the directory. */
  org: z.string().optional(),
  /** ISO 3166-1 alpha-3, alpha-2 or M49: of the office; alone, the country is asked. */
  country: z.string().optional(),
  dueOn: z.iso.date().optional(),
  lang: z.string().min(2).max(35).optional(),
})

/** More than any population that one office asks; each page of the directory gives 200. */
const LARGEST_POPULATION = 2_000

export interface PopulationChange {
  readonly added: readonly SurveyResponse[]
  readonly alreadyThere: number
  readonly removed: number
}

export const setPopulation = defineCommand({
  name: 'results.set-population',
  permission: 'results.survey.run',
  scope: (context, { survey }) => surveyScope(context, survey),
  input: z.object({
    survey: z.string(),
    add: z.array(Member).max(500).default([]),
    /** Every organisation of the directory for which all that is named holds. */
    addClass: z
      .object({
        orgType: listOrgs.input.shape.orgType,
        country: z.array(z.string()).optional(),
        partOfUnSystem: z.boolean().optional(),
        /** Entities only, not the offices and funds below them. */
        topLevel: z.boolean().default(true),
      })
      .optional(),
    /** Everybody who was asked in another survey and is in scope there. */
    addFrom: z.string().optional(),
    /** Ids of responses; only those that were not invited yet. */
    remove: z.array(z.string()).max(500).default([]),
  }),
  async run(context, { survey: asked, add, addClass, addFrom, remove }): Promise<PopulationChange> {
    const { whole } = context
    const survey = await getSurveyRow(whole, asked)
    if (survey.state !== 'draft' && !RUNNING.includes(survey.state)) {
      throw new Problem('results.survey-settled', { state: survey.state })
    }
    await whole.maybe(sql`select 1 from surveys where id = ${survey.id} for update`)
    const removed = await removeListed(context, survey, remove)
    const wanted = [
      ...(await namedMembers(context, add)),
      ...(addClass ? await membersOfClass(context, addClass) : []),
      ...(addFrom === undefined ? [] : await membersOfSurvey(context, addFrom)),
    ]
    const there = new Set((await selectResponses(whole, sql`r.survey_id = ${survey.id}`)).map(memberKey))
    const fresh = new Map(wanted.filter((one) => !there.has(memberKey(one))).map((one) => [memberKey(one), one]))
    if (there.size + fresh.size > LARGEST_POPULATION) {
      throw new Problem('results.answer-too-many-rows', { question: 'add', found: fresh.size, accepted: LARGEST_POPULATION })
    }
    const added = [...fresh.values()].map((one) => listedResponse(context, survey, one))
    await insertResponses(context, added)
    if (added.length > 0) await noteBatch(context, survey.id, added, 'population-added')
    return { added, alreadyThere: new Set(wanted.map(memberKey)).size - added.length, removed }
  },
})

interface NewMember {
  readonly orgId: string | null
  readonly countryCode: string | null
  readonly dueOn?: string | null | undefined
  readonly lang?: string | null | undefined
}

function memberKey({ orgId, countryCode }: Pick<NewMember, 'orgId' | 'countryCode'>): string {
  return orgId ?? `country ${countryCode}`
}

/** Errors: one Problem `results.member-unknown` for all that are not known. */
async function namedMembers({ whole }: CommandContext, add: readonly z.output<typeof Member>[]): Promise<NewMember[]> {
  const members: NewMember[] = []
  const details: ProblemReport[] = []
  for (const [index, { org, country, dueOn, lang }] of add.entries()) {
    const found = org === undefined ? undefined : await findOrg(whole, org)
    const area = country === undefined ? undefined : findArea(country)
    const unknown = org !== undefined && !found ? org : country !== undefined && !area?.iso3 ? country : undefined
    if (unknown !== undefined) {
      details.push({
        code: 'results.member-unknown',
        params: { found: unknown },
        place: { field: `add.${index}`, row: index + 1 },
      })
    } else if (!found && !area) {
      details.push({ code: 'results.member-not-named', params: {}, place: { field: `add.${index}`, row: index + 1 } })
    } else {
      const kept = found?.duplicateOf ?? found?.id ?? null
      members.push({ orgId: kept, countryCode: area?.iso3 ?? found?.countryCode ?? null, dueOn, lang })
    }
  }
  const [first] = details
  if (first) throw new Problem(first.code, first.params, { details, ...(first.place ? { place: first.place } : {}) })
  return members
}

interface OrgClass {
  readonly orgType?: Org['orgType'][] | undefined
  readonly country?: string[] | undefined
  readonly partOfUnSystem?: boolean | undefined
  readonly topLevel: boolean
}

async function membersOfClass(context: CommandContext, { topLevel, ...filter }: OrgClass): Promise<NewMember[]> {
  const members: NewMember[] = []
  let cursor: string | undefined
  do {
    const input = listOrgs.input.parse({ ...filter, limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    const page = await listOrgs.run(context, input)
    const found = page.rows.filter(({ parentId }) => !topLevel || parentId === null)
    members.push(...found.map(({ id, countryCode }) => ({ orgId: id, countryCode })))
    cursor = page.next ?? undefined
  } while (cursor !== undefined && members.length <= LARGEST_POPULATION)
  return members
}

async function membersOfSurvey({ whole }: CommandContext, survey: string): Promise<NewMember[]> {
  const { id } = await getSurveyRow(whole, survey)
  const responses = await selectResponses(whole, sql`r.survey_id = ${id} and r.out_of_scope_reason is null`)
  return responses.map(({ orgId, countryCode, lang }) => ({ orgId, countryCode, lang }))
}

function listedResponse({ clock, actor }: CommandContext, survey: Survey, member: NewMember): SurveyResponse {
  const at = clock.now().toISOString()
  return {
    id: newId(),
    surveyId: survey.id,
    orgId: member.orgId,
    countryCode: member.countryCode,
    state: 'listed',
    outOfScopeReason: null,
    instrumentVersion: survey.instrumentVersion,
    dueOn: member.dueOn ?? null,
    lang: member.lang ?? null,
    people: [],
    invitedAt: null,
    invitedBy: null,
    openedAt: null,
    openedBy: null,
    submittedAt: null,
    submittedBy: null,
    validatedAt: null,
    validatedBy: null,
    declinedReason: null,
    withdrawnAt: null,
    withdrawnReason: null,
    returnedAt: null,
    remark: null,
    receipt: null,
    version: 1,
    createdAt: at,
    createdBy: actor.id,
    updatedAt: at,
    updatedBy: actor.id,
  }
}

async function insertResponses({ whole }: CommandContext, added: readonly SurveyResponse[]): Promise<void> {
  await whole.run(sql`
    insert into responses (id, survey_id, org_id, country_code, state, instrument_version, due_on, lang, version, created_at,
                           created_by, updated_at, updated_by)
    select n.id, n."surveyId", n."orgId", n."countryCode", n.state, n."instrumentVersion", n."dueOn", n.lang, 1, n."createdAt",
           n."createdBy", n."createdAt", n."createdBy"
    from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as n(
      id text, "surveyId" text, "orgId" text, "countryCode" text, state text, "instrumentVersion" integer, "dueOn" date, lang text,
      "createdAt" timestamptz, "createdBy" text
    )
  `)
}

/** Errors: Problem `results.response-begun` when one of them was invited: it is never forgotten that somebody was asked. */
async function removeListed(context: CommandContext, { id }: Survey, remove: readonly string[]): Promise<number> {
  if (remove.length === 0) return 0
  const found = await selectResponses(context.whole, sql`r.survey_id = ${id} and r.id = any(${[...remove]}::text[])`)
  const begun = found.filter(({ state }) => state !== 'listed').length
  if (begun > 0) throw new Problem('results.response-begun', { count: begun }, { place: { field: 'remove' } })
  await context.whole.run(sql`delete from responses where survey_id = ${id} and id = any(${[...remove]}::text[])`)
  if (found.length > 0) {
    await noteBatch(
      context,
      id,
      found.map((row) => ({ ...row, version: row.version + 1 })),
      'population-removed',
    )
  }
  return found.length
}
