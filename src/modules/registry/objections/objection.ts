/**
 * An objection: a country that a record names says that the record is wrong about it (domain section 14). It changes nothing in the
 * record and stays with it through revisions and imports.
 *
 *   open -> answered (owner or secretariat) -> closed, or open again (the country); withdrawn at any time (the country)
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { CommandContext } from '../../../operations/index.ts'
import type { InitiativeFacts } from '../initiatives/initiative.ts'

export const OBJECTION_KINDS = ['object', 'role_wrong', 'facts_wrong', 'not_ours'] as const
export type ObjectionKind = (typeof OBJECTION_KINDS)[number]

export const OBJECTION_STATES = ['open', 'answered', 'closed', 'withdrawn'] as const
export type ObjectionState = (typeof OBJECTION_STATES)[number]

export interface Objection {
  readonly id: string
  readonly initiativeId: string
  /** ISO 3166-1 alpha-3. */
  readonly country: string
  readonly kind: ObjectionKind
  readonly text: string
  /** Version of the record that the country saw. */
  readonly recordVersion: number
  readonly state: ObjectionState
  readonly answer: string | null
  /** Version of the record that mends it. */
  readonly answerVersion: number | null
  readonly answeredAt: string | null
  readonly answeredBy: string | null
  /** What the country said when it closed, withdrew or opened it again. */
  readonly remark: string | null
  readonly version: number
  readonly raisedAt: string
  readonly raisedBy: string
  readonly updatedAt: string
  readonly updatedBy: string
}

/** What still waits for somebody. */
export const UNSETTLED: readonly ObjectionState[] = ['open', 'answered']

/** Which states the country may choose, from which. */
const MOVES_OF_COUNTRY: Readonly<Record<ObjectionState, readonly ObjectionState[]>> = {
  open: ['withdrawn'],
  answered: ['closed', 'open', 'withdrawn'],
  closed: [],
  withdrawn: [],
}

export function movesOfCountry(from: ObjectionState): readonly ObjectionState[] {
  return MOVES_OF_COUNTRY[from]
}

/** Every country that the facts name in any role, each once, in alphabetical order. */
export function namedCountries(facts: InitiativeFacts): string[] {
  const partners = facts.partners ?? []
  return [
    ...new Set([
      ...(facts.hosts ?? []),
      ...(facts.engagedCountries ?? []),
      ...(facts.countries ?? []).map(({ iso3 }) => iso3),
      ...partners.flatMap(({ iso3, collective }) => [...(iso3 === undefined ? [] : [iso3]), ...(collective?.memberIso3 ?? [])]),
    ]),
  ].sort()
}

const COLUMNS = sql`
  o.id, o.initiative_id as "initiativeId", o.country_code as country, o.kind, o.text, o.record_version as "recordVersion", o.state,
  o.answer, o.answer_version as "answerVersion", o.answered_at as "answeredAt", o.answered_by as "answeredBy", o.remark, o.version,
  o.raised_at as "raisedAt", o.raised_by as "raisedBy", o.updated_at as "updatedAt", o.updated_by as "updatedBy"
`

/** Newest first. */
export function selectObjections(db: Db, where: Sql, limit: number): Promise<Objection[]> {
  return db.many<Objection>(sql`
    select ${COLUMNS}
    from objections as o
    where ${where}
    order by o.raised_at desc, o.id desc
    limit ${limit}
  `)
}

/** Errors: Problem `registry.objection-missing`, also when the actor may not see it. */
export async function getObjectionRow(db: Db, id: string): Promise<Objection> {
  const objection = await db.maybe<Objection>(sql`select ${COLUMNS} from objections as o where o.id = ${id}`)
  if (!objection) throw new Problem('objections.objection-missing', { id })
  return objection
}

/** Locked for this transaction, when it still is the version that the person saw. */
export async function getObjectionForChange(db: Db, id: string, version: number): Promise<Objection> {
  await db.maybe(sql`select 1 from objections where id = ${id} for update`)
  const objection = await getObjectionRow(db, id)
  if (objection.version !== version) {
    throw new Problem('objections.objection-changed-meanwhile', { version, found: objection.version })
  }
  return objection
}

type Changed = Partial<Pick<Objection, 'state' | 'answer' | 'answerVersion' | 'answeredAt' | 'answeredBy' | 'remark'>>

/** Errors: Problem `objections.objection-waits` when another one of the kind has been raised meanwhile. */
export async function saveObjection(
  { db, clock, actor, changed }: CommandContext,
  before: Objection,
  changes: Changed,
  action: 'answered' | 'closed' | 'withdrawn' | 'reopened',
): Promise<Objection> {
  const at = clock.now().toISOString()
  const after: Objection = { ...before, ...changes, version: before.version + 1, updatedAt: at, updatedBy: actor.id }
  await db.run(sql`
    update objections
    set state = ${after.state}, answer = ${after.answer}, answer_version = ${after.answerVersion}, answered_at = ${after.answeredAt},
        answered_by = ${after.answeredBy}, remark = ${after.remark}, version = ${after.version}, updated_at = ${at},
        updated_by = ${actor.id}
    where id = ${after.id}
  `)
  changed({ ref: objectionRef(after.id), action, version: after.version, before, after })
  return after
}

export function objectionRef(id: string) {
  return { module: 'registry', aggregate: 'objections', id } as const
}
