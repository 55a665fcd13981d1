/** Signing out: here, elsewhere, everywhere; and the list of where somebody is signed in. */
import { z } from 'zod'
import { digestOf } from '../../../credentials/index.ts'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { ownId, ownScope } from '../users/user-rows.ts'
import { endSessions, type ListedSession, listSessionRows } from './session.ts'

/** The session of this token; nothing happens when it is over. */
export const signOut = defineCommand({
  name: 'access.sign-out',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({ token: z.string() }),
  async run(context, { token }): Promise<void> {
    await endSessions(context, sql`s.token_digest = ${digestOf(token)}`, 'signed-out')
  },
})

/** Errors: Problem `access.session-missing`. */
export const endOwnSession = defineCommand({
  name: 'access.end-own-session',
  permission: 'access.own-account.edit',
  rows: 'whole',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({ id: z.string() }),
  async run(context, { id }): Promise<{ id: string }> {
    const ended = await endSessions(context, sql`s.id = ${id} and s.user_id = ${ownId(context.actor)}`, 'signed-out')
    if (ended.length === 0) throw new Problem('access.session-missing', { id })
    return { id }
  },
})

export const signOutEverywhere = defineCommand({
  name: 'access.sign-out-everywhere',
  permission: 'access.own-account.edit',
  rows: 'whole',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({}),
  async run(context): Promise<{ ended: number }> {
    const ended = await endSessions(context, sql`s.user_id = ${ownId(context.actor)}`, 'signed-out-everywhere')
    return { ended: ended.length }
  },
})

/** Open sessions, the last used first. */
export const listOwnSessions = defineQuery({
  name: 'access.list-own-sessions',
  permission: 'access.own-account.read',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({}),
  run: ({ db, clock, actor }): Promise<ListedSession[]> =>
    listSessionRows(db, ownId(actor), actor.sessionId, sql`s.ended_at is null and s.expires_at > ${clock.now().toISOString()}`),
})
