/** The versions of a survey's questions. Each is stored whole and never changed. */
import { digestOf } from '../../../credentials/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { CommandContext } from '../../../operations/index.ts'
import { checkInstrument, type Instrument } from '../questions/index.ts'

export interface InstrumentVersion {
  readonly surveyId: string
  readonly version: number
  readonly questions: Instrument
  /** SHA-256 of the questions: whether an offline form is of this version. */
  readonly digest: string
  readonly note: string | null
  readonly createdAt: string
  readonly createdBy: string
}

const COLUMNS = sql`
  i.survey_id as "surveyId", i.version, i.digest, i.note, i.created_at as "createdAt", i.created_by as "createdBy"
`

/**
 * Questions by their digest: the same digest, the same questions. Each answer that is saved asks for them, and they are tens of
 * kilobytes. Nobody changes what is kept here.
 */
const kept = new Map<string, Instrument>()
const MOST_KEPT = 50

/** Errors: Problem `results.instrument-missing` with the versions that there are. */
export async function getInstrument(whole: Db, surveyId: string, version: number): Promise<InstrumentVersion> {
  const found = await whole.maybe<Omit<InstrumentVersion, 'questions'>>(sql`
    select ${COLUMNS} from survey_instruments as i where i.survey_id = ${surveyId} and i.version = ${version}
  `)
  if (found) return { ...found, questions: kept.get(found.digest) ?? (await readQuestions(whole, found)) }
  const versions = (await listInstruments(whole, surveyId)).map((one) => one.version)
  throw new Problem('results.instrument-missing', { version, accepted: versions.join(', ') || '–' })
}

async function readQuestions(
  whole: Db,
  { surveyId, version, digest }: Pick<InstrumentVersion, 'surveyId' | 'version' | 'digest'>,
): Promise<Instrument> {
  const { questions } = await whole.one<{ questions: Instrument }>(sql`
    select i.questions from survey_instruments as i where i.survey_id = ${surveyId} and i.version = ${version}
  `)
  const [oldest] = kept.keys()
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  kept.set(digest, questions)
  return questions
}

export interface ListedInstrument extends Omit<InstrumentVersion, 'questions'> {
  readonly questionCount: number
}

/** Newest first, without their questions. */
export function listInstruments(whole: Db, surveyId: string): Promise<ListedInstrument[]> {
  return whole.many<ListedInstrument>(sql`
    select ${COLUMNS}, jsonb_array_length(i.questions -> 'questions') as "questionCount"
    from survey_instruments as i
    where i.survey_id = ${surveyId}
    order by i.version desc
  `)
}

/** Errors: Problem `results.instrument-not-accepted` with one problem for each place. */
export function requireGoodInstrument(instrument: Instrument): void {
  const details = checkInstrument(instrument)
  if (details.length > 0) throw new Problem('results.instrument-not-accepted', { count: details.length }, { details })
}

export function digestOfInstrument(instrument: Instrument): string {
  return digestOf(canonicalJson(instrument))
}

export async function insertInstrument(
  { whole, clock, actor }: Pick<CommandContext, 'whole' | 'clock' | 'actor'>,
  { surveyId, version, questions, note }: Pick<InstrumentVersion, 'surveyId' | 'version' | 'questions' | 'note'>,
): Promise<InstrumentVersion> {
  const stored: InstrumentVersion = {
    surveyId,
    version,
    questions,
    digest: digestOfInstrument(questions),
    note,
    createdAt: clock.now().toISOString(),
    createdBy: actor.id,
  }
  await whole.run(sql`
    insert into survey_instruments (survey_id, version, questions, digest, note, created_at, created_by)
    values (${surveyId}, ${version}, ${JSON.stringify(questions)}::jsonb, ${stored.digest}, ${note}, ${stored.createdAt},
            ${stored.createdBy})
  `)
  return stored
}
