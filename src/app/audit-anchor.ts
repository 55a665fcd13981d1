/**
 * The head of the audit trail, noted outside the database: `audit-head.json` in the data folder after each event, and a line a day
 * in `audit-heads.jsonl`. Whoever cuts or rewrites the trail in the database would have to change these and every backup as well.
 *
 * A note that the trail contradicts is evidence, so it is never overwritten.
 */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { findAuditHead } from '../database/backup/audit-head.ts'
import { type Database, sql } from '../database/db.ts'
import { syncPath } from '../database/embedded/copy-durably.ts'
import { defineProblems, Problem } from '../kernel/problems.ts'
import { type AuditAnchor, type ChainVerification, noteVerification, verifyAuditChain } from '../modules/access/index.ts'

defineProblems('audit', {
  'anchor-unreadable': { kind: 'invalid', params: ['file'] },
})

const HEAD_FILE = 'audit-head.json'
const HEADS_FILE = 'audit-heads.jsonl'

/** Reads add to the trail without a command, and other processes do: so it is looked at all the time, by one row of an index. */
const LOOK_EVERY_MS = 2_000

interface NotedHead {
  readonly seq: number
  readonly hash: string
  readonly at: string
}

export interface AuditAnchoring {
  /** Notes the head if it is another than the last; the timer calls it. */
  look(): Promise<void>
  /** Notes the last head. The database must still be open. */
  close(): Promise<void>
}

export function anchorAuditHead(database: Database, dataFolder: string): AuditAnchoring {
  let seen: string | undefined
  let waiting = 0
  let looking: Promise<void> = Promise.resolve()

  async function noteIfMoved(): Promise<void> {
    const head = await findAuditHead(database)
    if (head === undefined || head.hash === seen) return
    await noteAuditHead(database, dataFolder, new Date())
    seen = head.hash
  }

  function look(): Promise<void> {
    waiting += 1
    // What fails here (a full disk, a database that restarts) is tried again, and a missing note loses nothing that was saved.
    looking = looking
      .then(noteIfMoved)
      .catch(() => {})
      .finally(() => {
        waiting -= 1
      })
    return looking
  }

  const timer = setInterval(() => {
    // A database that is busy for long must not find a row of looks waiting.
    if (waiting === 0) void look()
  }, LOOK_EVERY_MS)
  timer.unref()

  return {
    look,
    async close() {
      clearInterval(timer)
      await look()
    },
  }
}

/** Writes the head down unless what is noted stands further on, or is not what the trail holds at that position. */
export async function noteAuditHead(database: Database, dataFolder: string, now: Date): Promise<void> {
  const head = await findAuditHead(database)
  if (head === undefined) return
  const noted = readLines(join(dataFolder, HEAD_FILE))[0]
  if (noted !== undefined) {
    if (noted.seq >= head.seq) return
    const kept = await database.maybe<{ hash: string }>(sql`select hash from audit_events where seq = ${noted.seq}`)
    if (kept?.hash !== noted.hash) return
  }
  const line = `${JSON.stringify({ seq: head.seq, hash: head.hash, at: now.toISOString() } satisfies NotedHead)}\n`
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const days = readLines(join(dataFolder, HEADS_FILE))
  if (days.at(-1)?.at.slice(0, 10) !== now.toISOString().slice(0, 10)) {
    writeWhole(dataFolder, HEADS_FILE, days.map((day) => `${JSON.stringify(day)}\n`).join('') + line)
  }
  writeWhole(dataFolder, HEAD_FILE, line)
}

/** What the files of the data folder say. Errors: Problem `audit.anchor-unreadable`. */
export function readAuditAnchors(dataFolder: string): AuditAnchor[] {
  return [HEAD_FILE, HEADS_FILE].flatMap((file) =>
    readLines(join(dataFolder, file)).map(({ seq, hash }) => ({ seq, hash, source: file })),
  )
}

/** Verifies against the files of the data folder and further anchors, and notes the result. */
export async function verifyAuditTrail(
  database: Database,
  dataFolder: string,
  further: readonly AuditAnchor[] = [],
): Promise<ChainVerification> {
  const verification = await verifyAuditChain(database, [...readAuditAnchors(dataFolder), ...further])
  await noteVerification(database, verification, new Date())
  return verification
}

function readLines(path: string): NotedHead[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => asNotedHead(line, basename(path)))
}

function asNotedHead(line: string, file: string): NotedHead {
  try {
    const { seq, hash, at } = JSON.parse(line) as Partial<NotedHead>
    if (Number.isSafeInteger(seq) && typeof hash === 'string' && typeof at === 'string') return { seq: Number(seq), hash, at }
  } catch (cause) {
    throw new Problem('audit.anchor-unreadable', { file }, { cause })
  }
  throw new Problem('audit.anchor-unreadable', { file })
}

/** Under its name it is always whole; the name of the draft is this process's own, because a command may run beside the server. */
function writeWhole(folder: string, file: string, text: string): void {
  const draft = join(folder, `${file}.${process.pid}.part`)
  const handle = openSync(draft, 'w', 0o600)
  try {
    writeSync(handle, text)
  } finally {
    closeSync(handle)
  }
  syncPath(draft)
  renameSync(draft, join(folder, file))
}
