/** One initiative with everything stated and computed about it; with `asOf`, as it was at that instant. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Actor, defineQuery } from '../../../operations/index.ts'
import { endOfAsOf, findRecordVersionAsOf, listRecordVersions, type RecordVersion } from '../../access/index.ts'
import type { Collection } from '../collections/list-collections.ts'
import { type Completeness, completenessOf } from './completeness.ts'
import { type CooperationUnderProfile, explainCooperation } from './explain-cooperation.ts'
import type { InitiativeRecord } from './initiative.ts'
import { RECORD } from './record-columns.ts'

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
  if (actor.kind !== 'anonymous') {
    if (!asOf) return undefined
    return found(current.id, await findRecordVersionAsOf<InitiativeRecord>(db, ref(current.id), asOf))
  }
  // The public sees published versions only, and of a record that was withdrawn none (domain 6.2).
  if (current.publishedVersion === null) throw new Problem('registry.initiative-missing', { id: current.id })
  const versions = await listRecordVersions<InitiativeRecord>(db, ref(current.id))
  const published = versions.filter(({ snapshot }) => snapshot.state === 'published')
  const until = asOf === undefined ? undefined : endOfAsOf(asOf)
  return found(
    current.id,
    until === undefined
      ? published.find(({ version }) => version === current.publishedVersion)
      : published.find(({ at }) => at <= until),
  )
}

function found<T>(id: string, version: T | undefined): T {
  if (version === undefined) throw new Problem('registry.initiative-missing', { id })
  return version
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
