/** Removes answers that nobody will ask for again; the nightly work runs it. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineCommand } from '../../../operations/index.ts'

const KEPT_HOURS = 24

export const removeOldAnswers = defineCommand({
  name: 'access.remove-old-answers',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({}),
  async run({ db, clock }): Promise<{ removed: number }> {
    const before = new Date(clock.now().getTime() - KEPT_HOURS * 60 * 60 * 1000)
    return { removed: await db.run(sql`delete from command_answers where at < ${before.toISOString()}`) }
  },
})
