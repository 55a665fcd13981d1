/** Loads the shipped organisations into the directory: at the first start, and after an upgrade that ships newer facts. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import type { Provenance } from '../fields.ts'
import { writeBatchVersions } from '../record-versions.ts'
import { countsOf, digestOfRows, type KnownRow, type LoadCounts, planLoad } from '../shipped-rows.ts'
import { factsOf, type OrgFacts } from './org.ts'
import { insertOrgs, type OrgToWrite, selectOrgs, updateOrgs } from './org-rows.ts'
import { listShippedOrgs } from './shipped-orgs.ts'

export const loadShippedOrgs = defineCommand({
  name: 'directory.load-shipped-orgs',
  permission: 'directory.org.load',
  input: z.object({}),

  async run(context): Promise<LoadCounts> {
    const { db } = context
    // Two processes that start together load one after the other.
    await db.run(sql`select pg_advisory_xact_lock(hashtext('directory.load-shipped-orgs'))`)
    const plan = planLoad(await withFreeIdentifiers(db), await knownRows(db))
    const counts = countsOf(plan)
    if (counts.created + counts.changed === 0) return counts

    const at = context.clock.now().toISOString()
    const provenance: Provenance = { origin: 'imported', actor: context.actor.id, at, sources: ['codes'] }
    const created = plan.created.map(({ key, facts, digest }) => newOrg(key, facts, digest, provenance))
    const changed = await newerOrgs(db, plan.changed, provenance)
    await insertOrgs(db, created)
    await updateOrgs(db, changed)
    await note(context, at, created, changed, counts, digestOfRows(plan))
    return counts
  },
})

function newOrg(key: string, facts: OrgFacts, shippedDigest: string, provenance: Provenance): OrgToWrite {
  const { at, actor } = provenance
  return {
    id: newId(),
    key,
    ...facts,
    provenance,
    version: 1,
    createdAt: at,
    createdBy: actor,
    updatedAt: at,
    updatedBy: actor,
    shippedDigest,
  }
}

async function newerOrgs(
  db: Db,
  rows: readonly { facts: OrgFacts; digest: string; known: KnownRow }[],
  provenance: Provenance,
): Promise<OrgToWrite[]> {
  const current = new Map(
    (await selectOrgs(db, sql`o.id = any(${rows.map(({ known }) => known.id)}::text[])`)).map((org) => [org.id, org]),
  )
  return rows.flatMap(({ facts, digest, known }) => {
    const org = current.get(known.id)
    if (!org) return []
    const { at, actor } = provenance
    return [{ ...org, ...facts, provenance, version: org.version + 1, updatedAt: at, updatedBy: actor, shippedDigest: digest }]
  })
}

async function note(
  { db, actor, changedBatch }: CommandContext,
  at: string,
  created: readonly OrgToWrite[],
  changed: readonly OrgToWrite[],
  counts: LoadCounts,
  digest: string,
): Promise<void> {
  const runId = newId()
  const batch = { module: 'directory', aggregate: 'orgs', runId, at, actorId: actor.id }
  await writeBatchVersions(db, batch, [
    ...created.map((org) => ({ id: org.id, version: org.version, action: 'created' as const, snapshot: snapshotOf(org) })),
    ...changed.map((org) => ({ id: org.id, version: org.version, action: 'changed' as const, snapshot: snapshotOf(org) })),
  ])
  changedBatch({ ref: { module: 'directory', aggregate: 'orgs', id: runId }, action: 'loaded', counts: { ...counts }, digest })
}

function snapshotOf({ shippedDigest: _digest, ...org }: OrgToWrite): OrgFacts {
  return factsOf(org)
}

async function knownRows(db: Db): Promise<ReadonlyMap<string, KnownRow>> {
  const rows = await db.many<KnownRow & { key: string }>(sql`
    select id, key, version, shipped_digest as "shippedDigest", provenance ->> 'origin' as origin
    from orgs
    where key is not null
    order by key
    for update
  `)
  return new Map(rows.map((row) => [row.key, row]))
}

/** An identifier that a person already gave to another organisation stays with it; the shipped one comes without. */
async function withFreeIdentifiers(db: Db): Promise<{ key: string; facts: OrgFacts }[]> {
  const taken = await db.many<{ iatiId: string; key: string | null }>(sql`
    select lower(iati_id) as "iatiId", key
    from orgs
    where iati_id is not null and duplicate_of is null
    order by 1
  `)
  const holders = new Map(taken.map(({ iatiId, key }) => [iatiId, key]))
  return listShippedOrgs().map(({ key, facts }) => {
    const holder = facts.iatiId === null ? undefined : holders.get(facts.iatiId.toLowerCase())
    const isFree = holder === undefined || holder === key
    return isFree ? { key, facts } : { key, facts: { ...facts, iatiId: null, iatiIdBasis: null } }
  })
}
