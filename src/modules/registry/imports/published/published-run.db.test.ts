import { describe, expect, test } from 'vitest'
import { sql } from '../../../../database/db.ts'
import { newId } from '../../../../kernel/ids.ts'
import { getInitiative, listListings, registerInitiative, stopImportRun, undoImportRun } from '../../index.ts'
import { deriveColumns } from '../../initiatives/derive-columns.ts'
import type { InitiativeFacts, InitiativeRecord } from '../../initiatives/initiative.ts'
import { searchVectorOf } from '../../initiatives/search-words.ts'
import { atRegistryDesk, type RegistryDesk } from '../../testing/registry-desk.ts'
import { applyImportRun } from '../apply-import.ts'
import { addPublishedRows } from './add-published-rows.ts'
import { clearImportRun } from './end-published-run.ts'
import { getPublishedBases, listKnownPieces } from './published-pieces.ts'
import { type BeginAnswer, type BegunRun, beginPublishedRun, pauseImportRun, touchPublishedRun } from './published-run.ts'

const HOLDER = 'first-process'
const NONE = { read: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 }

function begin(desk: RegistryDesk, more: { fileDigest?: string; holder?: string; series?: string } = {}): Promise<BeginAnswer> {
  return desk.run(beginPublishedRun, {
    collection: { key: 'portfolio' },
    fileName: 'activities.xml',
    fileDigest: 'd1',
    fileBytes: 1_000,
    format: 'iati',
    series: 'activities.xml',
    edition: 1,
    holder: HOLDER,
    ...more,
  })
}

async function begun(desk: RegistryDesk, more: Parameters<typeof begin>[1] = {}): Promise<BegunRun> {
  const answer = await begin(desk, more)
  if (answer.kind !== 'begun') throw new Error(`Not begun: ${answer.kind}`)
  return answer.begun
}

const ACTIVITY: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Solar pumps' } },
  partners: [{ no: '1', name: 'Energy Institute', role: 'implementer' }],
  contributions: [
    {
      no: 't1',
      nature: 'disbursement',
      money: { amount: '-12.50', currency: 'USD' },
      published: { element: 'transaction', type: '3' },
    },
  ],
}

function createdLine(run: BegunRun, identifier: string, facts = ACTIVITY): string {
  const at = '2026-11-24T12:00:00.000Z'
  const record: InitiativeRecord = {
    id: newId(),
    collectionId: run.collectionId,
    identifier,
    state: 'published',
    version: 1,
    publishedVersion: 1,
    importDigest: `=c-${identifier}`,
    createdAt: at,
    createdBy: 'someone',
    updatedAt: at,
    updatedBy: 'someone',
    ownerOrg: null,
    visibility: 'public',
    facts,
    listed: [{ id: newId(), year: null, sourceRow: null, runId: run.run.id, revision: null, groupKey: null }],
  }
  const { searchWords, ...derived } = deriveColumns(record)
  return JSON.stringify({
    record,
    derived: { ...derived, searchVector: searchVectorOf(searchWords) },
    source: {
      blockId: 'block-1',
      start: 0,
      length: 10,
      pieceDigest: `p-${identifier}`,
      contentDigest: `c-${identifier}`,
      statedAt: null,
    },
  })
}

async function add(desk: RegistryDesk, run: BegunRun, identifiers: readonly string[], holder = HOLDER): Promise<void> {
  await desk.run(addPublishedRows, {
    runId: run.run.id,
    holder,
    created: Buffer.from(identifiers.map((identifier) => createdLine(run, identifier)).join('\n')),
    changed: [],
    changedFrom: 0,
    block: {
      id: `block-${newId()}`,
      fileName: 'activities.xml',
      context: { root: 'iati-activities' },
      content: Buffer.from('packed'),
    },
    problems: [
      {
        code: 'iati.not-well-formed',
        params: { reason: 'x' },
        level: 'warning',
        place: { line: 3, activity: identifiers[0] ?? '', element: 'title' },
      },
    ],
    counts: { ...NONE, read: identifiers.length, created: identifiers.length },
    bytesRead: 500,
  })
}

function apply(desk: RegistryDesk, run: BegunRun, more: { withdrawn?: string[]; returned?: string[]; holder?: string } = {}) {
  const published = { holder: HOLDER, digest: 'all', withdrawn: [], returned: [], ...more }
  return desk.run(applyImportRun, { runId: run.run.id, published })
}

