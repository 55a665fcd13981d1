/**
 * Decides what each imported row will do: create an initiative, change one, or nothing. Reads only, so that a dry run is the real
 * thing without the writing. A row is known again by its identifier within the collection; what it says, by its digest.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { newId } from '../../../kernel/ids.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { type Actor, defineQuery } from '../../../operations/index.ts'
import { collectionScope } from '../collections/collection-scope.ts'
import { type Collection, findCollection } from '../collections/list-collections.ts'
import { checkFacts } from '../initiatives/check-facts.ts'
import { type DerivedColumns, deriveColumns } from '../initiatives/derive-columns.ts'
import type { InitiativeFacts, InitiativeRecord, ListedYear } from '../initiatives/initiative.ts'
import { RECORD } from '../initiatives/record-columns.ts'
import { fillWithheld } from './fill-withheld.ts'
import { mergeFacts } from './merge-facts.ts'
import { partnerKey } from './merge-partners.ts'
import { partnersByHand } from './partners-by-hand.ts'

export interface ImportedRow {
  /** Order in the file, from 0. */
  readonly seq: number
  /** As the source gives it, or made by `createRowNamer` from what the row says. */
  readonly identifier: string
  readonly facts: InitiativeFacts
  readonly listed: Omit<ListedYear, 'id' | 'runId'>
  /** Sheet of a workbook, for messages. */
  readonly sheet?: string
  /** From a package of another instance, whose owner may have withheld parts: what it does not state is not denied. */
  readonly partial?: boolean
}

/** What the rows of a run do to one initiative. */
export interface PlannedRow {
  readonly seq: number
  readonly outcome: 'created' | 'changed' | 'unchanged'
  readonly identifier: string
  readonly digest: string
  readonly baseVersion: number | null
  readonly record: InitiativeRecord
  readonly derived: DerivedColumns
}

/**
 * Every row counts once: `created` when it makes an initiative, `changed` when it adds to one that is there already, also to one that
 * an earlier row of the same file made, `unchanged` when all that it says is known. With the rejected rows these are all rows read.
 */
export interface RowCounts {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
}

export interface RowsPlan {
  /** Initiatives to write, one entry each, however many rows are about it. */
  readonly rows: readonly PlannedRow[]
  readonly counts: RowCounts
  /** Warnings about the facts as they will be stored. */
  readonly problems: readonly ProblemReport[]
}

/**
 * Records that earlier batches of a dry run have planned, as JSON by identifier: a run finds them among its prepared rows. Text takes
 * a third of the memory of the objects; a hundred thousand rows are about as large as their file.
 */
export type PlanMemory = Map<string, string>

/** What rows take from their collection. */
export type CollectionOfRows = Pick<Collection, 'id' | 'entryState' | 'ownerOrg' | 'visibility'>

export interface PlanContext {
  readonly db: Db
  readonly actor: Actor
  readonly at: string
  readonly runId: string
  readonly collection: CollectionOfRows | undefined
  /** Of a dry run. */
  readonly memory?: PlanMemory
}

export async function planRows(context: PlanContext, rows: readonly ImportedRow[]): Promise<RowsPlan> {
  const known = await knownRecords(
    context,
    rows.map(({ identifier }) => identifier),
  )
  const digested = rows.map((row): DigestedRow => ({ ...row, digest: digestOf(row) }))
  const byHand = await partnersByHand(context.db, idsWithNewPartners(digested, known))
  const planned = new Map<string, PlannedRow>()
  const counts = { created: 0, changed: 0, unchanged: 0 }
  const problems: ProblemReport[] = []
  for (const row of digested) {
    const earlier = planned.get(row.identifier)
    const base = earlier ? { record: earlier.record, staged: true } : known.get(row.identifier)
    const plan = planRow(context, row, base, byHand)
    counts[plan.outcome] += 1
    if (plan.outcome === 'unchanged') continue
    problems.push(...warningsOf(row, plan.record.facts))
    // A second year of the same initiative in one file adds to the first: one record, two listings.
    const { outcome, baseVersion, seq } = earlier ?? plan
    planned.set(row.identifier, { ...plan, outcome, baseVersion, seq })
  }
  for (const { identifier, record } of planned.values()) context.memory?.set(identifier, JSON.stringify(record))
  return { rows: [...planned.values()], counts, problems }
}

type DigestedRow = ImportedRow & { readonly digest: string }

/** Initiatives whose partners a row may replace. Rows that say nothing new are the most when a file is read again. */
function idsWithNewPartners(rows: readonly DigestedRow[], known: ReadonlyMap<string, KnownRecord>): string[] {
  return rows.flatMap(({ identifier, digest, facts, listed }) => {
    const record = known.get(identifier)?.record
    if (!record?.facts.partners || !facts.partners) return []
    return parseDigests(record.importDigest).get(yearKey(listed)) === digest ? [] : [record.id]
  })
}

