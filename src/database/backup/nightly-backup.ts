/** The backup of every night: when it is due, writing it, and keeping the last few. The app does the waiting. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../db.ts'
import { type BackupResult, backup, verifyBackup } from './backup.ts'

/** Two in the morning, UTC, unless the installation says otherwise. */
const USUAL_HOUR = 2

const NAME = /^sursur-(\d{4})-(\d{2})-(\d{2})T(\d{2})(\d{2})(\d{2})Z\.jsonl\.gz$/

export interface StoredBackup {
  readonly file: string
  readonly writtenAt: Date
}

/** The backups of a folder, newest first; other files in it are not touched. */
export function listBackups(folder: string): StoredBackup[] {
  return readNames(folder)
    .flatMap((name) => {
      const found = NAME.exec(name)
      if (!found) return []
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number)
      return [{ file: join(folder, name), writtenAt: new Date(Date.UTC(year, month - 1, day, hour, minute, second)) }]
    })
    .sort((a, b) => b.writtenAt.getTime() - a.writtenAt.getTime())
}

/** The next time at `hour` o'clock UTC after the last backup; in the past when one was missed, and `now` when there is none. */
export function nextBackupDue(folder: string, now: Date, hour: number = USUAL_HOUR): Date {
  const last = listBackups(folder)[0]?.writtenAt
  if (last === undefined) return now
  const due = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), last.getUTCDate(), hour))
  if (due <= last) due.setUTCDate(due.getUTCDate() + 1)
  return due
}

/**
 * Writes a backup, reads it again to prove that it can be read, and only then removes all but the newest `keep`.
 * Errors as in `backup`.
 */
export async function writeNightlyBackup(database: Database, folder: string, keep: number, now: Date): Promise<BackupResult> {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '')
  const result = await backup(database, join(folder, `sursur-${stamp}Z.jsonl.gz`), now)
  await verifyBackup(result.file)
  for (const { file } of listBackups(folder).slice(Math.max(keep, 1))) rmSync(file, { force: true })
  return result
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
