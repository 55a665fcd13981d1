/** Writes one batch of a published file: its pieces as they were, what it creates (hidden), what it will change, what was found wrong. */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../../database/db.ts'
import { isUniqueViolation } from '../../../../database/translate-error.ts'
import { Problem, type ProblemReport } from '../../../../kernel/problems.ts'
import { defineCommand } from '../../../../operations/index.ts'
import { scopeOfRun } from '../../collections/collection-scope.ts'
import { type CreatingRun, insertHiddenInitiatives } from '../../initiatives/write-initiatives.ts'
import { insertProblems } from '../import-problems.ts'
import { requireHeld, seeHiddenOf } from './published-run.ts'

/** Pieces that stand one after another in a packed block. */
export interface SourceBlock {
  readonly id: string
  readonly fileName: string
  readonly context: unknown
  /** Zstandard. */
  readonly content: Uint8Array
}

/** A row of `initiative_sources` without run and initiative, which the row beside it names. */
export interface SourceOfRow {
  readonly blockId: string
  readonly start: number
  readonly length: number
  readonly pieceDigest: string
  readonly statedAt: string | null
}

const BatchInput = z.object({
  runId: z.string(),
  holder: z.string(),
  /** New initiatives, UTF-8, a line each: JSON of {record: InitiativeRecord, derived: DerivedColumns, source: SourceOfRow}. */
  created: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  /** Known ones, a line each: JSON of {record, derived, source, baseVersion, conflicts}; written when the run is applied. */
  changed: z.array(z.string()),
  /** Place of the first changed one among those of the run. */
  changedFrom: z.number().int().nonnegative(),
  block: z.custom<SourceBlock>().nullable(),
  problems: z.array(z.custom<ProblemReport>()),
  counts: z.object({
    read: z.number().int().nonnegative(),
    created: z.number().int().nonnegative(),
    changed: z.number().int().nonnegative(),
    unchanged: z.number().int().nonnegative(),
    rejected: z.number().int().nonnegative(),
  }),
  bytesRead: z.number().int().nonnegative(),
})

export const addPublishedRows = defineCommand({
  name: 'registry.add-published-rows',
  permission: 'registry.import.run',
  rows: 'whole',
  scope: (context, { runId }) => scopeOfRun(context, runId),
  input: BatchInput,
  limitSeconds: 'none',
  async run(
    { db, clock, actor },
    { runId, holder, created, changed, changedFrom, block, problems, counts, bytesRead },
  ): Promise<void> {
    const at = clock.now().toISOString()
    await requireHeld(db, runId, holder)
    await seeHiddenOf(db, runId)
    if (block) await insertBlock(db, runId, block)
    if (created.length > 0) {
      await insertCreated(db, created, { id: runId, at, actorId: actor.id })
    }
    if (changed.length > 0) await stageChanged(db, runId, changed, changedFrom)
    await insertProblems(db, runId, problems)
    await db.run(sql`
      update import_runs
      set rows_read = rows_read + ${counts.read},
          rows_staged = rows_staged + ${counts.created + counts.changed},
          created_count = created_count + ${counts.created},
          changed_count = changed_count + ${counts.changed},
          unchanged_count = unchanged_count + ${counts.unchanged},
          rejected_count = rejected_count + ${counts.rejected},
          warning_count = warning_count + ${problems.filter((problem) => problem.level === 'warning').length},
          bytes_read = greatest(bytes_read, ${bytesRead}),
          heartbeat_at = ${at}
      where id = ${runId}
    `)
  },
})

/** Somebody may have registered one of them by hand while the file was being read. Errors: `registry.run-overtaken`. */
async function insertCreated(db: Db, lines: Uint8Array, run: CreatingRun): Promise<void> {
  try {
    await insertHiddenInitiatives(db, rowsOf(lines), run, sourcesOf(run.id))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new Problem('registry.run-overtaken', { count: 1 }, { cause: error })
  }
}

/** JSON escapes line ends, so that a line is a row; the columns are `record`, `derived` and `source`. */
function rowsOf(lines: Uint8Array): Sql {
  return sql`
    select l.row -> 'record' as record, l.row -> 'derived' as derived, l.row -> 'source' as source
    from (select line::jsonb as row from string_to_table(${Buffer.from(lines.buffer, lines.byteOffset, lines.length)}::text, E'\n') as line) as l
  `
}

export async function insertBlock(db: Db, runId: string, { id, fileName, context, content }: SourceBlock): Promise<void> {
  await db.run(sql`
    insert into source_blocks (id, run_id, file_name, context, content)
    values (${id}, ${runId}, ${fileName}, ${JSON.stringify(context)}::jsonb, ${Buffer.from(content)})
  `)
}

/** The source of each row, which stand as `s` with `record` and `source`, becomes that of its initiative. */
export function sourcesOf(runId: string): Sql {
  return sql`
    insert into initiative_sources (initiative_id, run_id, collection_id, identifier, series, block_id, start, length, piece_digest,
                                    stated_at, publisher)
    select s.record ->> 'id', ${runId}, s.record ->> 'collectionId', s.record ->> 'identifier', r.series,
           p."blockId", p.start, p.length, p."pieceDigest", p."statedAt",
           coalesce(s.record #>> '{facts,reportingOrg,ref}', s.record #>> '{facts,reportingOrg,name}')
    from s
    join import_runs as r on r.id = ${runId}
    cross join lateral jsonb_to_record(s.source)
      as p("blockId" text, start integer, length integer, "pieceDigest" text, "statedAt" timestamptz)
  `
}

async function stageChanged(db: Db, runId: string, lines: readonly string[], from: number): Promise<void> {
  await db.run(sql`
    insert into import_rows (run_id, seq, outcome, initiative_id, identifier, base_version, record, derived, digest, source)
    select ${runId}, ${from} + l.place, 'changed', l.row -> 'record' ->> 'id', l.row -> 'record' ->> 'identifier',
           (l.row ->> 'baseVersion')::int, l.row -> 'record', l.row -> 'derived', l.row -> 'source' ->> 'pieceDigest',
           (l.row -> 'source') || jsonb_build_object('conflicts', l.row -> 'conflicts')
    from (
      select line::jsonb as row, place::int as place
      from string_to_table(${lines.join('\n')}, E'\n') with ordinality as t(line, place)
    ) as l
  `)
}
