import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../database/db.ts'
import { getAuditState } from '../modules/access/index.ts'
import { LOCAL_ADMINISTRATOR } from '../operations/index.ts'
import { startNightlyWork } from './nightly-work.ts'
import { type App, openApp } from './open-app.ts'
import { readSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-night-'))
let app: App

beforeAll(async () => {
  app = await openApp(readSettings({ dataFolder: folder, emptyStart: 'yes' }, {}))
}, 120_000)
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The lines of the log, as of this night. */
async function night(day: string): Promise<string[]> {
  const said: string[] = []
  const work = startNightlyWork(app, (line) => void said.push(line))
  await work.look(new Date(`${day}T03:00:00Z`))
  work.stop()
  return said
}

test('an event that was changed is said in the log and beside the audit trail, after a night when nothing was to be said', async () => {
  expect(await night('2026-11-24')).toEqual([])
  await app.admin.run(sql`alter table audit_events disable trigger user`)
  await app.admin.run(sql`update audit_events set reason = 'forged' where seq = 1`)
  await app.admin.run(sql`alter table audit_events enable trigger user`)
  expect(await night('2026-11-25')).toEqual([
    'The audit trail is broken at event 1 (changed). Keep the backups and see sursur audit verify.',
  ])
  const { lastVerification } = await app.operations.run(getAuditState, {}, LOCAL_ADMINISTRATOR)
  expect(lastVerification).toMatchObject({ brokenSeq: 1, finding: 'changed' })
})

test('a folder of backups that cannot be read stops nothing else', async () => {
  rmSync(join(folder, 'backups'), { recursive: true, force: true })
  writeFileSync(join(folder, 'backups'), 'not a folder')
  const said = await night('2026-11-26')
  expect(said).toEqual([
    expect.stringContaining('Failed: the nightly backup'),
    expect.stringContaining('The audit trail is broken at event 1'),
  ])
})
