/**
 * The one path by which initiatives reach the tables: a form, an import of 100,000 rows and the undo of a run all end here.
 *
 * `source` is a query that gives a row per initiative with two columns, `record` (InitiativeRecord) and `derived` (DerivedColumns).
 * Listings are what the public sees: while a new version of a published record is being prepared they stay as they are, and only
 * the state that editors see moves (domain 6.2).
 */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { DerivedColumns } from './derive-columns.ts'
import type { InitiativeRecord } from './initiative.ts'

/** A source of a few records given as values. */
export function recordSource(rows: readonly { record: InitiativeRecord; derived: DerivedColumns }[]): Sql {
  return sql`select item -> 'record' as record, item -> 'derived' as derived from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) as item`
}

/**
 * Cuts the texts into words while rows are prepared: the transaction that makes an import visible holds the embedded engine, and
 * is shorter for it.
 */
export function withSearchVector(derived: Sql): Sql {
  return sql`(${derived} - 'searchWords') || jsonb_build_object('searchVector', to_tsvector('simple', ${derived} ->> 'searchWords')::text)`
}

const SEARCH_VECTOR = sql`coalesce((s.derived ->> 'searchVector')::tsvector, to_tsvector('simple', s.derived ->> 'searchWords'))`

/** Never published, or published, archived or withdrawn as it is now: the listings say what the record says. */
const SHOWN_AS_IT_IS = sql`(s.record ->> 'publishedVersion' is null or s.record ->> 'state' in ('published', 'archived', 'withdrawn'))`

const RECORD_COLUMNS = sql`
  id text, "collectionId" text, identifier text, state text, version integer, "publishedVersion" integer, "importDigest" text,
  "createdAt" timestamptz, "createdBy" text, "updatedAt" timestamptz, "updatedBy" text, "ownerOrg" text, visibility text,
  facts jsonb, listed jsonb
`

const PARTS = sql`
  partners as (
    insert into initiative_partners (initiative_id, partner_no, org_id, name, country_code, role, partner_type, unnamed)
    select s.record ->> 'id', p.no, p."orgId", p.name, p.iso3, p.role, p."partnerType", coalesce(p.unnamed, false)
    from s
    cross join lateral jsonb_to_recordset(s.record -> 'facts' -> 'partners')
      as p(no text, "orgId" text, name text, iso3 text, role text, "partnerType" text, unnamed boolean)
    where jsonb_typeof(s.record -> 'facts' -> 'partners') = 'array'
  ),
  contributions as (
    insert into initiative_contributions (initiative_id, contribution_no, giver_no, taker_no, modality, flow_group, nature, started_on,
                                          ended_on, amount, currency, value_date, quantity, unit, element, published_type, usd)
    select s.record ->> 'id', c.no, c.giver, c.taker, c.modality, c."flowGroup", c.nature, c.period ->> 'start', c.period ->> 'end',
           (c.money ->> 'amount')::numeric, c.money ->> 'currency',
           case when length(c.money ->> 'valueDate') = 10 then (c.money ->> 'valueDate')::date end,
           (c.quantity ->> 'value')::numeric, c.quantity ->> 'unit', coalesce(c.published ->> 'element', 'entered'),
           c.published ->> 'type', c.usd
    from s
    cross join lateral rows from (
      jsonb_to_recordset(s.record -> 'facts' -> 'contributions')
        as (no text, giver text, taker text, modality text, nature text, period jsonb, money jsonb, quantity jsonb, published jsonb),
      jsonb_to_recordset(s.derived -> 'contributions') as ("flowGroup" text, usd numeric)
    ) as c
    where jsonb_typeof(s.record -> 'facts' -> 'contributions') = 'array'
  ),
  listed as (
    insert into listings (id, collection_id, initiative_id, state, record_state, year, source_row, run_id, revision, group_key, hosts,
                          partner_countries, providers, recipients, partner_types, agency_roles, regions, territorial_focus, theme,
                          scale, sectors, goals, org_ids, cooperation, has_title, title, title_text, search_words, identifier,
                          owner_org, visibility)
    select l.id, s.record ->> 'collectionId', s.record ->> 'id', s.record ->> 'state', s.record ->> 'state', l.year, l."sourceRow",
           l."runId", l.revision, l."groupKey", d.hosts, d."partnerCountries", d.providers, d.recipients, d."partnerTypes",
           d."agencyRoles", d.regions, d."territorialFocus", d.theme, d.scale, d.sectors, d.goals, d."orgIds", d.cooperation,
           d."hasTitle", s.record -> 'facts' -> 'title', s.derived ->> 'titleText', ${SEARCH_VECTOR},
           s.record ->> 'identifier', s.record ->> 'ownerOrg', s.record ->> 'visibility'
    from s
    cross join lateral jsonb_to_recordset(s.record -> 'listed')
      as l(id text, year integer, "sourceRow" integer, "runId" text, revision text, "groupKey" text)
    cross join lateral jsonb_to_record(s.derived -> 'listing')
      as d(hosts text[], "partnerCountries" text[], providers text[], recipients text[], "partnerTypes" text[], "agencyRoles" text[],
           regions text[], "territorialFocus" text[], theme text, scale text, sectors text[], goals text[], "orgIds" text[],
           cooperation text[], "hasTitle" boolean)
    where ${SHOWN_AS_IT_IS}
  )
`

/** Who imports, and for which run: what the run creates is hidden until it is applied. */
export interface CreatingRun {
  readonly id: string
  readonly at: string
  readonly actorId: string
}

