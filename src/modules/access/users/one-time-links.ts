/** Links and steps that work once and for a while. Only the digest of a token is kept. */
import { digestOf, newToken } from '../../../credentials/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { removeLinks } from '../messages/write-message.ts'

/** How long each works, in minutes. */
const MINUTES = {
  setup: 24 * 60,
  invitation: 7 * 24 * 60,
  password_reset: 60,
  email_change: 24 * 60,
  sign_in_step: 10,
  open_id: 10,
} as const

export type LinkKind = keyof typeof MINUTES

export interface OneTimeLink {
  readonly id: string
  readonly userId: string | null
  readonly details: Readonly<Record<string, unknown>>
}

/** Gives the token. With a user, an older link of the kind stops working. */
export async function makeLink(
  db: Db,
  at: Date,
  kind: LinkKind,
  { userId = null, details = {} }: { userId?: string | null; details?: OneTimeLink['details'] } = {},
): Promise<string> {
  const { token, digest } = newToken()
  if (userId !== null && kind !== 'sign_in_step') await endLinks(db, at, kind, userId)
  const expiresAt = new Date(at.getTime() + MINUTES[kind] * 60_000)
  await db.run(sql`
    insert into one_time_links (id, purpose, user_id, token_digest, details, created_at, expires_at)
    values (${newId()}, ${kind}, ${userId}, ${digest}, ${JSON.stringify(details)}::jsonb, ${at.toISOString()}, ${expiresAt.toISOString()})
  `)
  return token
}

export async function endLinks(db: Db, at: Date, kind: LinkKind, userId: string): Promise<void> {
  await db.run(sql`
    update one_time_links set used_at = ${at.toISOString()} where purpose = ${kind} and user_id = ${userId} and used_at is null
  `)
}

/** Whatever could still open the account, or move it to another address. The messages lose their links. */
export async function endEveryLink(db: Db, at: Date, userId: string): Promise<void> {
  for (const kind of ['password_reset', 'email_change', 'sign_in_step'] as const) await endLinks(db, at, kind, userId)
  for (const purpose of ['password-reset', 'email-change'] as const) await removeLinks(db, userId, purpose)
}

/** Whether it would still work. */
export function findLink(db: Db, at: Date, kind: LinkKind, token: string): Promise<OneTimeLink | undefined> {
  return db.maybe<OneTimeLink>(sql`
    select id, user_id as "userId", details
    from one_time_links
    where token_digest = ${digestOf(token)} and purpose = ${kind} and used_at is null and expires_at > ${at.toISOString()}
  `)
}

/** Uses it up: of two who come at once one wins. Errors: Problem `access.link-over`. */
export async function takeLink(db: Db, at: Date, kind: LinkKind, token: string): Promise<OneTimeLink> {
  const link = await db.maybe<OneTimeLink>(sql`
    update one_time_links
    set used_at = ${at.toISOString()}
    where token_digest = ${digestOf(token)} and purpose = ${kind} and used_at is null and expires_at > ${at.toISOString()}
    returning id, user_id as "userId", details
  `)
  if (!link) throw new Problem(kind === 'sign_in_step' || kind === 'open_id' ? 'access.sign-in-step-over' : 'access.link-over')
  return link
}

/** For a link that must belong to somebody. */
export function ownerOf({ userId }: OneTimeLink): string {
  if (userId === null) throw new Problem('access.link-over')
  return userId
}
