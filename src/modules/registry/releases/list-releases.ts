/** The releases that the actor may see, and one with everything that would leave: each field with counts, each record. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import { orgsById } from '../../directory/index.ts'
import type { InitiativeRecord } from '../initiatives/initiative.ts'
import { readVersions, requireVersion } from './fix-records.ts'
import { getReleaseRow, type Release, ReleaseSchema, scopeOfRelease, selectReleases } from './release.ts'
import {
  groupOfField,
  type OrgWords,
  orgIdsOf,
  RELEASE_FIELDS,
  type ReleaseField,
  type ReleaseGroup,
  valuesOf,
} from './release-fields.ts'

const MOST = 500

export const listReleases = defineQuery({
  name: 'registry.list-releases',
  permission: 'registry.release.read',
  input: z.object({ limit: z.number().int().min(1).max(MOST).default(200) }),
  output: z.array(ReleaseSchema),
  run: ({ db }, { limit }) => selectReleases(db, sql`true`, limit),
})

/** One field of a release: how many records state it, how many of them give it away, and what that looks like. */
export interface FieldOfRelease {
  readonly field: ReleaseField
  readonly group: ReleaseGroup
  readonly withheld: boolean
  /** Records that state it. */
  readonly stated: number
  /** Records with which it leaves. */
  readonly leaving: number
  readonly examples: readonly string[]
}

export type ReleaseRight = 'edit' | 'confirm'

export interface ReleaseView {
  readonly release: Release
  /** Fields that at least one record states. */
  readonly fields: readonly FieldOfRelease[]
  /** Records that leave. */
  readonly leaving: number
  /** Records that were changed, withdrawn or removed since they were fixed. */
  readonly changedSince: number
  /** Records from which single fields are withheld. */
  readonly partly: number
  readonly rights: readonly ReleaseRight[]
}

const EXAMPLES = 3
const LONGEST_EXAMPLE = 160

export const getRelease = defineQuery({
  name: 'registry.get-release',
  permission: 'registry.release.read',
  input: z.object({ id: z.string() }),
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run(context, { id }): Promise<ReleaseView> {
    const { db, whole } = context
    const release = await getReleaseRow(db, id)
    const counts = await db.one<{ leaving: number; partly: number; changedSince: number }>(sql`
      select count(*) filter (where not r.withheld)::int as leaving,
             count(*) filter (where not r.withheld and r.withheld_fields <> '{}')::int as partly,
             count(*) filter (
               where i.id is null or i.state in ('withdrawn', 'archived')
                  or case when i.state = 'published' then i.version else i.published_version end is distinct from r.record_version
             )::int as "changedSince"
      from release_records as r
      left join initiatives as i on i.id = r.initiative_id
      where r.release_id = ${id}
    `)
    const scope = await scopeOfRelease(context, id)
    const may = (permission: string) => permits(context.actor, permission, scope)
    return {
      release,
      fields: await fieldsOfRelease({ db, whole }, release),
      ...counts,
      rights: [
        ...(may('registry.release.edit') ? (['edit'] as const) : []),
        ...(may('registry.release.confirm') ? (['confirm'] as const) : []),
      ],
    }
  },
})

async function fieldsOfRelease({ db, whole }: Pick<QueryContext, 'db' | 'whole'>, release: Release): Promise<FieldOfRelease[]> {
  const rows = await db.many<{ field: ReleaseField; stated: number; leaving: number }>(sql`
    select f.field, count(*)::int as stated,
           count(*) filter (where not r.withheld and f.field <> all(r.withheld_fields))::int as leaving
    from release_records as r
    cross join lateral unnest(r.fields) as f(field)
    where r.release_id = ${release.id}
    group by f.field
  `)
  const found = new Map(rows.map((row) => [row.field, row]))
  const examples = await examplesOf({ db, whole }, release.id)
  return RELEASE_FIELDS.flatMap((field) => {
    const row = found.get(field)
    if (!row) return []
    const withheld = release.withheldFields.includes(field)
    return [
      {
        field,
        group: groupOfField(field),
        withheld,
        stated: row.stated,
        leaving: withheld ? 0 : row.leaving,
        examples: examples.get(field) ?? [],
      },
    ]
  })
}

/** Of the first records that state a field: what somebody decides by. */
async function examplesOf(
  { db, whole }: Pick<QueryContext, 'db' | 'whole'>,
  releaseId: string,
): Promise<Map<ReleaseField, string[]>> {
  const chosen = await db.many<{ field: ReleaseField; initiativeId: string; version: number }>(sql`
    select f.field, r.initiative_id as "initiativeId", r.record_version as version
    from unnest(${[...RELEASE_FIELDS]}::text[]) as f(field)
    cross join lateral (
      select initiative_id, record_version, record_no
      from release_records
      where release_id = ${releaseId} and f.field = any(fields)
      order by record_no
      limit ${EXAMPLES}
    ) as r
    order by f.field, r.record_no
  `)
  const versions = await readVersions(whole, [...new Map(chosen.map((one) => [one.initiativeId, one])).values()])
  const orgs = await orgWords(whole, [...versions.values()])
  const examples = new Map<ReleaseField, string[]>()
  for (const { field, initiativeId } of chosen) {
    const record = versions.get(initiativeId)
    const [first] = record ? valuesOf(record, field, orgs) : []
    if (first !== undefined) examples.set(field, [...(examples.get(field) ?? []), cut(first, LONGEST_EXAMPLE)])
  }
  return new Map([...examples].map(([field, texts]) => [field, [...new Set(texts)]]))
}

