/** Loads the shipped documents and reported numbers: at the first start, and after an upgrade that ships newer ones. */
import { z } from 'zod'
import { type Db, sql } from '../../database/db.ts'
import { newId } from '../../kernel/ids.ts'
import { type CommandContext, defineCommand } from '../../operations/index.ts'
import {
  type Base,
  countsOf,
  digestOfRows,
  type KnownRow,
  type LoadCounts,
  type LoadPlan,
  planLoad,
  writeBatchVersions,
} from '../directory/index.ts'
import { insertDocuments, updateDocuments } from './documents/document-rows.ts'
import { referenceOf } from './reported-values/reported-value.ts'
import { insertReportedValues, updateReportedValues } from './reported-values/reported-value-rows.ts'
import { listShippedDocuments, listShippedReportedValues } from './shipped-sources.ts'

export const loadShippedSources = defineCommand({
  name: 'sources.load-shipped-sources',
  permission: 'sources.document.load',
  input: z.object({}),

  async run(context): Promise<{ documents: LoadCounts; reportedValues: LoadCounts }> {
    const { db } = context
    // Two processes that start together load one after the other.
    await db.run(sql`select pg_advisory_xact_lock(hashtext('sources.load-shipped-sources'))`)

    const shippedDocuments = listShippedDocuments().map((facts) => ({ key: facts.symbol, facts }))
    const documents = planLoad(shippedDocuments, await knownDocuments(db))
    const documentRows = rowsToWrite(context, documents)
    await insertDocuments(db, documentRows.created)
    await updateDocuments(db, documentRows.changed)
    await note(context, 'documents', documents, documentRows)

    const shippedValues = listShippedReportedValues().map((facts) => ({ key: `${referenceOf(facts)} ${facts.document}`, facts }))
    const values = planLoad(shippedValues, await knownValues(db))
    const valueRows = rowsToWrite(context, values)
    await insertReportedValues(db, valueRows.created)
    await updateReportedValues(db, valueRows.changed)
    await note(context, 'reported_values', values, valueRows)

    return { documents: countsOf(documents), reportedValues: countsOf(values) }
  },
})

type RowToWrite<Facts> = Facts & Base & { readonly id: string; readonly shippedDigest: string }

interface RowsToWrite<Facts> {
  readonly created: readonly RowToWrite<Facts>[]
  readonly changed: readonly RowToWrite<Facts>[]
}

/** Of a changed row, instant and actor of creation stay in the table: an update does not write them. */
function rowsToWrite<Facts>({ clock, actor }: CommandContext, plan: LoadPlan<Facts>): RowsToWrite<Facts> {
  const at = clock.now().toISOString()
  const provenance = { origin: 'imported' as const, actor: actor.id, at, sources: ['sample-data'] }
  const base = { provenance, createdAt: at, createdBy: actor.id, updatedAt: at, updatedBy: actor.id }
  return {
    created: plan.created.map(({ facts, digest }) => ({ ...facts, ...base, id: newId(), version: 1, shippedDigest: digest })),
    changed: plan.changed.map(({ facts, digest, known }) => ({
      ...facts,
      ...base,
      id: known.id,
      version: known.version + 1,
      shippedDigest: digest,
    })),
  }
}

async function note<Facts>(
  { db, clock, actor, changedBatch }: CommandContext,
  aggregate: string,
  plan: LoadPlan<Facts>,
  { created, changed }: RowsToWrite<Facts>,
): Promise<void> {
  if (created.length + changed.length === 0) return
  const runId = newId()
  const facts = [...plan.created, ...plan.changed].map((row) => row.facts)
  await writeBatchVersions(
    db,
    { module: 'sources', aggregate, runId, at: clock.now().toISOString(), actorId: actor.id },
    [...created, ...changed].map(({ id, version }, at) => ({
      id,
      version,
      action: at < created.length ? 'created' : 'changed',
      snapshot: facts[at],
    })),
  )
  const ref = { module: 'sources', aggregate, id: runId }
  changedBatch({ ref, action: 'loaded', counts: { ...countsOf(plan) }, digest: digestOfRows(plan) })
}

async function knownDocuments(db: Db): Promise<ReadonlyMap<string, KnownRow>> {
  const rows = await db.many<KnownRow & { symbol: string }>(sql`
    select id, symbol, version, shipped_digest as "shippedDigest", provenance ->> 'origin' as origin
    from documents
    order by symbol
  `)
  return new Map(rows.map((row) => [row.symbol, row]))
}

async function knownValues(db: Db): Promise<ReadonlyMap<string, KnownRow>> {
  const rows = await db.many<KnownRow & { key: string; period: string | null; document: string }>(sql`
    select v.id, v.key, v.period, d.symbol as document, v.version, v.shipped_digest as "shippedDigest",
           v.provenance ->> 'origin' as origin
    from reported_values as v
    join documents as d on d.id = v.document_id
    order by v.id
  `)
  return new Map(rows.map((row) => [`${referenceOf(row)} ${row.document}`, row]))
}
