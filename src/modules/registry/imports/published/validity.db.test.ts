import { describe, expect, test } from 'vitest'
import { sql } from '../../../../database/db.ts'
import { newId } from '../../../../kernel/ids.ts'
import type { ProblemReport } from '../../../../kernel/problems.ts'
import type { Actor } from '../../../../operations/index.ts'
import { getPublishedOrigin, getPublisherValidity, getRunValidity, listPublishers, listRunProblems } from '../../index.ts'
import { deriveColumns } from '../../initiatives/derive-columns.ts'
import type { InitiativeFacts, InitiativeRecord } from '../../initiatives/initiative.ts'
import { searchVectorOf } from '../../initiatives/search-words.ts'
import { atRegistryDesk, type RegistryDesk } from '../../testing/registry-desk.ts'
import { applyImportRun } from '../apply-import.ts'
import { addPublishedRows } from './add-published-rows.ts'
import { type BegunRun, beginPublishedRun } from './published-run.ts'

const HOLDER = 'the-only-process'

const FACTS: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Solar pumps' } },
  reportingOrg: { ref: 'XM-1', name: 'Pump Fund' },
}

async function begin(desk: RegistryDesk, fileDigest: string): Promise<BegunRun> {
  const answer = await desk.run(beginPublishedRun, {
    collection: { key: 'portfolio' },
    fileName: 'activities.xml',
    fileDigest,
    fileBytes: 1_000,
    format: 'iati',
    series: 'activities.xml',
    edition: 1,
    holder: HOLDER,
  })
  if (answer.kind !== 'begun') throw new Error(`Not begun: ${answer.kind}`)
  return answer.begun
}

function line({ run, collectionId }: BegunRun, identifier: string): string {
  const at = '2026-11-24T12:00:00.000Z'
  const record: InitiativeRecord = {
    id: newId(),
    collectionId,
    identifier,
    state: 'published',
    version: 1,
    publishedVersion: 1,
    importDigest: `=${identifier}`,
    createdAt: at,
    createdBy: 'someone',
    updatedAt: at,
    updatedBy: 'someone',
    ownerOrg: null,
    visibility: 'public',
    facts: FACTS,
    listed: [{ id: newId(), year: null, sourceRow: null, runId: run.id, revision: null, groupKey: null }],
  }
  const { searchWords, ...derived } = deriveColumns(record)
  const source = { blockId: 'block', start: 0, length: 10, pieceDigest: `p-${identifier}`, statedAt: null }
  return JSON.stringify({ record, derived: { ...derived, searchVector: searchVectorOf(searchWords) }, source })
}

function found(activity: string, level: 'error' | 'warning', code = 'iati.not-well-formed', at = 3): ProblemReport {
  return { code, params: { reason: 'x' }, level, place: { file: 'activities.xml', line: at, activity, element: 'title' } }
}

/** Reads and applies: what is created, how many were passed over, what was found. */
async function importOnce(
  desk: RegistryDesk,
  digest: string,
  { created = [], unchanged = 0, problems = [], withdrawn = [] }: Partial<Batch>,
): Promise<string> {
  const run = await begin(desk, digest)
  await desk.run(addPublishedRows, {
    runId: run.run.id,
    holder: HOLDER,
    created: Buffer.from(created.map((identifier) => line(run, identifier)).join('\n')),
    changed: [],
    changedFrom: 0,
    block: null,
    problems: [...problems],
    counts: { read: created.length + unchanged, created: created.length, changed: 0, unchanged, rejected: 0 },
    bytesRead: 500,
  })
  await desk.run(applyImportRun, {
    runId: run.run.id,
    published: { holder: HOLDER, digest, withdrawn: [...withdrawn], returned: [] },
  })
  await desk.database.run(sql`select set_config('app.run', '', true)`)
  return run.run.id
}

interface Batch {
  readonly created: readonly string[]
  readonly unchanged: number
  readonly problems: readonly ProblemReport[]
  readonly withdrawn: readonly string[]
}

const FOREIGN: Actor = {
  id: 'foreign',
  kind: 'user',
  name: 'Foreign',
  grants: [{ role: 'entity_focal_point', scope: 'entity', scopeId: 'office', orgs: ['office'], countries: [] }],
}

