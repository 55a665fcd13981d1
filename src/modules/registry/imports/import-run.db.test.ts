import { describe, expect, test } from 'vitest'
import { sql } from '../../../database/db.ts'
import { ANONYMOUS } from '../../../operations/index.ts'
import {
  closeInterruptedRuns,
  getImportRun,
  listListings,
  moveInitiative,
  reviseInitiative,
  stageImportRows,
  startImportRun,
  stopImportRun,
  undoImportRun,
} from '../index.ts'
import { atRegistryDesk, type RegistryDesk, type RowDraft } from '../testing/registry-desk.ts'

const ROWS: RowDraft[] = [
  {
    identifier: 'A-1',
    facts: {
      hosts: ['JAM'],
      engagedCountries: ['CUB', 'JAM'],
      scale: 'country_country',
      title: { orig: 'en', texts: { en: 'Risk reduction centre' } },
    },
    listed: { year: 2014 },
  },
  {
    identifier: 'A-2',
    facts: { hosts: ['AGO'], scale: 'regional', partnerTypes: ['cso', 'national_government'] },
    listed: { year: 2014 },
  },
  { facts: { hosts: ['PHL'] }, listed: { year: 2014 } },
  { facts: { hosts: ['PHL'] }, listed: { year: 2014 } },
]

const TABLES = ['initiatives', 'listings', 'initiative_partners', 'initiative_contributions', 'record_versions'] as const

async function contents(desk: RegistryDesk): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const table of TABLES) {
    const rows = await desk.database.many<{ row: string }>(
      sql`select to_jsonb(t)::text as row from ${sql.table(table)} as t order by 1`,
    )
    all[table] = rows.map(({ row }) => row)
  }
  return all
}

