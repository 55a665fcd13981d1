/** What the calendar brings: roles that end within a week, keys that end within two. And whose the roles of audit events are. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { listSoonEndingConsents, type SoonEndingConsent } from '../../directory/index.ts'
import { type GrantRecord, holdsNow, lenderStillHolds } from '../grants/grant.ts'

const ROLE_DAYS = 7
const KEY_DAYS = 14
const CONSENT_DAYS = 30
const DAY_MS = 86_400_000

export type DatedGrant = Pick<GrantRecord, 'id' | 'userId' | 'role' | 'scope' | 'scopeId' | 'endsAt' | 'revokedAt'>

export interface Calendar {
  readonly roles: readonly DatedGrant[]
  readonly keys: readonly { readonly id: string; readonly userId: string; readonly name: string; readonly expiresAt: string }[]
  readonly consents: readonly SoonEndingConsent[]
}

const GRANT = sql`g.id, g.user_id as "userId", g.role, g.scope, g.scope_id as "scopeId", g.ends_at as "endsAt", g.revoked_at as "revokedAt"`

export const readCalendar = defineQuery({
  name: 'access.read-calendar',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({}),
  async run({ db, clock }): Promise<Calendar> {
    const now = clock.now()
    const within = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString()
    return {
      roles: await db.many<DatedGrant>(sql`
        select ${GRANT}
        from grants as g
        where ${holdsNow('g')} and ${lenderStillHolds('g')} and g.ends_at > ${now.toISOString()} and g.ends_at <= ${within(ROLE_DAYS)}
        order by g.id
      `),
      keys: await db.many<Calendar['keys'][number]>(sql`
        select id, user_id as "userId", name, expires_at as "expiresAt"
        from api_keys
        where revoked_at is null and expires_at > ${now.toISOString()} and expires_at <= ${within(KEY_DAYS)}
        order by id
      `),
      consents: await listSoonEndingConsents(db, now, CONSENT_DAYS, null),
    }
  },
})

export const findGrants = defineQuery({
  name: 'access.find-grants',
  permission: 'access.installation.run',
  rows: 'whole',
  input: z.object({ ids: z.array(z.string()).max(1_000) }),
  run: ({ db }, { ids }): Promise<DatedGrant[]> => grantsById(db, ids),
})

function grantsById(db: Db, ids: readonly string[]): Promise<DatedGrant[]> {
  return db.many<DatedGrant>(sql`select ${GRANT} from grants as g where g.id = any(${ids}::text[]) order by g.id`)
}
