/** What waits to go out, and what became of it. The sending itself happens between the two, outside of any transaction. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineCommand } from '../../../operations/index.ts'

export interface WaitingMessage {
  readonly id: string
  readonly to: string
  readonly lang: string
  readonly subject: string
  readonly body: string
}

/** After the first try it waits a minute, then until 4, 9 and 16 minutes after it was written. */
const MOST_TRIES = 5

/**
 * The next that is due, null when none is; `after` is the one before, so that a round comes to each once. It counts as tried from now
 * on: another process takes another one, and a message whose sending was interrupted comes again.
 */
export const claimWaitingMessage = defineCommand({
  name: 'access.claim-waiting-message',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({ after: z.string().default('') }),
  async run({ db, clock }, { after }): Promise<WaitingMessage | null> {
    const message = await db.maybe<WaitingMessage>(sql`
      update messages
      set tries = tries + 1
      where id = (
        select id
        from messages
        where state = 'waiting' and id > ${after} and created_at + tries * tries * interval '1 minute' <= ${clock.now().toISOString()}
        order by id
        limit 1
        for update skip locked
      )
      returning id, to_address as "to", lang, subject, body
    `)
    return message ?? null
  },
})

/** `sent` forgets the link in the text: it is with the recipient now. */
export const noteDelivery = defineCommand({
  name: 'access.note-delivery',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({
    id: z.string(),
    outcome: z.enum(['sent', 'kept', 'failed', 'refused']),
    failure: z.string().max(200).optional(),
  }),
  async run({ db, clock }, { id, outcome, failure }): Promise<void> {
    if (outcome === 'sent') {
      await db.run(sql`
        update messages
        set state = 'sent', failure = null, sent_at = ${clock.now().toISOString()},
            body = regexp_replace(body, '([?]token=)[[:alnum:]_-]+', '\\1…', 'g')
        where id = ${id}
      `)
    } else if (outcome === 'kept') {
      await db.run(sql`update messages set state = 'kept', tries = 0 where id = ${id} and state = 'waiting'`)
    } else {
      await db.run(sql`
        update messages
        set failure = ${failure ?? null},
            state = case when ${outcome} = 'refused' or tries >= ${MOST_TRIES} then 'failed' else 'waiting' end
        where id = ${id}
      `)
    }
  },
})
