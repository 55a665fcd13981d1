/** Puts a message to a person into the outbox, in the transaction of what it tells. It goes out afterwards. */
import { type Db, sql } from '../../../database/db.ts'
import { translatorFor } from '../../../i18n/translator.ts'
import { newId } from '../../../kernel/ids.ts'
import { senderOfMessages } from './sender.ts'

export interface MessageDraft {
  /** Null for somebody without an account. */
  readonly userId: string | null
  readonly to: string
  readonly lang: string
  /** `invitation`, `password-reset`, ... */
  readonly purpose: string
  readonly subject: string
  readonly body: string
}

/** Gives the id. `db` must see the row: the recipient's own, or every one. */
export async function writeMessage(
  db: Db,
  at: Date,
  { userId, to, lang, purpose, subject, body }: MessageDraft,
): Promise<string> {
  const id = newId()
  await db.run(sql`
    insert into messages (id, user_id, to_address, lang, purpose, subject, body, state, created_at)
    values (${id}, ${userId}, ${to}, ${lang}, ${purpose}, ${subject}, ${body}, 'waiting', ${at.toISOString()})
  `)
  return id
}

/** Messages with a link, and the page to which it leads. */
const PAGE_OF = {
  invitation: '/invitation',
  'password-reset': '/password/reset',
  'email-change': '/account/email/confirm',
} as const
export type LinkPurpose = keyof typeof PAGE_OF

const NOTICES = [
  'email-change-notice',
  'password-changed',
  'password-reset-done',
  'second-factor-added',
  'second-factor-removed',
] as const
type Notice = (typeof NOTICES)[number]

interface Recipient {
  readonly id: string
  readonly email: string | null
  readonly name: string
  readonly lang: string
}

export async function writeLink(db: Db, at: Date, to: Recipient, purpose: LinkPurpose, token: string): Promise<string> {
  const link = `${senderOfMessages().publicUrl}/${to.lang}${PAGE_OF[purpose]}?token=${token}`
  return writeSaying(db, at, to, purpose, link)
}

/** Says what was changed, so that the owner learns of it when it was somebody else. */
export async function writeNotice(db: Db, at: Date, to: Recipient, notice: Notice): Promise<void> {
  await writeSaying(db, at, to, notice, '')
}

async function writeSaying(db: Db, at: Date, to: Recipient, purpose: LinkPurpose | Notice, link: string): Promise<string> {
  const t = translatorFor(to.lang)
  const params = { instance: senderOfMessages().instanceName, name: to.name, link }
  return writeMessage(db, at, {
    userId: to.id,
    to: to.email ?? '',
    lang: to.lang,
    purpose,
    subject: t(`account.mail.${purpose}.subject`, params),
    body: t(`account.mail.${purpose}.text`, params),
  })
}

/** The link stands on a line of its own. */
export function linkIn(body: string): string | undefined {
  return /^https?:\/\/\S+\?token=\S+$/m.exec(body)?.[0]
}

/** The same for single messages. */
export async function forgetLinks(db: Db, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return
  await db.run(sql`
    update messages
    set body = regexp_replace(body, '([?]token=)[[:alnum:]_-]+', '\\1…', 'g')
    where id = any(${messageIds}::text[])
  `)
}

/** What works once is kept no longer than it works: the token goes, the message stays. */
export async function removeLinks(db: Db, userId: string, purpose: LinkPurpose): Promise<void> {
  await db.run(sql`
    update messages
    set body = regexp_replace(body, '([?]token=)[[:alnum:]_-]+', '\\1…', 'g')
    where user_id = ${userId} and purpose = ${purpose}
  `)
}
