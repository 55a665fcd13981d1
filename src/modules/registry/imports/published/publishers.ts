/** Validity by publisher: the files in which a reporting organisation publishes, each with its newest import and the one before. */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../../database/db.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { defineQuery, type Sight } from '../../../../operations/index.ts'
import { type ImportRun, RUN_COLUMNS } from '../import-run.ts'
import { countRules, type RuleCount } from './standing-problems.ts'

export interface Publisher {
  /** Identifier of the organisation as its files give it; where they give none, its name. */
  readonly publisher: string
  readonly name: string | null
  readonly orgId: string | null
  readonly activities: number
  readonly files: number
  /** Start of the newest import. */
  readonly latestAt: string
}

export interface PublisherPage {
  readonly rows: readonly Publisher[]
  readonly total: number
}

export interface PublisherFile {
  readonly collection: string
  readonly series: string
  /** Activities of this publisher that the file has. */
  readonly activities: number
  readonly withdrawn: number
  readonly latest: RunWithRules
  /** The import of the same file before; absent when there is one only. */
  readonly previous: RunWithRules | null
}

export interface RunWithRules {
  readonly run: ImportRun
  readonly rules: readonly RuleCount[]
}

export interface PublisherValidity {
  readonly publisher: Publisher
  readonly files: readonly PublisherFile[]
  /** More files than are shown. */
  readonly moreFiles: number
}

/** Files compared on one page: each asks for two counts. */
const SHOWN_FILES = 25

/** The newest piece of each initiative, in collections of the actor's own scope. */
function newestPieces(sight: Sight, publisher?: string): Sql {
  const { sees, orgs } = sight.rows
  return sql`
    select distinct on (s.initiative_id) s.initiative_id, s.run_id, s.collection_id, s.series, s.publisher, s.withdrawn_by, c.key as collection
    from initiative_sources as s
    join collections as c on c.id = s.collection_id
    join import_runs as r on r.id = s.run_id and r.state = 'applied'
    where s.publisher is not null and ${sees === 'all' ? sql`true` : sql`c.owner_org = any(${orgs}::text[])`}
      ${publisher === undefined ? sql`` : sql`and s.publisher = ${publisher}`}
    order by s.initiative_id, s.run_id desc
  `
}

/** How a publisher calls itself, from one of its activities. */
function named(publishers: Sql): Sql {
  return sql`
    select p.publisher, i.facts -> 'reportingOrg' ->> 'name' as name, i.facts -> 'reportingOrg' ->> 'orgId' as "orgId", p.activities,
           p.files, r.started_at as "latestAt"
    from (${publishers}) as p
    join initiatives as i on i.id = p.example
    join import_runs as r on r.id = p.latest
  `
}

const COUNTED = sql`
  publisher, count(*)::int as activities, count(distinct (collection_id, series))::int as files, max(run_id) as latest,
  max(initiative_id) as example
`

export const listPublishers = defineQuery({
  name: 'registry.list-publishers',
  permission: 'registry.import.view',
  input: z.object({
    limit: z.number().int().min(1).max(500).default(100),
    offset: z.number().int().min(0).default(0),
  }),
  async run({ whole, sight }, { limit, offset }): Promise<PublisherPage> {
    const { total } = await whole.one<{ total: number }>(
      sql`select count(distinct publisher)::int as total from (${newestPieces(sight)}) as s`,
    )
    const rows = await whole.many<Publisher>(sql`
      ${named(sql`
        select ${COUNTED}
        from (${newestPieces(sight)}) as s
        group by publisher
        order by count(*) desc, publisher
        limit ${limit} offset ${offset}
      `)}
      order by p.activities desc, p.publisher
    `)
    return { rows, total }
  },
})

export const getPublisherValidity = defineQuery({
  name: 'registry.get-publisher-validity',
  permission: 'registry.import.view',
  input: z.object({ publisher: z.string().min(1).max(500) }),
  async run({ whole, sight }, { publisher }): Promise<PublisherValidity> {
    const found = await whole.maybe<Publisher>(
      named(sql`select ${COUNTED} from (${newestPieces(sight, publisher)}) as s group by publisher`),
    )
    if (!found) throw new Problem('registry.publisher-missing', { publisher })
    const series = await whole.many<Omit<PublisherFile, 'latest' | 'previous'> & { collectionId: string }>(sql`
      select collection_id as "collectionId", collection, series, count(*) filter (where withdrawn_by is null)::int as activities,
             count(withdrawn_by)::int as withdrawn
      from (${newestPieces(sight, publisher)}) as s
      group by collection_id, collection, series
      order by count(*) desc, collection, series
      limit ${SHOWN_FILES}
    `)
    const files: PublisherFile[] = []
    for (const { collectionId, ...one } of series) {
      const [latest, previous] = await newestRuns(whole, collectionId, one.series)
      if (latest) files.push({ ...one, latest, previous: previous ?? null })
    }
    return { publisher: found, files, moreFiles: Math.max(0, found.files - series.length) }
  },
})

async function newestRuns(whole: Db, collectionId: string, series: string): Promise<RunWithRules[]> {
  const runs = await whole.many<ImportRun>(sql`
    select ${RUN_COLUMNS}
    from import_runs as r
    join collections as c on c.id = r.collection_id
    where r.collection_id = ${collectionId} and r.series = ${series} and r.state = 'applied'
    order by r.id desc
    limit 2
  `)
  const withRules: RunWithRules[] = []
  for (const run of runs) withRules.push({ run, rules: await countRules(whole, run) })
  return withRules
}