/** Each command has a transaction of its own; here one transaction holds the whole test, and would remember whose rows it may see. */
async function forgetRun(desk: RegistryDesk): Promise<void> {
  await desk.database.run(sql`select set_config('app.run', '', true)`)
}

async function totals(desk: RegistryDesk): Promise<number> {
  await forgetRun(desk)
  return (await desk.run(listListings, { filter: { values: { collection: ['portfolio'] } } })).total
}

async function rowCounts(desk: RegistryDesk): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['initiatives', 'listings', 'record_versions', 'initiative_sources', 'source_blocks', 'import_rows']) {
    const { count } = await desk.database.one<{ count: number }>(
      sql`select count(*)::int as count from ${sql.table(table)}${table === 'record_versions' ? sql` where aggregate = 'initiatives'` : sql``}`,
    )
    counts[table] = count
  }
  return counts
}

const EMPTY = { initiatives: 0, listings: 0, record_versions: 0, initiative_sources: 0, source_blocks: 0, import_rows: 0 }

describe('a run that reads a published file', () => {
  test('what it created is nobody’s to see before it is applied, and everybody’s after', () =>
    atRegistryDesk(async (desk) => {
      const run = await begun(desk)
      await add(desk, run, ['X-1', 'X-2'])
      expect(await totals(desk)).toBe(0)
      const { id } = await desk.database.one<{ id: string }>(sql`select id from initiatives where identifier = 'X-1'`)
      await expect(desk.run(getInitiative, { id })).rejects.toMatchObject({ code: 'registry.initiative-missing' })

      expect(await apply(desk, run)).toMatchObject({ state: 'applied', rowsRead: 2, created: 2, warnings: 1 })
      expect(await totals(desk)).toBe(2)
      expect((await desk.run(getInitiative, { id })).record.facts.title?.texts.en).toBe('Solar pumps')
      // A reversal keeps its sign, and a payment without giver its place.
      expect(
        await desk.database.many(
          sql`select amount, giver_no, published_type from initiative_contributions where initiative_id = ${id}`,
        ),
      ).toEqual([{ amount: '-12.50', giver_no: null, published_type: '3' }])
    }))

  test('cancelled, it is cleared away in steps, to the last row', () =>
    atRegistryDesk(async (desk) => {
      const run = await begun(desk)
      await add(desk, run, ['X-1'])
      await desk.run(stopImportRun, { runId: run.run.id, outcome: 'cancelled' })
      await expect(add(desk, run, ['X-2'])).rejects.toMatchObject({ code: 'registry.run-cancelled' })
      expect(await desk.run(clearImportRun, { runId: run.run.id })).toEqual({ isCleared: false })
      expect(await desk.run(clearImportRun, { runId: run.run.id })).toEqual({ isCleared: true })
      expect(await rowCounts(desk)).toEqual(EMPTY)
    }))

  test('another file waits while it is read, and a dead run of another file is cleared first', () =>
    atRegistryDesk(async (desk) => {
      const run = await begun(desk)
      expect(await begin(desk, { fileDigest: 'd2', holder: 'second-process' })).toMatchObject({ kind: 'busy', runId: run.run.id })
      desk.setTime('2026-11-24T12:00:16Z')
      expect(await begin(desk, { fileDigest: 'd2', holder: 'second-process' })).toEqual({ kind: 'to-clear', runId: run.run.id })
      await desk.run(clearImportRun, { runId: run.run.id })
      expect(await begin(desk, { fileDigest: 'd2', holder: 'second-process' })).toMatchObject({ kind: 'begun' })
    }))

  test('left by a process that died, the same file goes on with it; the dead one can write no more', () =>
    atRegistryDesk(async (desk) => {
      const run = await begun(desk)
      await add(desk, run, ['X-1'])
      desk.setTime('2026-11-24T12:00:16Z')
      const again = await begun(desk, { holder: 'second-process' })
      expect(again).toMatchObject({ resumed: true, run: { id: run.run.id, rowsRead: 0, warnings: 1 } })
      await expect(add(desk, run, ['X-2'])).rejects.toMatchObject({ code: 'registry.run-taken-over' })
      const known = await desk.run(listKnownPieces, { collection: 'portfolio', runId: again.run.id })
      expect(known).toMatchObject([{ identifier: 'X-1', pieceDigest: 'p-X-1', runId: run.run.id, isStaged: false }])
    }))

  test('paused, it writes nothing more; the same file goes on with it at once', () =>
    atRegistryDesk(async (desk) => {
      const run = await begun(desk)
      await desk.run(pauseImportRun, { runId: run.run.id })
      await expect(desk.run(touchPublishedRun, { runId: run.run.id, holder: HOLDER, bytesRead: 1 })).rejects.toMatchObject({
        code: 'registry.run-paused',
      })
      expect(await begun(desk, { holder: 'second-process' })).toMatchObject({ resumed: true })
    }))

  test('applied beside another collection, its records wait to be compared with those of the other', () =>
    atRegistryDesk(async (desk) => {
      await desk.import('other', [{ identifier: 'O-1', facts: {} }])
      const run = await begun(desk)
      await add(desk, run, ['A', 'B'])
      await apply(desk, run)
      const waiting = await desk.database.many(sql`select state, run_id as "runId" from link_searches`)
      expect(waiting).toEqual([{ state: 'waiting', runId: run.run.id }])
    }))

  test('undone, it leaves nothing but the note', () =>
    atRegistryDesk(async (desk) => {
      const run = await begun(desk)
      await add(desk, run, ['X-1', 'X-2'])
      await apply(desk, run)
      expect(await desk.run(undoImportRun, { runId: run.run.id })).toMatchObject({ state: 'undone' })
      expect(await rowCounts(desk)).toEqual(EMPTY)
    }))

  test('an identifier that somebody registered meanwhile stops it, in words', () =>
    atRegistryDesk(async (desk) => {
      const run = await begun(desk)
      await desk.run(registerInitiative, {
        collection: 'portfolio',
        identifier: 'X-1',
        facts: { title: { orig: 'en', texts: { en: 'By hand' } } },
      })
      await expect(add(desk, run, ['X-1'])).rejects.toMatchObject({ code: 'registry.run-overtaken' })
    }))

  test('an identifier that it holds, though nobody sees it yet, is taken, in words', () =>
    atRegistryDesk(async (desk) => {
      const run = await begun(desk)
      await add(desk, run, ['X-1'])
      await forgetRun(desk)
      const facts = { title: { orig: 'en', texts: { en: 'By hand' } } }
      await expect(desk.run(registerInitiative, { collection: 'portfolio', identifier: 'X-1', facts })).rejects.toMatchObject({
        code: 'registry.identifier-taken',
      })
    }))

  test('what a later file of the series has no longer is marked, and unmarked when it comes back or the run is undone', () =>
    atRegistryDesk(async (desk) => {
      const first = await begun(desk)
      await add(desk, first, ['X-1', 'X-2'])
      await apply(desk, first)
      const known = await desk.run(listKnownPieces, { collection: 'portfolio' })
      const gone = known.find(({ identifier }) => identifier === 'X-2')?.initiativeId ?? ''
      const marks = async () =>
        (await desk.run(listKnownPieces, { collection: 'portfolio' }))
          .filter((piece) => piece.isWithdrawn)
          .map((piece) => piece.identifier)

      const second = await begun(desk, { fileDigest: 'd2' })
      expect(await apply(desk, second, { withdrawn: [gone] })).toMatchObject({ withdrawn: 1 })
      expect(await marks()).toEqual(['X-2'])
      await desk.run(undoImportRun, { runId: second.run.id })
      expect(await marks()).toEqual([])

      const third = await begun(desk, { fileDigest: 'd3' })
      await apply(desk, third, { withdrawn: [gone] })
      const fourth = await begun(desk, { fileDigest: 'd4' })
      await apply(desk, fourth, { returned: [gone] })
      expect(await marks()).toEqual([])
    }))

  test('what is known comes with its piece, for a comparison with what was made of it', () =>
    atRegistryDesk(async (desk) => {
      const run = await begun(desk)
      await add(desk, run, ['X-1'])
      await apply(desk, run)
      const next = await begun(desk, { fileDigest: 'd2' })
      const { bases } = await desk.run(getPublishedBases, { runId: next.run.id, identifiers: ['X-1', 'none'] })
      expect(bases).toMatchObject([
        {
          record: { identifier: 'X-1', version: 1 },
          piece: { blockId: 'block-1', start: 0, length: 10 },
        },
      ])
    }))
})
