/** Where somebody is signed in: a random token in a cookie, of which only the digest is kept. */
import { z } from 'zod'
import { newToken } from '../../../credentials/index.ts'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import type { CommandContext } from '../../../operations/index.ts'
import type { AccountLanguage, User } from '../users/user.ts'

/** What a sign-in says about itself; the rest comes from the account. */
export const SessionStart = z.object({
  /** Shown in the list of sessions, so that the owner recognises them. */
  address: z.string().max(100).optional(),
  agent: z.string().optional(),
  /** It ends after so long whatever happens. */
  hours: z.number().positive(),
})
export type SessionStart = z.output<typeof SessionStart>

export interface NewSession {
  readonly userId: string
  readonly sessionId: string
  /** For the cookie; kept nowhere. */
  readonly token: string
  readonly expiresAt: string
  readonly lang: AccountLanguage
}

export type SignInMethod = 'password' | 'open_id' | 'setup' | 'invitation'

/** Browsers name themselves at length; a list has room for this much. */
const LONGEST_AGENT = 200

export async function startSession(
  { db, clock, changed }: Pick<CommandContext, 'db' | 'clock' | 'changed'>,
  user: Pick<User, 'id' | 'lang'>,
  method: SignInMethod,
  { address, agent, hours }: SessionStart,
  secondFactor = false,
): Promise<NewSession> {
  const { token, digest } = newToken()
  const [sessionId, at] = [newId(), clock.now()]
  const expiresAt = new Date(at.getTime() + hours * 3_600_000).toISOString()
  await db.run(sql`
    insert into sessions (id, user_id, token_digest, method, second_factor, agent, address, created_at, seen_at, expires_at)
    values (${sessionId}, ${user.id}, ${digest}, ${method}, ${secondFactor}, ${shortAgent(agent)}, ${address ?? null},
            ${at.toISOString()}, ${at.toISOString()}, ${expiresAt})
  `)
  await db.run(sql`update users set signed_in_at = ${at.toISOString()} where id = ${user.id}`)
  await db.run(sql`update user_secrets set failures = 0, failed_at = null where user_id = ${user.id}`)
  changed({ ref: sessionRef(sessionId), action: 'started', version: 1, reason: method })
  return { userId: user.id, sessionId, token, expiresAt, lang: user.lang }
}

export type EndReason =
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'password-changed'
  | 'second-factor-reset'
  | 'suspended'
  | 'deleted'

/** Those of the account that are open and meet the condition (`s` is the session). Gives their ids. */
export async function endSessions(
  { db, clock, changed }: Pick<CommandContext, 'db' | 'clock' | 'changed'>,
  condition: Sql,
  reason: EndReason,
): Promise<string[]> {
  const ended = await db.many<{ id: string }>(sql`
    update sessions as s
    set ended_at = ${clock.now().toISOString()}, end_reason = ${reason}, address = null
    where s.ended_at is null and ${condition}
    returning s.id
  `)
  for (const { id } of ended) changed({ ref: sessionRef(id), action: 'ended', version: 2, reason })
  return ended.map(({ id }) => id)
}

function shortAgent(agent: string | undefined): string | null {
  const line =
    agent
      ?.replace(/\p{C}+/gu, ' ')
      .slice(0, LONGEST_AGENT)
      .trim() ?? ''
  return line === '' ? null : line
}

function sessionRef(id: string) {
  return { module: 'access', aggregate: 'sessions', id }
}

/** Of the own sessions, for the owner. */
export interface ListedSession {
  readonly id: string
  readonly method: SignInMethod
  readonly secondFactor: boolean
  readonly agent: string | null
  readonly address: string | null
  readonly createdAt: string
  readonly seenAt: string
  readonly expiresAt: string
  readonly endedAt: string | null
  readonly endReason: string | null
  /** The one that asks. */
  readonly current: boolean
}

export function listSessionRows(db: Db, userId: string, currentId: string | undefined, condition: Sql): Promise<ListedSession[]> {
  return db.many<ListedSession>(sql`
    select s.id, s.method, s.second_factor as "secondFactor", s.agent, s.address, s.created_at as "createdAt",
           s.seen_at as "seenAt", s.expires_at as "expiresAt", s.ended_at as "endedAt", s.end_reason as "endReason",
           s.id = ${currentId ?? ''} as current
    from sessions as s
    where s.user_id = ${userId} and ${condition}
    order by s.seen_at desc, s.id
  `)
}