/** What leaves in place of the id of an organisation: its names and its identifier. */
async function orgWords(whole: Db, records: readonly Pick<InitiativeRecord, 'facts'>[]): Promise<OrgWords> {
  const orgs = await orgsById(whole, [...new Set(records.flatMap(({ facts }) => orgIdsOf(facts)))])
  return new Map(
    [...orgs.values()].map(({ id, names, iatiId }) => {
      const name = names.texts[names.orig] ?? id
      return [id, iatiId === null ? name : `${name} (${iatiId})`]
    }),
  )
}

export interface RecordOfRelease {
  readonly initiativeId: string
  readonly recordVersion: number
  readonly identifier: string | null
  readonly title: LocalizedText | null
  /** Fields that it states. */
  readonly stated: number
  /** Fields that leave with it. */
  readonly leaving: number
  readonly withheldFields: readonly ReleaseField[]
  readonly withheld: boolean
}

export interface RecordsOfRelease {
  readonly rows: readonly RecordOfRelease[]
  readonly total: number
}

export const listReleaseRecords = defineQuery({
  name: 'registry.list-release-records',
  permission: 'registry.release.read',
  input: z.object({
    id: z.string(),
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(MOST).default(50),
  }),
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run({ db, whole }, { id, offset, limit }): Promise<RecordsOfRelease> {
    const release = await getReleaseRow(db, id)
    const rows = await fixedRows(db, id, offset, limit)
    const versions = await readVersions(whole, rows)
    return {
      total: release.records,
      rows: rows.map(({ fields, version, ...row }) => {
        const snapshot = versions.get(row.initiativeId)
        const stays = new Set<string>([...release.withheldFields, ...row.withheldFields])
        return {
          ...row,
          recordVersion: version,
          identifier: snapshot?.identifier ?? null,
          title: snapshot?.facts.title ?? null,
          stated: fields.length,
          leaving: row.withheld ? 0 : fields.filter((field) => !stays.has(field)).length,
        }
      }),
    }
  },
})

interface FixedRow {
  readonly initiativeId: string
  readonly version: number
  readonly fields: readonly ReleaseField[]
  readonly withheldFields: readonly ReleaseField[]
  readonly withheld: boolean
}

function fixedRows(db: Db, id: string, offset: number, limit: number): Promise<FixedRow[]> {
  return db.many<FixedRow>(sql`
    select initiative_id as "initiativeId", record_version as version, fields, withheld_fields as "withheldFields", withheld
    from release_records
    where release_id = ${id} and record_no >= ${offset}
    order by record_no
    limit ${limit}
  `)
}

export interface ReleaseRecordView {
  readonly release: Release
  readonly record: RecordOfRelease
  /** Every field that it states, with everything that it says there. */
  readonly fields: readonly {
    readonly field: ReleaseField
    readonly group: ReleaseGroup
    readonly values: readonly string[]
    /** Values beyond those; the page of the record shows them all. */
    readonly more: number
    /** From every record, or from this one. */
    readonly withheld: 'everywhere' | 'here' | null
  }[]
}

const LONGEST_VALUE = 500
/** A page stays light also for a record with a thousand flows. */
const MOST_VALUES = 20

export const getReleaseRecord = defineQuery({
  name: 'registry.get-release-record',
  permission: 'registry.release.read',
  input: z.object({ id: z.string(), initiativeId: z.string() }),
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run({ db, whole }, { id, initiativeId }): Promise<ReleaseRecordView> {
    const release = await getReleaseRow(db, id)
    const row = await db.maybe<FixedRow>(sql`
      select initiative_id as "initiativeId", record_version as version, fields, withheld_fields as "withheldFields", withheld
      from release_records
      where release_id = ${id} and initiative_id = ${initiativeId}
    `)
    if (!row) throw new Problem('releases.record-missing', { id: initiativeId })
    const snapshot = requireVersion(await readVersions(whole, [row]), row)
    const orgs = await orgWords(whole, [snapshot])
    const fields = row.fields.map((field) => {
      const values = valuesOf(snapshot, field, orgs)
      return {
        field,
        group: groupOfField(field),
        values: values.slice(0, MOST_VALUES).map((text) => cut(text, LONGEST_VALUE)),
        more: Math.max(0, values.length - MOST_VALUES),
        withheld: release.withheldFields.includes(field)
          ? ('everywhere' as const)
          : row.withheldFields.includes(field)
            ? ('here' as const)
            : null,
      }
    })
    return {
      release,
      fields,
      record: {
        initiativeId,
        recordVersion: row.version,
        identifier: snapshot.identifier,
        title: snapshot.facts.title ?? null,
        stated: row.fields.length,
        leaving: row.withheld ? 0 : fields.filter(({ withheld }) => withheld === null).length,
        withheldFields: row.withheldFields,
        withheld: row.withheld,
      },
    }
  },
})

function cut(text: string, longest: number): string {
  const letters = [...text]
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : text
}