/**
 * Names rows that have no identifier by what they say, so that the same file read again finds them again; equal rows of one file
 * are told apart by their number. One namer serves one run.
 */
export function createRowNamer(): (row: Omit<ImportedRow, 'identifier'> & { identifier: string | null }) => ImportedRow {
  const seen = new Map<string, number>()
  return (row) => {
    if (row.identifier !== null) return { ...row, identifier: row.identifier }
    const digest = digestOf(row)
    const count = (seen.get(digest) ?? 0) + 1
    seen.set(digest, count)
    return { ...row, identifier: `~${digest.slice(0, 24)}${count > 1 ? `-${count}` : ''}` }
  }
}

function digestOf({
  identifier,
  facts,
  listed: { sourceRow: _row, ...listed },
}: Pick<ImportedRow, 'facts' | 'listed'> & { identifier: string | null }): string {
  return createHash('sha256').update(canonicalJson({ identifier, facts, listed })).digest('hex')
}

interface KnownRecord {
  readonly record: InitiativeRecord
  /** Already planned by an earlier batch of this run. */
  readonly staged: boolean
}

async function knownRecords(
  { db, collection, runId, memory }: PlanContext,
  identifiers: readonly string[],
): Promise<Map<string, KnownRecord>> {
  const remembered = identifiers.flatMap((identifier): [string, KnownRecord][] => {
    const record = memory?.get(identifier)
    return record === undefined ? [] : [[identifier, { record: JSON.parse(record), staged: true }]]
  })
  if (!collection) return new Map(remembered)
  const stored = await db.many<InitiativeRecord & { identifier: string }>(sql`
    select ${RECORD}
    from initiatives as i
    where i.collection_id = ${collection.id} and i.identifier = any(${identifiers}::text[])
  `)
  const staged = await db.many<{ identifier: string; record: InitiativeRecord }>(sql`
    select s.identifier, s.record
    from unnest(${identifiers}::text[]) as wanted(identifier)
    join import_rows as s on s.run_id = ${runId} and s.identifier = wanted.identifier
  `)
  return new Map<string, KnownRecord>([
    ...stored.map((record): [string, KnownRecord] => [record.identifier, { record, staged: false }]),
    ...staged.map(({ identifier, record }): [string, KnownRecord] => [identifier, { record, staged: true }]),
    ...remembered,
  ])
}

function planRow(
  context: PlanContext,
  row: DigestedRow,
  base: KnownRecord | undefined,
  byHand: ReadonlyMap<string, ReadonlySet<string>>,
): PlannedRow {
  const digests = parseDigests(base?.record.importDigest ?? null)
  const unchanged = base !== undefined && digests.get(yearKey(row.listed)) === row.digest
  digests.set(yearKey(row.listed), row.digest)
  const record = unchanged ? base.record : mergeRow(context, row, base, formatDigests(digests), byHand)
  return {
    seq: row.seq,
    outcome: unchanged ? 'unchanged' : base ? 'changed' : 'created',
    identifier: row.identifier,
    digest: row.digest,
    baseVersion: base?.record.version ?? null,
    record,
    derived: deriveColumns(record),
  }
}

function yearKey({ year }: Pick<ListedYear, 'year'>): string {
  return String(year ?? '')
}

/** What follows from parts that an owner withholds is no fault of the file. */
const LACKING = ['registry.giver-is-taker', 'registry.money-missing', 'registry.quantity-missing']

/** What is wrong with the facts once they are merged. A code that no list knows was reported where the row was read. */
function warningsOf(row: ImportedRow, merged: InitiativeFacts): ProblemReport[] {
  const found = [...checkFacts(merged), ...checkPeriods(row.facts, merged)].filter(
    ({ code }) => !(row.partial && LACKING.includes(code)),
  )
  if (found.length === 0) return []
  const told = new Set(
    checkFacts(row.facts)
      .filter(({ code }) => code === 'registry.code-unknown')
      .map(({ params }) => params.found),
  )
  const place = {
    ...(row.sheet === undefined ? {} : { sheet: row.sheet }),
    ...(row.listed.sourceRow === null ? {} : { row: row.listed.sourceRow }),
  }
  return found
    .filter(({ code, params }) => code !== 'registry.code-unknown' || !told.has(params.found))
    .map(({ code, params }) => ({ code, params, place, level: 'warning' }))
}

