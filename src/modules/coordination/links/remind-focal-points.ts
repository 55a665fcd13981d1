/**
 * Reminders, by night: whoever has not confirmed for eleven months, or was named a month ago and has not answered, is asked by mail, at
 * most once in thirty days and three times in a row. Whoever cannot be written to is left for a letter.
 */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineCommand } from '../../../operations/index.ts'
import { REMIND_DAYS_BEFORE, staleBefore } from '../focal-points/focal-point.ts'
import { selectFocalPoints } from '../focal-points/focal-point-rows.ts'
import { focalPointRef } from '../focal-points/trace.ts'
import { addresseeOf, writeAsking } from './ask-to-confirm.ts'

const DAYS_BETWEEN = 30
const MOST_IN_A_ROW = 3
/** Of one night. */
const MOST_AT_ONCE = 500
const DAY_MS = 24 * 60 * 60 * 1000

export const remindFocalPoints = defineCommand({
  name: 'coordination.remind-focal-points',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({}),
  limitSeconds: 'none',
  async run({ db, clock, actor, changed }): Promise<{ reminded: number; withoutAddress: number }> {
    const now = clock.now()
    const soonStale = new Date(staleBefore(now).getTime() + REMIND_DAYS_BEFORE * DAY_MS).toISOString()
    const monthAgo = new Date(now.getTime() - DAYS_BETWEEN * DAY_MS).toISOString()
    const due = await selectFocalPoints(
      db,
      sql`f.id in (
        select d.id
        from focal_points as d
        join persons as p on p.id = d.person_id and p.erased_at is null
        where d.ended_at is null
          and d.reminders < ${MOST_IN_A_ROW}
          and coalesce(d.confirmed_at <= ${soonStale}, d.created_at <= ${monthAgo})
          and (d.reminded_at is null or d.reminded_at <= ${monthAgo})
        order by d.confirmed_at nulls first, d.id
        limit ${MOST_AT_ONCE}
        for update of d skip locked
      )`,
    )
    let reminded = 0
    for (const one of due) {
      const addressee = await addresseeOf(db, one, now)
      if (addressee.email === null) continue
      await writeAsking(db, now, one, addressee, actor.id)
      changed({ ref: focalPointRef(one.id), action: 'reminded', version: one.version })
      reminded += 1
    }
    return { reminded, withoutAddress: due.length - reminded }
  },
})
