/** What the server does at night: a backup, proven readable, the oldest ones removed, and the tables tidied. */
import { join } from 'node:path'
import { nextBackupDue, writeNightlyBackup } from '../database/backup/nightly-backup.ts'
import { maintain } from '../database/maintain.ts'
import type { App } from './open-app.ts'

/** Looked at every quarter of an hour, so that a laptop that slept through the night catches up. */
const LOOK_EVERY_MS = 15 * 60 * 1000

export function backupFolderOf(dataFolder: string): string {
  return join(dataFolder, 'backups')
}

export function startNightlyWork({ settings, database }: App, say: (line: string) => void): { stop(): void } {
  const folder = backupFolderOf(settings.dataFolder)
  let working = false
  async function look(): Promise<void> {
    const now = new Date()
    if (working || settings.nightlyBackups === 0 || !database.owner || nextBackupDue(folder, now) > now) return
    working = true
    try {
      await writeNightlyBackup(database, folder, settings.nightlyBackups, now)
      // The embedded engine has no vacuum of its own.
      await maintain(database)
    } catch (error) {
      say(`The nightly backup failed: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      working = false
    }
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
