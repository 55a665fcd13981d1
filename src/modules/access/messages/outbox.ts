/** The outbox for the administrator: what was written to whom, and whether it went out. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import type { RecordRef } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { recordRead } from '../audit/record-read.ts'

export const MESSAGE_STATES = ['waiting', 'sent', 'failed', 'kept'] as const

export interface ListedMessage {
  readonly id: string
  readonly userId: string | null
  readonly toAddress: string
  readonly lang: string
  readonly purpose: string
  readonly subject: string
  readonly state: (typeof MESSAGE_STATES)[number]
  readonly tries: number
  readonly failure: string | null
  readonly createdAt: string
  readonly sentAt: string | null
}

export interface Message extends ListedMessage {
  readonly body: string
}

const COLUMNS = sql`
  id, user_id as "userId", to_address as "toAddress", lang, purpose, subject, state, tries, failure,
  created_at as "createdAt", sent_at as "sentAt"
`

export interface MessagePage {
  readonly rows: readonly ListedMessage[]
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null
}

/** Newest first, without the texts. */
export const listMessages = defineQuery({
  name: 'access.list-messages',
  permission: 'access.outbox.read',
  input: z.object({
    state: z.enum(MESSAGE_STATES).optional(),
    cursor: z
      .string()
      .regex(/^[0-9A-Z]{26}$/)
      .optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  async run({ db }, { state, cursor, limit }): Promise<MessagePage> {
    const found = await db.many<ListedMessage>(sql`
      select ${COLUMNS}
      from messages
      where (${state ?? null}::text is null or state = ${state ?? null}) and (${cursor ?? null}::text is null or id < ${cursor ?? null})
      order by id desc
      limit ${limit + 1}
    `)
    const rows = found.slice(0, limit)
    return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null }
  },
})

/** With its text, and so with a link that opens an account: the reading is noted. */
export const getMessage = defineQuery({
  name: 'access.get-message',
  permission: 'access.outbox.read',
  input: z.object({ id: z.string() }),
  async run({ whole, actor, clock }, { id }): Promise<Message> {
    const message = await findMessage(whole, id)
    await recordRead(whole, { operation: 'access.get-message', actor, at: clock.now(), ref: messageRef(id) })
    return message
  },
})

/** Once more from the beginning. Errors: Problem `access.message-gone` when it went out. */
export const resendMessage = defineCommand({
  name: 'access.resend-message',
  permission: 'access.user.edit',
  input: z.object({ id: z.string() }),
  async run({ db, changed }, { id }): Promise<{ id: string }> {
    const { state } = await findMessage(db, id)
    if (state === 'sent') throw new Problem('access.message-gone')
    await db.run(sql`update messages set state = 'waiting', tries = 0, failure = null where id = ${id}`)
    changed({ ref: messageRef(id), action: 'resent', version: 1 })
    return { id }
  },
})

async function findMessage(db: Db, id: string): Promise<Message> {
  const message = await db.maybe<Message>(sql`select ${COLUMNS}, body from messages where id = ${id}`)
  if (!message) throw new Problem('access.message-missing', { id })
  return message
}

function messageRef(id: string): RecordRef {
  return { module: 'access', aggregate: 'messages', id }
}