describe('an import run', () => {
  test('creates each row once, even rows that say the same; the same file again changes nothing', () =>
    atRegistryDesk(async (desk) => {
      expect(await desk.import('demo', ROWS)).toMatchObject({
        state: 'applied',
        rowsRead: 4,
        created: 4,
        changed: 0,
        unchanged: 0,
      })
      expect(await desk.import('demo', ROWS)).toMatchObject({ created: 0, changed: 0, unchanged: 4 })
      const page = await desk.run(listListings, { filter: { values: { collection: ['demo'] } } })
      expect(page.total).toBe(4)
      expect(page.facets.host).toEqual([
        { value: 'PHL', count: 2 },
        { value: 'AGO', count: 1 },
        { value: 'JAM', count: 1 },
      ])
      expect(page.facets.scale.at(-1)).toEqual({ value: 'not_stated', count: 2 })
    }))

  test('a changed row changes its initiative and keeps what the file does not say', () =>
    atRegistryDesk(async (desk) => {
      await desk.import('demo', ROWS)
      const run = await desk.import('demo', [{ identifier: 'A-1', facts: { scale: 'regional' }, listed: { year: 2014 } }])
      expect(run).toMatchObject({ created: 0, changed: 1 })
      const page = await desk.run(listListings, { filter: { values: { collection: ['demo'], host: ['JAM'] } } })
      expect(page.rows).toMatchObject([
        { identifier: 'A-1', scale: 'regional', title: { texts: { en: 'Risk reduction centre' } } },
      ])
    }))

  test('one identifier in two years is one initiative with two listings', () =>
    atRegistryDesk(async (desk) => {
      const run = await desk.import('demo', [
        { identifier: 'B', facts: { scale: 'regional' }, listed: { year: 2014 } },
        { identifier: 'B', facts: { scale: 'country_country' }, listed: { year: 2013 } },
      ])
      // Every row counts once: the first makes the initiative, the second adds a year to it.
      expect(run).toMatchObject({ rowsRead: 2, created: 1, changed: 1, unchanged: 0, rejected: 0 })
      const page = await desk.run(listListings, { filter: { values: { collection: ['demo'] } } })
      expect(page.rows.map(({ year, scale }) => ({ year, scale }))).toEqual([
        { year: 2014, scale: 'regional' },
        { year: 2013, scale: 'regional' },
      ])
      expect(new Set(page.rows.map((row) => row.initiativeId)).size).toBe(1)
    }))

  test('undo takes back what a run created and changed, to the byte', () =>
    atRegistryDesk(async (desk) => {
      await desk.import('demo', ROWS)
      const before = await contents(desk)
      const run = await desk.import('demo', [
        { identifier: 'A-1', facts: { scale: 'global' }, listed: { year: 2014 } },
        { identifier: 'NEW', facts: { hosts: ['TUN'] }, listed: { year: 2014 } },
      ])
      expect(await contents(desk)).not.toEqual(before)
      expect(await desk.run(undoImportRun, { runId: run.id })).toMatchObject({ state: 'undone' })
      expect(await contents(desk)).toEqual(before)
      expect((await desk.run(listListings, { filter: { values: { collection: ['demo'] } } })).total).toBe(4)
      await expect(desk.run(undoImportRun, { runId: run.id })).rejects.toMatchObject({ code: 'registry.run-not-undoable' })
    }))

  test('undo is refused when a person has changed a record since', () =>
    atRegistryDesk(async (desk) => {
      const run = await desk.import('demo', ROWS)
      const [first] = (await desk.run(listListings, { filter: { values: { collection: ['demo'] } } })).rows
      await desk.run(reviseInitiative, { id: first?.initiativeId ?? '', version: 1, facts: { hosts: ['JAM'] } })
      await expect(desk.run(undoImportRun, { runId: run.id })).rejects.toMatchObject({
        code: 'registry.run-changed-since',
        params: { count: 1 },
      })
    }))

  test('rows that are prepared but not applied are invisible, and stopping the run removes them', () =>
    atRegistryDesk(async (desk) => {
      const run = await desk.run(startImportRun, {
        collection: { key: 'demo' },
        fileName: 'a.csv',
        fileDigest: 'd',
        fileBytes: 1,
        format: 'csv',
      })
      const row = { seq: 0, identifier: 'X', facts: {}, listed: { year: 2014, sourceRow: 2, revision: null, groupKey: null } }
      await desk.run(stageImportRows, { runId: run.id, rows: [row], rowsRead: 1, rejected: 0 })
      expect((await desk.run(listListings, { filter: { values: { collection: ['demo'] } } })).total).toBe(0)
      expect(await desk.run(stopImportRun, { runId: run.id, outcome: 'cancelled' })).toMatchObject({
        state: 'cancelled',
        created: 0,
      })
      expect(await desk.database.many(sql`select 1 from import_rows where run_id = ${run.id}`)).toEqual([])
    }))

  test('a run whose process died is closed when the next one begins, and one that gave a sign of life is not', () =>
    atRegistryDesk(async (desk) => {
      const file = { collection: { key: 'demo' }, fileName: 'a.csv', fileDigest: 'd', fileBytes: 1, format: 'csv' }
      const row = { seq: 0, identifier: 'X', facts: {}, listed: { year: 2014, sourceRow: 2, revision: null, groupKey: null } }
      const dead = await desk.run(startImportRun, file)
      await desk.run(stageImportRows, { runId: dead.id, rows: [row], rowsRead: 1, rejected: 0 })
      desk.setTime('2026-11-24T12:08:00Z')
      const living = await desk.run(startImportRun, file)
      desk.setTime('2026-11-24T12:11:00Z')
      expect(await desk.import('demo', ROWS)).toMatchObject({ created: 4 })
      expect(await desk.run(getImportRun, { id: dead.id })).toMatchObject({
        run: { state: 'failed', failure: { code: 'registry.run-interrupted' } },
      })
      expect(await desk.run(getImportRun, { id: living.id })).toMatchObject({ run: { state: 'staging' } })
      expect(await desk.database.many(sql`select 1 from import_rows`)).toEqual([])
    }))

  test('a run whose process died beside a running server is closed without a restart or another run', () =>
    atRegistryDesk(async (desk) => {
      const file = { collection: { key: 'demo' }, fileName: 'a.csv', fileDigest: 'd', fileBytes: 1, format: 'csv' }
      const dead = await desk.run(startImportRun, file)
      desk.setTime('2026-11-24T12:09:00Z')
      expect(await desk.run(closeInterruptedRuns, { all: false })).toBe(0)
      const living = await desk.run(startImportRun, file)
      desk.setTime('2026-11-24T12:11:00Z')
      expect(await desk.run(closeInterruptedRuns, { all: false })).toBe(1)
      expect(await desk.run(getImportRun, { id: dead.id })).toMatchObject({ run: { state: 'failed' } })
      expect(await desk.run(getImportRun, { id: living.id })).toMatchObject({ run: { state: 'staging' } })
    }))

  test('a stranger may not import', () =>
    atRegistryDesk(async (desk) => {
      const start = desk.run(
        startImportRun,
        { collection: { key: 'demo' }, fileName: 'a.csv', fileDigest: 'd', fileBytes: 1, format: 'csv' },
        ANONYMOUS,
      )
      await expect(start).rejects.toMatchObject({ code: 'operations.permission-lacking' })
      expect(await desk.database.many(sql`select id from audit_events where outcome = 'refused'`)).toEqual([])
    }))

  test('the audit trail names the run, its counts and the digest of its rows', () =>
    atRegistryDesk(async (desk) => {
      const run = await desk.import('demo', ROWS)
      const event = await desk.database.one<{ counts: unknown; digest: string }>(sql`
        select counts, digest from audit_events where record_id = ${run.id} and action = 'applied'
      `)
      expect(event.counts).toEqual({ created: 4, changed: 0, unchanged: 0, rejected: 0 })
      expect(event.digest).toMatch(/^[0-9a-f]{64}$/)
    }))

  test('withdrawn initiatives leave the list', () =>
    atRegistryDesk(async (desk) => {
      await desk.import('demo', ROWS)
      const [first] = (await desk.run(listListings, { filter: { values: { collection: ['demo'] } } })).rows
      await desk.run(moveInitiative, { id: first?.initiativeId ?? '', version: 1, to: 'withdrawn', reason: 'listed by mistake' })
      expect((await desk.run(listListings, { filter: { values: { collection: ['demo'] } } })).total).toBe(3)
    }))
})
