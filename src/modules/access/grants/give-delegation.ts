/**
 * A focal point lends the own role: for an absence, or to a ministry or office in the same scope. It always ends by itself, within a
 * year and with the lender's own role, and at once when it is taken back, when the lender loses the role or is suspended. What was lent cannot be lent on.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import type { GivenRole, ScopeKind } from '../policy/role-table.ts'
import { type GrantRecord, grantGiven, holdsNow, insertGrant, requireTime, startOf } from './grant.ts'

const DELEGABLE = ['national_focal_point', 'entity_focal_point'] as const satisfies readonly GivenRole[]

const LONGEST_DAYS = 366

export const giveDelegation = defineCommand({
  name: 'access.give-delegation',
  permission: 'access.delegation.give',
  // The lender sees no other account; this looks for one by id or address and gives back no more than was asked.
  rows: 'whole',
  input: z
    .object({
      toUserId: z.string().optional(),
      toEmail: z.string().trim().toLowerCase().optional(),
      /** Needed only by whoever holds several roles. */
      role: z.enum(DELEGABLE).optional(),
      scopeId: z.string().optional(),
      from: z.iso.datetime({ offset: true }).optional(),
      until: z.iso.datetime({ offset: true }),
      reason: z.string().trim().min(1).max(2_000),
    })
    .refine(({ toUserId, toEmail }) => (toUserId === undefined) !== (toEmail === undefined), {
      path: ['toUserId'],
      message: 'toUserId, toEmail',
    }),
  async run({ db, clock, actor, changed }, input): Promise<GrantRecord> {
    const { endsAt: ownEndsAt, ...own } = await getOwnRole(db, actor.id, input)
    const userId = await getBorrower(db, input)
    if (userId === actor.id) throw new Problem('grants.not-to-yourself', {}, { place: { field: 'toUserId' } })
    const startsAt = await startOf(db, input.from)
    const endsAt = new Date(input.until).toISOString()
    await requireTime(db, startsAt, endsAt)
    await requireShort(db, endsAt, ownEndsAt)
    const grant = await insertGrant(db, {
      id: newId(),
      userId,
      ...own,
      startsAt,
      endsAt,
      onBehalfOf: actor.id,
      reason: input.reason,
      givenAt: clock.now().toISOString(),
      givenBy: actor.id,
    })
    changed(grantGiven(grant, 'delegated'))
    return grant
  },
})

interface OwnRole {
  readonly role: GivenRole
  readonly scope: ScopeKind
  readonly scopeId: string | null
  readonly endsAt: string | null
}

/** Errors: Problems `grants.nothing-to-delegate`, `grants.which-to-delegate`. */
async function getOwnRole(
  db: Db,
  userId: string,
  { role, scopeId }: { role?: GivenRole | undefined; scopeId?: string | undefined },
): Promise<OwnRole> {
  const held = await db.many<OwnRole>(sql`
    select g.role, g.scope, g.scope_id as "scopeId", g.ends_at as "endsAt"
    from grants as g
    where g.user_id = ${userId} and g.on_behalf_of is null and g.role = any(${DELEGABLE}::text[]) and ${holdsNow('g')}
    order by g.id
  `)
  const wanted = held.filter((own) => (role ?? own.role) === own.role && (scopeId ?? own.scopeId) === own.scopeId)
  const [only] = wanted
  if (!only) throw new Problem('grants.nothing-to-delegate')
  if (wanted.length > 1) {
    const accepted = wanted.map((own) => `${own.role} ${own.scopeId}`).join(', ')
    throw new Problem('grants.which-to-delegate', { accepted }, { place: { field: 'role' } })
  }
  return only
}

/**
 * At most a year, and no longer than the lender's own role: one that was given anew brings back nothing that was lent before.
 * Errors: Problem `grants.time-not-accepted`.
 */
async function requireShort(db: Db, endsAt: string, ownEndsAt: string | null): Promise<void> {
  const { latest, fits } = await db.one<{ latest: string; fits: boolean }>(sql`
    select least(${ownEndsAt}::timestamptz, now() + make_interval(days => ${LONGEST_DAYS})) as latest,
           ${endsAt}::timestamptz <= least(${ownEndsAt}::timestamptz, now() + make_interval(days => ${LONGEST_DAYS})) as fits
  `)
  if (!fits)
    throw new Problem('grants.time-not-accepted', { found: endsAt, accepted: `≤ ${latest}` }, { place: { field: 'endsAt' } })
}

/** Only somebody who can sign in now. Errors: Problem `grants.user-missing`. */
async function getBorrower(
  db: Db,
  { toUserId, toEmail }: { toUserId?: string | undefined; toEmail?: string | undefined },
): Promise<string> {
  const user = await db.maybe<{ id: string }>(sql`
    select id from users where state = 'active' and ${toUserId === undefined ? sql`email = ${toEmail}` : sql`id = ${toUserId}`}
  `)
  if (!user) throw new Problem('grants.user-missing', { user: toUserId ?? toEmail ?? '' }, { place: { field: 'toUserId' } })
  return user.id
}
