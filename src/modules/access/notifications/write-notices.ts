/** Writes notifications to the people whom they concern, and how far the trail was read, in one transaction: all of it or nothing. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Actor, defineCommand } from '../../../operations/index.ts'
import { loadPeopleWithRoles, peopleWith } from '../grants/scope-holders.ts'
import type { Audience, NoticeDraft } from './notification.ts'

export const writeNotices = defineCommand({
  name: 'access.write-notices',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({
    drafts: z.array(z.custom<NoticeDraft>()).max(5_000),
    /** Position up to which the trail was read; absent for what comes of the calendar. */
    upTo: z.number().int().min(0).optional(),
  }),
  async run({ db, clock }, { drafts, upTo }): Promise<{ written: number }> {
    // One at a time: a second process that looks at the same moment finds what this one wrote.
    await db.maybe(sql`select pg_advisory_xact_lock(7726310157)`)
    const people = drafts.length === 0 ? [] : await loadPeopleWithRoles(db)
    let written = 0
    for (const draft of drafts) {
      for (const userId of await readersOf(db, people, draft.audience)) {
        written += await insertNotice(db, clock.now(), userId, draft)
      }
    }
    if (upTo !== undefined) await noteProgress(db, upTo)
    return { written }
  },
})

async function readersOf(db: Db, people: readonly Actor[], audience: Audience): Promise<string[]> {
  const found = 'userId' in audience ? [audience.userId] : peopleWith(people, audience.permission, audience.scope)
  const accounts = await db.many<{ id: string }>(sql`
    select id from users where id = any(${found}::text[]) and state = 'active' order by id
  `)
  return accounts.map(({ id }) => id).filter((id) => id !== audience.exceptId)
}

function insertNotice(db: Db, at: Date, userId: string, { kind, cause, params, ref }: NoticeDraft): Promise<number> {
  return db.run(sql`
    insert into notifications (id, user_id, kind, cause, params, module, aggregate, record_id, created_at)
    values (${newId()}, ${userId}, ${kind}, ${cause}, ${JSON.stringify(params ?? {})}::jsonb, ${ref?.module ?? null},
            ${ref?.aggregate ?? null}, ${ref?.id ?? null}, ${at.toISOString()})
    on conflict (user_id, kind, cause) do nothing
  `)
}

/** Never backwards. */
async function noteProgress(db: Db, upTo: number): Promise<void> {
  await db.run(sql`
    insert into notification_progress (name, seen_seq)
    values ('audit', ${upTo})
    on conflict (name) do update set seen_seq = greatest(notification_progress.seen_seq, excluded.seen_seq)
  `)
}
