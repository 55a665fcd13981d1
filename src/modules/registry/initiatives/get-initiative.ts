/** One initiative with everything stated and computed about it; with `asOf`, as it was at that instant. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Actor, defineQuery } from '../../../operations/index.ts'
import { findRecordVersionAsOf, listRecordVersions, type RecordVersion } from '../../access/index.ts'
import type { Collection } from '../collections/list-collections.ts'
import { type Completeness, completenessOf } from './completeness.ts'
import { type CooperationUnderProfile, explainCooperation } from './explain-cooperation.ts'
import type { InitiativeRecord } from './initiative.ts'

export interface InitiativeView {
  readonly record: InitiativeRecord
  readonly collection: Pick<Collection, 'id' | 'key' | 'names' | 'kind' | 'readOnly' | 'source'>
  readonly cooperation: readonly CooperationUnderProfile[]
  readonly completeness: Completeness
  /** Set when the record is shown as it was. */
  readonly asOf: { readonly version: number; readonly at: string } | null
}

export async function findInitiativeRecord(db: Db, id: string): Promise<InitiativeRecord | undefined> {
  return db.maybe<InitiativeRecord>(sql`
    select i.id, i.collection_id as "collectionId", i.identifier, i.state, i.version, i.published_version as "publishedVersion",
           i.import_digest as "importDigest", i.created_at as "createdAt", i.created_by as "createdBy", i.updated_at as "updatedAt",
           i.updated_by as "updatedBy", i.owner_org as "ownerOrg", i.visibility, i.facts,
           coalesce((
             select jsonb_agg(jsonb_build_object('id', l.id, 'year', l.year, 'sourceRow', l.source_row, 'runId', l.run_id,
                                                 'revision', l.revision, 'groupKey', l.group_key) order by l.id)
             from listings as l
             where l.initiative_id = i.id
           ), '[]'::jsonb) as listed
    from initiatives as i
    where i.id = ${id}
  `)
}

export async function getInitiativeRecord(db: Db, id: string): Promise<InitiativeRecord> {
  const record = await findInitiativeRecord(db, id)
  if (!record) throw new Problem('registry.initiative-missing', { id })
  return record
}

const ref = (id: string) => ({ module: 'registry', aggregate: 'initiatives', id }) as const

export const getInitiative = defineQuery({
  name: 'registry.get-initiative',
  permission: 'registry.initiative.read',
  input: z.object({ id: z.string(), asOf: z.string().optional() }),
  async run({ db, actor }, { id, asOf }): Promise<InitiativeView> {
    const current = await getInitiativeRecord(db, id)
    const version = await versionToShow(db, actor, current, asOf)
    const record = version?.snapshot ?? current
    const collection = await db.one<InitiativeView['collection']>(sql`
      select id, key, names, kind, read_only as "readOnly", source from collections where id = ${record.collectionId}
    `)
    // A contact is a personal value: it is kept, and never shown in public.
    const shown = actor.kind === 'anonymous' ? { ...record, facts: { ...record.facts, contact: undefined } } : record
    return {
      record: shown as InitiativeRecord,
      collection,
      cooperation: explainCooperation(record),
      completeness: completenessOf(record.facts),
      asOf: asOf && version ? { version: version.version, at: version.at } : null,
    }
  },
})

async function versionToShow(
  db: Db,
  actor: Actor,
  current: InitiativeRecord,
  asOf: string | undefined,
): Promise<RecordVersion<InitiativeRecord> | undefined> {
  if (asOf) {
    const version = await findRecordVersionAsOf<InitiativeRecord>(db, ref(current.id), asOf)
    if (!version) throw new Problem('registry.initiative-missing', { id: current.id })
    return version
  }
  if (actor.kind !== 'anonymous' || current.state === 'published') return undefined
  // The public keeps seeing the last published version while a new one is prepared (domain 6.2).
  const versions = await listRecordVersions<InitiativeRecord>(db, ref(current.id))
  const published = versions.find((version) => version.version === current.publishedVersion)
  if (!published || current.state === 'withdrawn') throw new Problem('registry.initiative-missing', { id: current.id })
  return published
}

export const getInitiativeHistory = defineQuery({
  name: 'registry.get-initiative-history',
  permission: 'registry.history.view',
  input: z.object({ id: z.string() }),
  async run({ db }, { id }): Promise<RecordVersion<InitiativeRecord>[]> {
    await getInitiativeRecord(db, id)
    return listRecordVersions<InitiativeRecord>(db, ref(id))
  },
})