/** A period whose ends come from different places may be turned round; one that the row itself turns round was reported already. */
function checkPeriods(row: InitiativeFacts, merged: InitiativeFacts): ProblemReport[] {
  return (['plannedPeriod', 'actualPeriod'] as const).flatMap((field) => {
    const { start, end } = merged[field] ?? {}
    if (start === undefined || end === undefined || start.slice(0, end.length) <= end.slice(0, start.length)) return []
    const isOfRow = row[field]?.start === start && row[field]?.end === end
    return isOfRow ? [] : [{ code: 'registry.period-reversed', params: { start, end } }]
  })
}

function mergeRow(
  { actor, at, runId, collection }: PlanContext,
  row: ImportedRow,
  known: KnownRecord | undefined,
  importDigest: string,
  byHand: ReadonlyMap<string, ReadonlySet<string>>,
): InitiativeRecord {
  const base = known?.record
  const listedBefore = base?.listed.find((listed) => listed.year === row.listed.year)
  const listed: ListedYear = { ...row.listed, id: listedBefore?.id ?? newId(), runId }
  const others = (base?.listed ?? []).filter((other) => other.year !== row.listed.year)
  const isLatest = others.every((other) => (other.year ?? 0) <= (row.listed.year ?? 0))
  // What an earlier row of this run prepared is not a version yet.
  const version = base === undefined ? 1 : known?.staged ? base.version : base.version + 1
  const state = stateOf(base, collection)
  return {
    id: base?.id ?? newId(),
    collectionId: collection?.id ?? '',
    identifier: row.identifier,
    state,
    version,
    publishedVersion: state === 'published' ? version : (base?.publishedVersion ?? null),
    importDigest,
    createdAt: base?.createdAt ?? at,
    createdBy: base?.createdBy ?? actor.id,
    updatedAt: at,
    updatedBy: actor.id,
    ownerOrg: base?.ownerOrg ?? collection?.ownerOrg ?? null,
    visibility: base?.visibility ?? collection?.visibility ?? 'public',
    facts: base
      ? mergeFacts(base.facts, row.partial ? fillWithheld(base.facts, row.facts) : row.facts, {
          // The latest year says what the initiative is.
          rowWins: isLatest,
          isByHand: (partner) => byHand.get(base.id)?.has(partnerKey(partner)) ?? false,
        })
      : row.facts,
    listed: [...others, listed].sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

/** The digests of what each year's row said, as `2013=…;2014=…`. */
function parseDigests(text: string | null): Map<string, string> {
  return new Map(
    (text ?? '')
      .split(';')
      .filter((part) => part !== '')
      .map((part) => part.split('=') as [string, string]),
  )
}

function formatDigests(digests: Map<string, string>): string {
  return [...digests]
    .map(([year, digest]) => `${year}=${digest}`)
    .sort()
    .join(';')
}

/** A record that rows would change: as it is stored and as it would be. */
export interface PlannedChange {
  readonly seq: number
  readonly identifier: string
  readonly before: Pick<InitiativeRecord, 'facts' | 'listed'>
  readonly after: Pick<InitiativeRecord, 'facts' | 'listed'>
}

export interface ImportPlan extends RowCounts {
  readonly changes: readonly PlannedChange[]
  readonly problems: readonly ProblemReport[]
}

/** Where rows only ever enter as submitted, a file cannot change what is published either: it opens a revision. */
function stateOf(base: InitiativeRecord | undefined, collection: CollectionOfRows | undefined): InitiativeRecord['state'] {
  if (base === undefined) return collection?.entryState ?? 'published'
  return base.state === 'published' && collection?.entryState === 'submitted' ? 'under_revision' : base.state
}

/** What an import would do, without doing it. One `memory` for all batches of a file makes the answer that of the run. */
export const planImportRows = defineQuery({
  name: 'registry.plan-import-rows',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { collection }) => collectionScope(context, collection, undefined),
  input: z.object({
    collection: z.string(),
    rows: z.array(z.custom<ImportedRow>()),
    memory: z.custom<PlanMemory>((value) => value instanceof Map).optional(),
  }),
  async run({ db, actor, clock }, { collection: key, rows, memory }): Promise<ImportPlan> {
    const collection = await findCollection(db, key)
    const context: PlanContext = { db, actor, at: clock.now().toISOString(), runId: '', collection }
    const plan = await planRows(memory ? { ...context, memory } : context, rows)
    const changed = plan.rows.filter(({ outcome }) => outcome === 'changed')
    const known = await knownRecords(
      context,
      changed.map(({ identifier }) => identifier),
    )
    const changes = changed.flatMap(({ seq, identifier, record: after }) => {
      const before = known.get(identifier)?.record
      return before ? [{ seq, identifier, before, after }] : []
    })
    return { ...plan.counts, problems: plan.problems, changes }
  },
})
