import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sql } from '../../database/db.ts'
import { translatorFor } from '../../i18n/translator.ts'
import {
  digestOfListings,
  getSnapshot,
  type InitiativeFacts,
  listSnapshots,
  readSnapshotFile,
  storeSnapshot,
} from '../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../modules/registry/testing/registry-desk.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import { takeSnapshot } from './take-snapshot.ts'

const FACTS: InitiativeFacts = { title: { orig: 'en', texts: { en: 'Irrigation' } }, hosts: ['GHA'] }
const FILTER = { values: { collection: ['ours'] } }
const MEMBER: Actor = { id: 'member', kind: 'user', name: 'A member', grants: [] }

function take(desk: RegistryDesk, actor: Actor = LOCAL_ADMINISTRATOR, run: Operations['run'] = desk.run) {
  return takeSnapshot({ run }, { filter: FILTER, title: 'For a report' }, translatorFor('en'), actor)
}

test('who may not publish takes no snapshot', () =>
  atRegistryDesk(async (desk) => {
    await desk.import('ours', [{ identifier: 'A-1', facts: FACTS }])
    await expect(take(desk, MEMBER)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
    await expect(take(desk, ANONYMOUS)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
    expect(await desk.run(listSnapshots, {})).toEqual([])
  }))

test('one that is not there is missing, with its page named', () =>
  atRegistryDesk(async (desk) => {
    await expect(desk.run(getSnapshot, { id: 'nothing' })).rejects.toMatchObject({ code: 'registry.snapshot-missing' })
    await expect(desk.run(readSnapshotFile, { id: 'nothing' })).rejects.toMatchObject({ code: 'registry.snapshot-missing' })
  }))

test('data that change while they are read are read again, and after three times it is said', () =>
  atRegistryDesk(async (desk) => {
    await desk.import('ours', [{ identifier: 'A-1', facts: FACTS }])
    let readings = 0
    const run: Operations['run'] = async (operation, input, actor) => {
      if (operation.name === 'registry.export-open-rows') {
        readings += 1
        await desk.import('ours', [{ identifier: `B-${readings}`, facts: FACTS }])
      }
      return desk.run(operation, input, actor)
    }
    await expect(take(desk, LOCAL_ADMINISTRATOR, run)).rejects.toMatchObject({ code: 'exports.data-moving' })
    expect(readings).toBe(3)
    expect(await desk.run(listSnapshots, {})).toEqual([])
  }))

test('a snapshot keeps its file and its hash when the rows change, and everybody reads it without learning who took it', () =>
  atRegistryDesk(async (desk) => {
    await desk.import('ours', [{ identifier: 'A-1', facts: FACTS }])
    const { snapshotHash } = await desk.run(digestOfListings, { filter: FILTER }, ANONYMOUS)
    const taken = await take(desk)
    expect(taken).toMatchObject({
      title: 'For a report',
      filter: 'collection=ours',
      snapshotHash,
      takenBy: LOCAL_ADMINISTRATOR.id,
    })
    await desk.import('ours', [{ identifier: 'A-2', facts: FACTS }])
    expect((await desk.run(digestOfListings, { filter: FILTER }, ANONYMOUS)).snapshotHash).not.toBe(snapshotHash)
    const kept = await desk.run(getSnapshot, { id: taken.id }, ANONYMOUS)
    expect(kept).toMatchObject({ snapshotHash, counts: { listings: 1 }, takenBy: null, fileBytes: taken.fileBytes })
    const digest = createHash('sha256')
    for await (const piece of await desk.run(readSnapshotFile, { id: taken.id }, ANONYMOUS)) digest.update(piece)
    expect(digest.digest('hex')).toBe(kept.fileDigest)
    expect(kept.codeLists.length).toBeGreaterThan(20)
  }))

test('what is frozen is changed by no statement of the program', () =>
  atRegistryDesk(async (desk) => {
    const { allowed } = await desk.database.one<{ allowed: boolean[] }>(sql`
      select array_agg(has_table_privilege('sursur_program', t, p)) as allowed
      from unnest(array['snapshots', 'snapshot_chunks']) as t, unnest(array['update', 'delete', 'truncate']) as p
    `)
    expect(allowed).toEqual([false, false, false, false, false, false])
  }))

test('a file that is not the one that was described is not kept', () =>
  atRegistryDesk(async (desk) => {
    async function* file() {
      yield Buffer.from('other bytes')
    }
    const hash = 'a'.repeat(64)
    const stated = {
      filter: '',
      counts: {},
      snapshotHash: hash,
      contentHash: hash,
      codeLists: [],
      programVersion: '1',
      lang: 'en',
      takenAt: '2026-11-25T08:00:00Z',
      fileBytes: 5,
      fileDigest: hash,
    }
    await expect(desk.run(storeSnapshot, { ...stated, file: file() })).rejects.toThrow('changed while it was kept')
  }))
