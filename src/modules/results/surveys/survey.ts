/**
 * A survey: who is asked what about which year (domain 6.9).
 *
 *   draft -> piloted -> open -> closed -> analysed -> published; closed -> open again with a reason; withdrawn from anywhere, with one
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { CommandContext, QueryContext, RecordScope, Sight } from '../../../operations/index.ts'

export const POPULATION_CLASSES = ['un_entity', 'rc', 'national_agency', 'other'] as const
export type PopulationClass = (typeof POPULATION_CLASSES)[number]

export const SURVEY_STATES = ['draft', 'piloted', 'open', 'closed', 'analysed', 'published', 'withdrawn'] as const
export type SurveyState = (typeof SURVEY_STATES)[number]

export const ANONYMITIES = ['named', 'aggregate_only'] as const
export type Anonymity = (typeof ANONYMITIES)[number]

export interface Survey {
  readonly id: string
  readonly key: string
  readonly title: LocalizedText
  /** Organisation that asks; null: the instance as a whole. */
  readonly ownerOrg: string | null
  /** Year that the answers are about. */
  readonly year: number
  readonly populationClass: PopulationClass
  readonly state: SurveyState
  /** YYYY-MM-DD. */
  readonly opensOn: string | null
  readonly closesOn: string | null
  readonly anonymity: Anonymity
  readonly templateKey: string | null
  /** The survey that asked the same a year before. */
  readonly predecessorId: string | null
  readonly needsValidation: boolean
  readonly instrumentVersion: number
  /** Why it was withdrawn or opened again. */
  readonly stateReason: string | null
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
}

/** While it is piloted or open, members are invited and answer. */
export const RUNNING: readonly SurveyState[] = ['piloted', 'open']

const MOVES: Readonly<Record<SurveyState, readonly SurveyState[]>> = {
  draft: ['piloted', 'withdrawn'],
  piloted: ['open', 'withdrawn'],
  open: ['closed', 'withdrawn'],
  closed: ['analysed', 'open', 'withdrawn'],
  analysed: ['published', 'withdrawn'],
  published: ['withdrawn'],
  withdrawn: [],
}

export function movesOfSurvey(from: SurveyState): readonly SurveyState[] {
  return MOVES[from]
}

export const SURVEY_COLUMNS = sql`
  s.id, s.key, s.title, s.owner_org as "ownerOrg", s.year, s.population_class as "populationClass", s.state, s.opens_on as "opensOn",
  s.closes_on as "closesOn", s.anonymity, s.template_key as "templateKey", s.predecessor_id as "predecessorId",
  s.needs_validation as "needsValidation", s.instrument_version as "instrumentVersion", s.state_reason as "stateReason", s.version,
  s.created_at as "createdAt", s.created_by as "createdBy", s.updated_at as "updatedAt", s.updated_by as "updatedBy"
`

/** The same cut as the policy of the table (migration 0016); the table stands as `s`. */
export function visibleSurveys(sight: Sight): Sql {
  if (sight.rows.sees === 'all') return sql`true`
  return sql`(s.state = 'published' or exists (select 1 from responses as r where r.survey_id = s.id and ${visibleResponses(sight)}))`
}

/** Likewise for responses, which stand as `r`. */
export function visibleResponses({ rows }: Sight): Sql {
  if (rows.sees === 'all') return sql`true`
  return sql`(r.state <> 'listed' and (
    coalesce(r.org_id = any(${rows.orgs}::text[]), false)
    or (r.org_id is null and r.country_code = any(${rows.countries}::text[]))
    or ${rows.actorId} = any(r.people)
  ))`
}

/** By id or key. Errors: Problem `results.survey-missing`, also when the actor may not see it. */
export async function getSurveyAsSeen({ db, sight }: Pick<QueryContext, 'db' | 'sight'>, survey: string): Promise<Survey> {
  return requireSurvey(await selectSurvey(db, survey, visibleSurveys(sight)), survey)
}

/** By id or key, with the eyes of the program. */
export async function getSurveyRow(whole: Db, survey: string): Promise<Survey> {
  return requireSurvey(await selectSurvey(whole, survey, sql`true`), survey)
}

function selectSurvey(db: Db, survey: string, condition: Sql): Promise<Survey | undefined> {
  return db.maybe<Survey>(sql`
    select ${SURVEY_COLUMNS} from surveys as s where (s.id = ${survey} or s.key = ${survey}) and ${condition}
  `)
}

function requireSurvey(found: Survey | undefined, survey: string): Survey {
  if (!found) throw new Problem('results.survey-missing', { survey })
  return found
}

/** Locked for this transaction, when it still is the version that the person saw. */
export async function getSurveyForChange(whole: Db, survey: string, version: number): Promise<Survey> {
  await whole.maybe(sql`select 1 from surveys where id = ${survey} or key = ${survey} for update`)
  const found = await getSurveyRow(whole, survey)
  if (found.version !== version) {
    throw new Problem('results.survey-changed-meanwhile', {
      version,
      found: found.version,
      by: found.updatedBy,
      at: found.updatedAt,
    })
  }
  return found
}

/** Surveys belong to whoever asks; whoever changed it last is its author, for four eyes at publishing. */
export async function surveyScope({ whole }: Pick<QueryContext, 'whole'>, survey: string): Promise<RecordScope> {
  const { ownerOrg, updatedBy } = await getSurveyRow(whole, survey)
  return { orgs: ownerOrg === null ? [] : [ownerOrg], countries: [], author: updatedBy }
}

export type SurveyChanges = Partial<
  Pick<
    Survey,
    | 'title'
    | 'ownerOrg'
    | 'year'
    | 'state'
    | 'opensOn'
    | 'closesOn'
    | 'anonymity'
    | 'predecessorId'
    | 'needsValidation'
    | 'instrumentVersion'
    | 'stateReason'
  >
>

export async function saveSurvey(
  { whole, clock, actor, changed }: CommandContext,
  before: Survey,
  changes: SurveyChanges,
  action: string,
  reason?: string,
): Promise<Survey> {
  const at = clock.now().toISOString()
  const after: Survey = { ...before, ...changes, version: before.version + 1, updatedAt: at, updatedBy: actor.id }
  await whole.run(sql`
    update surveys
    set title = ${JSON.stringify(after.title)}::jsonb, owner_org = ${after.ownerOrg}, year = ${after.year}, state = ${after.state},
        opens_on = ${after.opensOn}::date, closes_on = ${after.closesOn}::date, anonymity = ${after.anonymity},
        predecessor_id = ${after.predecessorId}, needs_validation = ${after.needsValidation},
        instrument_version = ${after.instrumentVersion}, state_reason = ${after.stateReason}, version = ${after.version},
        updated_at = ${at}, updated_by = ${actor.id}
    where id = ${after.id}
  `)
  changed({
    ref: surveyRef(after.id),
    action,
    version: after.version,
    before,
    after,
    ...(reason === undefined ? {} : { reason }),
  })
  return after
}

export function surveyRef(id: string) {
  return { module: 'results', aggregate: 'surveys', id } as const
}
