/** Consents that end soon, so that somebody asks the person again: for whoever keeps the records of these organisations. */
import { type Db, sql } from '../../../database/db.ts'
import { dayOf } from '../persons/person.ts'

export interface SoonEndingConsent {
  readonly id: string
  readonly personId: string
  /** Organisation that keeps the record of the person. */
  readonly ownerOrg: string | null
  readonly recordedBy: string
  /** Last day on which it holds. */
  readonly until: string
}

const DAY_MS = 86_400_000

/** `orgs`: those that keep the records; null for all. `db` must see the people. */
export function listSoonEndingConsents(
  db: Db,
  now: Date,
  withinDays: number,
  orgs: readonly string[] | null,
): Promise<SoonEndingConsent[]> {
  const horizon = dayOf(new Date(now.getTime() + withinDays * DAY_MS))
  return db.many<SoonEndingConsent>(sql`
    select c.id, c.person_id as "personId", p.owner_org as "ownerOrg", c.recorded_by as "recordedBy", c.until::text as until
    from person_consents as c
    join persons as p on p.id = c.person_id
    where c.until >= ${dayOf(now)}::date and c.until <= ${horizon}::date and c.withdrawn_at is null and p.erased_at is null
      and (${orgs === null} or p.owner_org = any(${orgs ?? []}::text[]))
    order by c.until, c.id
    limit 500
  `)
}