const CREATED = (runId: string | null): Sql => sql`
  insert into initiatives (id, collection_id, identifier, state, kind, phase, title_text, facts, cooperation, completeness,
                           published_version, import_digest, listed, version, created_at, created_by, updated_at, updated_by,
                           owner_org, visibility, flows, created_by_run)
  select r.id, r."collectionId", r.identifier, r.state, r.facts ->> 'kind', r.facts ->> 'phase', s.derived ->> 'titleText',
         r.facts, s.derived -> 'cooperation', (s.derived ->> 'completeness')::numeric, r."publishedVersion", r."importDigest",
         r.listed, r.version, r."createdAt", r."createdBy", r."updatedAt", r."updatedBy", r."ownerOrg", r.visibility,
         s.derived -> 'flows', ${runId}
  from s
  cross join lateral jsonb_to_record(s.record) as r(${RECORD_COLUMNS})
`

export async function insertInitiatives(db: Db, source: Sql): Promise<number> {
  const count = await db.run(sql`with s as materialized (${source}) ${CREATED(null)}`)
  // In a statement of their own: row-level security looks for the initiative, and a statement does not see what itself writes.
  await db.run(sql`with s as materialized (${source}), ${PARTS} select 1`)
  return count
}

/**
 * What a run creates, with its first versions, in one statement, so that each row is read from its JSON once. Nobody else sees the
 * rows until the run is applied. The statement must see all rows. `further` is one more insert from the same rows, which stand as `s`.
 */
export async function insertHiddenInitiatives(db: Db, source: Sql, run: CreatingRun, further?: Sql): Promise<number> {
  const { count } = await db.one<{ count: number }>(sql`
    with s as materialized (${source}),
    created as (${CREATED(run.id)} returning 1),
    versions as (${firstVersions(run)}),
    ${further === undefined ? sql`` : sql`further as (${further}),`}
    ${PARTS}
    select count(*)::int as count from created
  `)
  return count
}

function firstVersions({ id, at, actorId }: CreatingRun): Sql {
  return sql`
    insert into record_versions (module, aggregate, record_id, version, at, actor_id, action, run_id, snapshot)
    select 'registry', 'initiatives', s.record ->> 'id', (s.record ->> 'version')::int, ${at}, ${actorId}, 'imported', ${id}, s.record
    from s
  `
}

/** Replaces whole records; the caller has checked the versions they build on. */
export async function updateInitiatives(db: Db, source: Sql): Promise<number> {
  const count = await db.run(sql`
    update initiatives as i
    set state = r.state,
        kind = r.facts ->> 'kind',
        phase = r.facts ->> 'phase',
        title_text = s.derived ->> 'titleText',
        facts = r.facts,
        cooperation = s.derived -> 'cooperation',
        completeness = (s.derived ->> 'completeness')::numeric,
        flows = s.derived -> 'flows',
        published_version = r."publishedVersion",
        import_digest = r."importDigest",
        listed = r.listed,
        version = r.version,
        updated_at = r."updatedAt",
        updated_by = r."updatedBy",
        owner_org = r."ownerOrg",
        visibility = r.visibility
    from (${source}) as s
    cross join lateral jsonb_to_record(s.record) as r(${RECORD_COLUMNS})
    where i.id = r.id
  `)
  await db.run(sql`delete from initiative_partners where initiative_id in (select s.record ->> 'id' from (${source}) as s)`)
  await db.run(sql`delete from initiative_contributions where initiative_id in (select s.record ->> 'id' from (${source}) as s)`)
  await db.run(sql`
    delete from listings
    where initiative_id in (select s.record ->> 'id' from (${source}) as s where ${SHOWN_AS_IT_IS})
  `)
  await db.run(sql`
    update listings as l
    set record_state = s.record ->> 'state', owner_org = s.record ->> 'ownerOrg', visibility = s.record ->> 'visibility'
    from (${source}) as s
    where l.initiative_id = s.record ->> 'id' and not ${SHOWN_AS_IT_IS}
  `)
  await db.run(sql`with s as materialized (${source}), ${PARTS} select 1`)
  return count
}

/**
 * Changes become visible in the order of their numbers: without the lock a transaction with a smaller number could commit after a
 * reader has already seen a greater one, and the reader would miss it. Taken last in a transaction, so that it is held shortly.
 */
async function takeNumberInOrder(db: Db): Promise<void> {
  await db.run(sql`select pg_advisory_xact_lock(hashtext('registry_changes'))`)
}

/** Tells readers that keep counts in memory what changed. */
export async function noteChangedInitiatives(db: Db, source: Sql): Promise<void> {
  await takeNumberInOrder(db)
  await db.run(sql`
    insert into registry_changes (collection_id, initiative_id)
    select s.record ->> 'collectionId', s.record ->> 'id' from (${source}) as s
  `)
}

/** The same for a run that is about to be applied, from its prepared rows. */
export async function noteChangedByRun(db: Db, runId: string, collectionId: string): Promise<void> {
  await takeNumberInOrder(db)
  await db.run(sql`
    insert into registry_changes (collection_id, initiative_id)
    select ${collectionId}, initiative_id from import_rows where run_id = ${runId} order by seq
  `)
}

/** When more went than single changes could tell: readers begin anew. */
export async function noteChangedCollection(db: Db, collectionId: string): Promise<void> {
  await takeNumberInOrder(db)
  await db.run(sql`insert into registry_changes (collection_id) values (${collectionId})`)
}
