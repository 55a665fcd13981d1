/** What is no longer needed goes, every night: addresses of sessions that are over, used links, old messages. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineCommand } from '../../../operations/index.ts'

/** Long enough to see in the list where one was signed in, and to answer a question about a mail. */
const KEPT_DAYS = 90
const DAY_MS = 86_400_000

export const tidyAccounts = defineCommand({
  name: 'access.tidy-accounts',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({}),
  async run({ db, clock }): Promise<{ sessions: number; links: number; messages: number }> {
    const now = clock.now()
    const old = new Date(now.getTime() - KEPT_DAYS * DAY_MS).toISOString()
    const dayAgo = new Date(now.getTime() - DAY_MS).toISOString()
    await db.run(sql`
      update sessions
      set ended_at = expires_at, end_reason = 'expired', address = null
      where ended_at is null and expires_at <= ${now.toISOString()}
    `)
    return {
      sessions: await db.run(sql`delete from sessions where ended_at < ${old}`),
      links: await db.run(sql`delete from one_time_links where expires_at < ${dayAgo}`),
      messages: await db.run(sql`delete from messages where created_at < ${old}`),
    }
  },
})
