/** One initiative with everything stated and computed about it; with `asOf`, as it was at that instant. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { endOfAsOf, findRecordVersionAsOf, listRecordVersions, permits, type RecordVersion } from '../../access/index.ts'
import type { Collection } from '../collections/list-collections.ts'
import { countDisagreements, type Disagreement } from '../objections/list-objections.ts'
import { type Completeness, completenessOf } from './completeness.ts'
import { type CooperationUnderProfile, explainCooperation } from './explain-cooperation.ts'
import type { InitiativeRecord } from './initiative.ts'
import { findSightOfInitiative, initiativeScope, isVersionFor } from './initiative-scope.ts'
import { findCheck, namesOfFiles } from './origin-of-initiative.ts'
import { RECORD } from './record-columns.ts'

export interface InitiativeView {
  readonly record: InitiativeRecord
  readonly collection: Pick<Collection, 'id' | 'key' | 'names' | 'kind' | 'readOnly' | 'source'>
  readonly cooperation: readonly CooperationUnderProfile[]
  readonly completeness: Completeness
  /** Who verified or published the version shown, or one before it; null when no person has. */
  readonly checkedBy: string | null
  /** Names of the imported files by run, for those who may see imports. */
  readonly files: Readonly<Record<string, string>>
  /** What the reader may do with it. */
  readonly rights: readonly InitiativeRight[]
  /** How many objections of each country wait; what they say is for members (`registry.list-objections`). */
  readonly disagreements: readonly Disagreement[]
  /** Set when the record is shown as it was. */
  readonly asOf: { readonly version: number; readonly at: string } | null
}

/** Rights that pages ask for, each with its permission. */
const RIGHTS = {
  edit: 'registry.initiative.edit',
  verify: 'registry.initiative.verify',
  publish: 'registry.initiative.publish',
  history: 'registry.history.view',
} as const
export type InitiativeRight = keyof typeof RIGHTS

export async function findInitiativeRecord(db: Db, id: string): Promise<InitiativeRecord | undefined> {
  return db.maybe<InitiativeRecord>(sql`
    select ${RECORD}
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
  async run(context, { id, asOf }): Promise<InitiativeView> {
    const { db, whole } = context
    const { seen, version, record } = await recordAsSeen(context, id, asOf)
    const collection = await db.one<InitiativeView['collection']>(sql`
      select id, key, names, kind, read_only as "readOnly", source from collections where id = ${record.collectionId}
    `)
    const rights = seen === 'own' ? await rightsOver(context, id) : []
    return {
      record: rights.includes('edit') ? record : withoutContact(record),
      collection,
      cooperation: explainCooperation(record),
      completeness: completenessOf(record.facts),
      rights,
      checkedBy: await findCheck(context, record),
      files: await namesOfFiles(context, record),
      disagreements: await countDisagreements(whole, id),
      asOf: asOf && version ? { version: version.version, at: version.at } : null,
    }
  },
})

/** A contact is a personal value: shown to those who may edit the record, and to nobody else. */
function withoutContact(record: InitiativeRecord): InitiativeRecord {
  const { contact: _contact, ...facts } = record.facts
  return { ...record, facts }
}

/** The record as the actor sees it: its newest version, or the one that was published. Errors: Problem `registry.initiative-missing`. */
export async function recordAsSeen(
  { db, sight }: Pick<QueryContext, 'db' | 'sight'>,
  id: string,
  asOf?: string,
): Promise<{ seen: 'own' | 'shown'; record: InitiativeRecord; version: RecordVersion<InitiativeRecord> | undefined }> {
  const seen = await findSightOfInitiative({ db, sight }, id)
  if (seen === undefined) throw new Problem('registry.initiative-missing', { id })
  const version = seen === 'own' ? await ownVersion(db, id, asOf) : await shownVersion({ db, sight }, id, asOf)
  return { seen, version, record: version?.snapshot ?? (await getInitiativeRecord(db, id)) }
}

async function rightsOver(context: QueryContext, id: string): Promise<InitiativeRight[]> {
  const scope = await initiativeScope(context, id)
  return (Object.keys(RIGHTS) as InitiativeRight[]).filter((right) => permits(context.actor, RIGHTS[right], scope))
}

/** Undefined: the record as it is now. */
async function ownVersion(db: Db, id: string, asOf: string | undefined): Promise<RecordVersion<InitiativeRecord> | undefined> {
  return asOf ? found(id, await findRecordVersionAsOf<InitiativeRecord>(db, ref(id), asOf)) : undefined
}

/** Others see published versions only, and of a record that was withdrawn none (domain 6.2). */
async function shownVersion(
  { db, sight }: Pick<QueryContext, 'db' | 'sight'>,
  id: string,
  asOf: string | undefined,
): Promise<RecordVersion<InitiativeRecord>> {
  const versions = await listRecordVersions<InitiativeRecord>(db, ref(id))
  const until = asOf === undefined ? undefined : endOfAsOf(asOf)
  return found(
    id,
    versions.find(
      ({ snapshot, at }) =>
        snapshot.state === 'published' && (until === undefined || at <= until) && isVersionFor(sight, snapshot),
    ),
  )
}

function found<T>(id: string, version: T | undefined): T {
  if (version === undefined) throw new Problem('registry.initiative-missing', { id })
  return version
}

export const getInitiativeHistory = defineQuery({
  name: 'registry.get-initiative-history',
  permission: 'registry.history.view',
  scope: (context, { id }) => initiativeScope(context, id),
  input: z.object({ id: z.string() }),
  async run(context, { id }): Promise<RecordVersion<InitiativeRecord>[]> {
    await getInitiativeRecord(context.db, id)
    const versions = await listRecordVersions<InitiativeRecord>(context.db, ref(id))
    if ((await rightsOver(context, id)).includes('edit')) return versions
    return versions.map((version) => ({ ...version, snapshot: withoutContact(version.snapshot) }))
  },
})
