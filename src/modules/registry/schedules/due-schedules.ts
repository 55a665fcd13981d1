/** The steps of the regular work that fetches what is due: taking one, saying that it is still being fetched, noting what came of it. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Actor, defineCommand, LOCAL_ADMINISTRATOR } from '../../../operations/index.ts'
import { findUserActor } from '../../access/index.ts'
import { getScheduleRow, type ImportSchedule, nextTime, timeAfterFailure } from './import-schedule.ts'

/** Without a sign of life for so long, whoever fetched it is gone. It gives one every minute. */
const HELD_FOR_MS = 5 * 60_000

export interface DueSchedule extends ImportSchedule {
  readonly etag: string | null
  readonly lastModified: string | null
  readonly fileDigest: string | null
  /** In whose name it is imported, with the rights of this moment; null when the account is closed. */
  readonly actor: Actor | null
}

/** Takes the one that is due longest; null when none is. Two processes never take the same. */
export const takeDueSchedule = defineCommand({
  name: 'registry.take-due-schedule',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({ holder: z.string().min(10) }),
  async run({ db, clock }, { holder }): Promise<DueSchedule | null> {
    const now = clock.now()
    const due = await db.maybe<{ id: string }>(sql`
      select id from import_schedules
      where not paused and next_at <= ${now.toISOString()} and (held_until is null or held_until <= ${now.toISOString()})
      order by next_at, id
      limit 1
      for update skip locked
    `)
    if (!due) return null
    const row = await getScheduleRow(db, due.id, now)
    const asked = await db.one<Pick<DueSchedule, 'etag' | 'lastModified' | 'fileDigest'>>(sql`
      update import_schedules
      set holder = ${holder}, held_until = ${new Date(now.getTime() + HELD_FOR_MS).toISOString()}
      where id = ${due.id}
      returning etag, last_modified as "lastModified", file_digest as "fileDigest"
    `)
    const actor = row.ownerId === LOCAL_ADMINISTRATOR.id ? LOCAL_ADMINISTRATOR : ((await findUserActor(db, row.ownerId)) ?? null)
    return { ...row, ...asked, isRunning: true, actor }
  },
})

/** Errors: Problem `schedules.taken-over` when it was removed, or another took it meanwhile: then whoever asks stops. */
export const holdSchedule = defineCommand({
  name: 'registry.hold-schedule',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({ id: z.string(), holder: z.string() }),
  async run({ db, clock }, { id, holder }): Promise<void> {
    const until = new Date(clock.now().getTime() + HELD_FOR_MS).toISOString()
    const held = await db.run(sql`update import_schedules set held_until = ${until} where id = ${id} and holder = ${holder}`)
    if (held === 0) throw new Problem('schedules.taken-over', { id })
  },
})

const Validator = z.string().max(500).nullable()

/** When it is next follows from what came of it. One that was removed or taken over meanwhile is left as it is. */
export const noteScheduleOutcome = defineCommand({
  name: 'registry.note-schedule-outcome',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({
    id: z.string(),
    holder: z.string(),
    outcome: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('imported'),
        runId: z.string(),
        etag: Validator,
        lastModified: Validator,
        fileDigest: z.string(),
      }),
      z.object({ kind: z.literal('unchanged') }),
      z.object({
        kind: z.literal('failed'),
        failure: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
      }),
    ]),
  }),
  async run({ db, clock }, { id, holder, outcome }): Promise<void> {
    const held = await db.maybe<Pick<ImportSchedule, 'every' | 'failures'>>(sql`
      select every, failures from import_schedules where id = ${id} and holder = ${holder} for update
    `)
    if (!held) return
    const now = clock.now()
    const at = now.toISOString()
    const failures = outcome.kind === 'failed' ? held.failures + 1 : 0
    const next = outcome.kind === 'failed' ? timeAfterFailure(held.every, failures, now) : nextTime(held.every, now)
    await db.run(sql`
      update import_schedules
      set last_at = ${at}, last_outcome = ${outcome.kind}, next_at = ${next.toISOString()}, failures = ${failures},
          failing_since = case when ${failures} = 0 then null else coalesce(failing_since, ${at}) end,
          last_failure = ${outcome.kind === 'failed' ? JSON.stringify(outcome.failure) : null}::jsonb,
          holder = null, held_until = null
      where id = ${id}
    `)
    if (outcome.kind !== 'imported') return
    await db.run(sql`
      update import_schedules
      set last_run = ${outcome.runId}, etag = ${outcome.etag}, last_modified = ${outcome.lastModified}, file_digest = ${outcome.fileDigest}
      where id = ${id}
    `)
  },
})