describe('validity of a published file', () => {
  test('a publisher of whom nothing was imported is said to be missing, and one of somebody else’s files is not shown', () =>
    atRegistryDesk(async (desk) => {
      await importOnce(desk, 'd1', { created: ['X-1'] })
      await expect(desk.run(getPublisherValidity, { publisher: 'XM-2' })).rejects.toMatchObject({
        code: 'registry.publisher-missing',
      })
      expect(await desk.run(listPublishers, {}, FOREIGN)).toEqual({ rows: [], total: 0 })
      await expect(desk.run(getPublisherValidity, { publisher: 'XM-1' }, FOREIGN)).rejects.toMatchObject({
        code: 'registry.publisher-missing',
      })
    }))

  test('problems are counted by rule, errors first, with the first of each', () =>
    atRegistryDesk(async (desk) => {
      const problems = [
        found('X-1', 'warning', 'iati.too-deep'),
        found('X-1', 'warning', 'iati.too-deep', 9),
        found('X-2', 'error'),
      ]
      const runId = await importOnce(desk, 'd1', { created: ['X-1'], problems })
      const validity = await desk.run(getRunValidity, { runId })
      expect(validity).toMatchObject({
        errors: 1,
        warnings: 2,
        activitiesWithErrors: 1,
        activitiesWithWarnings: 1,
        files: [{ file: 'activities.xml', errors: 1, warnings: 2 }],
      })
      expect(validity.rules).toMatchObject([
        { code: 'iati.not-well-formed', level: 'error', count: 1, example: { place: { activity: 'X-2', element: 'title' } } },
        { code: 'iati.too-deep', level: 'warning', count: 2, example: { place: { line: 3 } } },
      ])
      const chosen = await desk.run(listRunProblems, { runId, level: 'warning', activity: 'x-', limit: 1, offset: 1 })
      expect(chosen).toMatchObject({ total: 2, rows: [{ place: { line: 9, activity: 'X-1' } }] })
      expect((await desk.run(listRunProblems, { runId, rule: 'iati.other' })).total).toBe(0)
    }))

  test('what was found in an activity that has not changed still holds after the next import, and no longer once it is withdrawn', () =>
    atRegistryDesk(async (desk) => {
      const first = await importOnce(desk, 'd1', {
        created: ['X-1', 'X-2'],
        problems: [found('X-1', 'warning'), found('X-2', 'warning')],
      })
      const second = await importOnce(desk, 'd2', { unchanged: 2, problems: [found('X-2', 'error', 'iati.too-deep')] })
      const { rows } = await desk.run(listRunProblems, { runId: second })
      expect(rows).toMatchObject([
        { runId: second, level: 'error', place: { activity: 'X-2' } },
        { runId: first, level: 'warning', place: { activity: 'X-1' } },
      ])
      const { id } = await desk.database.one<{ id: string }>(sql`select id from initiatives where identifier = 'X-1'`)
      const third = await importOnce(desk, 'd3', { unchanged: 1, withdrawn: [id] })
      expect(await desk.run(getRunValidity, { runId: third })).toMatchObject({ errors: 0, warnings: 1 })
      expect(await desk.run(getRunValidity, { runId: second })).toMatchObject({ errors: 1, warnings: 1 })
      expect((await desk.run(getPublishedOrigin, { id }))?.withdrawnAt).not.toBeNull()
    }))

  test('a publisher has its files, each with the newest import and the one before', () =>
    atRegistryDesk(async (desk) => {
      const first = await importOnce(desk, 'd1', { created: ['X-1', 'X-2'], problems: [found('X-3', 'error')] })
      const second = await importOnce(desk, 'd2', { unchanged: 2 })
      expect(await desk.run(listPublishers, {})).toMatchObject({
        total: 1,
        rows: [{ publisher: 'XM-1', name: 'Pump Fund', activities: 2, files: 1 }],
      })
      const { files, moreFiles } = await desk.run(getPublisherValidity, { publisher: 'XM-1' })
      expect(moreFiles).toBe(0)
      expect(files).toMatchObject([
        {
          collection: 'portfolio',
          series: 'activities.xml',
          activities: 2,
          withdrawn: 0,
          latest: { run: { id: second }, rules: [] },
          previous: { run: { id: first }, rules: [{ code: 'iati.not-well-formed', count: 1 }] },
        },
      ])
    }))
})
