/** Everything that the module keeps about the own account, for its owner. Secrets are named, not shown. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { listSessionRows } from '../sessions/session.ts'
import { getUserRow } from './user.ts'
import { ownId, ownScope } from './user-rows.ts'

/** The trail of one person can be long; the newest are listed, all are counted. */
const NEWEST_EVENTS = 10_000

export const whatIsKeptAboutMe = defineQuery({
  name: 'access.what-is-kept-about-me',
  permission: 'access.own-account.read',
  scope: async ({ actor }) => ownScope(actor),
  input: z.object({}),
  async run({ db, whole, actor }) {
    const id = ownId(actor)
    return {
      account: await getUserRow(db, id),
      signIn: await db.one<Readonly<Record<string, unknown>>>(sql`
        select password_set_at as "passwordSetAt", totp_confirmed_at as "secondFactorSetAt",
               cardinality(recovery_digests) as "recoveryCodesLeft", failures as "failedAttempts", failed_at as "lastFailedAt"
        from user_secrets
        where user_id = ${id}
      `),
      identities: await db.many<Readonly<Record<string, unknown>>>(sql`
        select issuer, subject, linked_at as "linkedAt" from user_identities where user_id = ${id} order by linked_at, issuer, subject
      `),
      sessions: await listSessionRows(db, id, actor.sessionId, sql`true`),
      roles: await whole.many<Readonly<Record<string, unknown>>>(sql`
        select id, user_id as "userId", role, scope, scope_id as "scopeId", starts_at as "startsAt", ends_at as "endsAt",
               on_behalf_of as "onBehalfOf", reason, given_at as "givenAt", revoked_at as "revokedAt"
        from grants
        where user_id = ${id} or on_behalf_of = ${id}
        order by given_at, id
      `),
      keys: await db.many<Readonly<Record<string, unknown>>>(sql`
        select id, name, permissions, hourly_quota as "hourlyQuota", expires_at as "expiresAt", created_at as "createdAt",
               used_at as "usedAt", revoked_at as "revokedAt"
        from api_keys
        where user_id = ${id}
        order by created_at, id
      `),
      // A link in a text would be a way in for whoever gets hold of the file.
      messages: await db.many<Readonly<Record<string, unknown>>>(sql`
        select id, to_address as "to", lang, purpose, subject, regexp_replace(body, '([?]token=)[[:alnum:]_-]+', '\\1…', 'g') as body,
               state, created_at as "createdAt", sent_at as "sentAt"
        from messages
        where user_id = ${id}
        order by created_at, id
      `),
      notifications: await db.many<Readonly<Record<string, unknown>>>(sql`
        select id, kind, params, module, aggregate, record_id as "recordId", created_at as "createdAt", read_at as "readAt",
               mailed_at as "mailedAt"
        from notifications
        where user_id = ${id}
        order by created_at, id
      `),
      audit: {
        ...(await whole.one<{ events: number }>(
          sql`select count(*)::integer as events from audit_events where actor_id = ${id}`,
        )),
        newest: await whole.many<Readonly<Record<string, unknown>>>(sql`
          select at, operation, outcome, module, aggregate, record_id as "recordId", action
          from audit_events
          where actor_id = ${id}
          order by seq desc
          limit ${NEWEST_EVENTS}
        `),
      },
    }
  },
})
