/** Scheduling an address, changing how it is fetched, taking it away, and listing what is scheduled. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { collectionScope } from '../collections/collection-scope.ts'
import { CreateCollectionInput, ensureCollection } from '../collections/create-collection.ts'
import { requireOpen } from '../initiatives/register-initiative.ts'
import {
  getScheduleRow,
  type ImportSchedule,
  readScheduleAddress,
  SCHEDULE_FORMATS,
  SCHEDULE_INTERVALS,
  scheduleColumns,
  scheduleRef,
  scopeOfSchedule,
} from './import-schedule.ts'

const Interval = z.enum(SCHEDULE_INTERVALS)
const Format = z.enum(SCHEDULE_FORMATS).nullable()
const Address = z.string().max(2_000)

/** The file is fetched for the first time at the next look, within a minute. The collection is created when it is new. */
export const scheduleImport = defineCommand({
  name: 'registry.schedule-import',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { collection }) => collectionScope(context, collection.key, collection.ownerOrg),
  input: z.object({
    collection: CreateCollectionInput,
    address: Address,
    every: Interval,
    /** Null: the content of the file decides. */
    format: Format.default(null),
  }),
  async run(context, { collection: named, address: written, every, format }): Promise<ImportSchedule> {
    const { db, clock, actor, changed } = context
    const address = readScheduleAddress(written)
    const collection = await ensureCollection(context, named)
    requireOpen(collection)
    await requireFree(db, collection.id, collection.key, address)
    const [id, at] = [newId(), clock.now().toISOString()]
    await db.run(sql`
      insert into import_schedules (id, collection_id, address, format, every, next_at, owner_id, version, created_at, created_by, updated_at, updated_by)
      values (${id}, ${collection.id}, ${address}, ${format}, ${every}, ${at}, ${actor.id}, 1, ${at}, ${actor.id}, ${at}, ${actor.id})
    `)
    const after = await getScheduleRow(db, id, clock.now())
    changed({ ref: scheduleRef(id), action: 'scheduled', version: 1, after: stated(after) })
    return after
  },
})

/** Whoever changes it is the one in whose name it is imported from then on; asking for it now changes nothing else. */
export const changeImportSchedule = defineCommand({
  name: 'registry.change-import-schedule',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { id }) => scopeOfSchedule(context, id),
  input: z.object({
    id: z.string(),
    /** The version that the person saw. */
    version: z.number().int().positive(),
    address: Address.optional(),
    every: Interval.optional(),
    format: Format.optional(),
    paused: z.boolean().optional(),
    /** Fetches it at the next look, whole, also when it has not changed. */
    now: z.boolean().default(false),
  }),
  async run(context, { id, version, now, ...wanted }): Promise<ImportSchedule> {
    const { db, clock, actor, changed } = context
    const before = await lockSchedule(db, id, version, clock.now())
    const address = wanted.address === undefined ? before.address : readScheduleAddress(wanted.address)
    if (address !== before.address) await requireFree(db, null, before.collection, address)
    const { every = before.every, format = before.format, paused = before.paused } = wanted
    const isAnew = now || address !== before.address
    const isChanged = stateOf({ address, every, format, paused }) !== stateOf(before)
    const at = clock.now().toISOString()
    await db.run(sql`
      update import_schedules
      set address = ${address}, every = ${every}, format = ${format}, paused = ${paused}, version = version + 1,
          owner_id = case when ${isChanged} then ${actor.id} else owner_id end,
          next_at = case when ${isAnew} then ${at} else next_at end,
          etag = case when ${isAnew} then null else etag end,
          last_modified = case when ${isAnew} then null else last_modified end,
          file_digest = case when ${isAnew} then null else file_digest end,
          updated_at = ${at}, updated_by = ${actor.id}
      where id = ${id}
    `)
    const after = await getScheduleRow(db, id, clock.now())
    const action = isChanged ? 'changed' : 'asked-for'
    changed({ ref: scheduleRef(id), action, version: after.version, before: stated(before), after: stated(after) })
    return after
  },
})

/** What was imported stays. */
export const removeImportSchedule = defineCommand({
  name: 'registry.remove-import-schedule',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { id }) => scopeOfSchedule(context, id),
  input: z.object({ id: z.string(), version: z.number().int().positive() }),
  async run({ db, clock, changed }, { id, version }): Promise<{ id: string }> {
    const before = await lockSchedule(db, id, version, clock.now())
    await db.run(sql`delete from import_schedules where id = ${id}`)
    changed({ ref: scheduleRef(id), action: 'removed', version: version + 1, before: stated(before) })
    return { id }
  },
})

export const listImportSchedules = defineQuery({
  name: 'registry.list-import-schedules',
  permission: 'registry.import.view',
  input: z.object({ collection: z.string().optional() }),
  async run({ db, clock, sight, actor }, { collection }): Promise<ImportSchedule[]> {
    const { sees, orgs } = sight.rows
    return db.many<ImportSchedule>(sql`
      select ${scheduleColumns(clock.now())}
      from import_schedules as s
      join collections as c on c.id = s.collection_id
      where ${sees === 'all' ? sql`true` : sql`(c.owner_org = any(${orgs}::text[]) or s.owner_id = ${actor.id})`}
        ${collection === undefined ? sql`` : sql`and c.key = ${collection}`}
      order by s.id
    `)
  },
})

export const getImportSchedule = defineQuery({
  name: 'registry.get-import-schedule',
  permission: 'registry.import.view',
  scope: (context, { id }) => scopeOfSchedule(context, id),
  input: z.object({ id: z.string() }),
  run: ({ db, clock }, { id }): Promise<ImportSchedule> => getScheduleRow(db, id, clock.now()),
})

async function lockSchedule(db: Db, id: string, version: number, now: Date): Promise<ImportSchedule> {
  await db.maybe(sql`select 1 from import_schedules where id = ${id} for update`)
  const found = await getScheduleRow(db, id, now)
  if (found.version !== version) throw new Problem('schedules.changed-meanwhile', { version, found: found.version })
  return found
}

async function requireFree(db: Db, collectionId: string | null, collection: string, address: string): Promise<void> {
  const other = await db.maybe(sql`
    select 1 from import_schedules as s join collections as c on c.id = s.collection_id
    where s.address = ${address} and (c.id = ${collectionId} or c.key = ${collection})
  `)
  if (other) throw new Problem('schedules.address-scheduled', { address, collection }, { place: { field: 'address' } })
}

/** What a person has said of it; how it went is no version. */
function stated({ collection, address, format, every, paused, ownerId }: ImportSchedule) {
  return { collection, address, format, every, paused, ownerId }
}

function stateOf({ address, every, format, paused }: Pick<ImportSchedule, 'address' | 'every' | 'format' | 'paused'>): string {
  return JSON.stringify([address, every, format, paused])
}
