/**
 * What the server does by itself: closes imports whose process died; at night a backup, proven readable, tidy tables, and a look at
 * the whole audit trail.
 */
import { join } from 'node:path'
import { nextBackupDue, writeNightlyBackup } from '../database/backup/nightly-backup.ts'
import { maintain } from '../database/maintain.ts'
import { removeOldAnswers } from '../modules/access/index.ts'
import { remindFocalPoints } from '../modules/coordination/index.ts'
import { expireConsents } from '../modules/directory/index.ts'
import { closeInterruptedRuns } from '../modules/registry/index.ts'
import { PROGRAM } from '../operations/index.ts'
import { verifyAuditTrail } from './audit-anchor.ts'
import type { App } from './open-app.ts'

/** Looked at every quarter of an hour, so that a laptop that slept through the night catches up. */
const LOOK_EVERY_MS = 15 * 60 * 1000

/** After the usual hour of the backup, UTC. */
const TIDY_HOUR = 2

export function backupFolderOf(dataFolder: string): string {
  return join(dataFolder, 'backups')
}

export interface NightlyWork {
  /** Does what is due at this instant; the timer calls it. */
  look(now?: Date): Promise<void>
  stop(): void
}

export function startNightlyWork({ settings, admin: database, operations }: App, say: (line: string) => void): NightlyWork {
  const folder = backupFolderOf(settings.dataFolder)
  let working = false
  let tidiedOn = ''

  async function look(now = new Date()): Promise<void> {
    if (working || !database.owner) return
    working = true
    try {
      await work(now)
    } finally {
      working = false
    }
  }

  async function work(now: Date): Promise<void> {
    await attempt('closing interrupted imports', () => operations.run(closeInterruptedRuns, { all: false }, PROGRAM))
    await attempt('the nightly backup', () => backUp(now))
    const today = now.toISOString().slice(0, 10)
    if (tidiedOn !== today && now.getUTCHours() >= TIDY_HOUR) {
      // The embedded engine has no vacuum of its own.
      await attempt('tidying the tables', () => maintain(database))
      await attempt('removing old answers of the API', () => operations.run(removeOldAnswers, {}, PROGRAM))
      await attempt('ending consents that are over', () => operations.run(expireConsents, {}, PROGRAM))
      await attempt('reminding focal points', () => operations.run(remindFocalPoints, {}, PROGRAM))
      await attempt('verifying the audit trail', verify)
      tidiedOn = today
    }
  }

  async function backUp(now: Date): Promise<void> {
    if (settings.nightlyBackups === 0 || nextBackupDue(folder, now) > now) return
    await writeNightlyBackup(database, folder, settings.nightlyBackups, now)
  }

  /** The page /audit shows the result as well. */
  async function verify(): Promise<void> {
    const { broken } = await verifyAuditTrail(database, settings.dataFolder)
    if (broken === null) return
    const { seq, finding } = broken
    say(`The audit trail is broken at event ${seq} (${finding}). Keep the backups and see sursur audit verify.`)
  }

  /** One that fails must not stop the others. */
  async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      say(`Failed: ${what}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  return { look, stop: () => clearInterval(timer) }
}
