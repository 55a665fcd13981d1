/** What waits to go out, and what became of it. The sending itself happens between the two, outside of any transaction. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'

export interface WaitingMessage {
  readonly id: string
  readonly to: string
  readonly lang: string
  readonly subject: string
  readonly body: string
}

/** After each failed try it waits longer: 1, 4, 9, 16 minutes. */
const MOST_TRIES = 5
const AT_ONCE = 50

export const listWaitingMessages = defineQuery({
  name: 'access.list-waiting-messages',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({}),
  run: ({ db, clock }): Promise<WaitingMessage[]> =>
    db.many<WaitingMessage>(sql`
      select id, to_address as "to", lang, subject, body
      from messages
      where state = 'waiting' and created_at + tries * tries * interval '1 minute' <= ${clock.now().toISOString()}
      order by created_at, id
      limit ${AT_ONCE}
    `),
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
        set state = 'sent', tries = tries + 1, failure = null, sent_at = ${clock.now().toISOString()},
            body = regexp_replace(body, '([?]token=)[[:alnum:]_-]+', '\\1…', 'g')
        where id = ${id}
      `)
    } else if (outcome === 'kept') {
      await db.run(sql`update messages set state = 'kept' where id = ${id} and state = 'waiting'`)
    } else {
      await db.run(sql`
        update messages
        set tries = tries + 1, failure = ${failure ?? null},
            state = case when ${outcome} = 'refused' or tries + 1 >= ${MOST_TRIES} then 'failed' else 'waiting' end
        where id = ${id}
      `)
    }
  },
})
