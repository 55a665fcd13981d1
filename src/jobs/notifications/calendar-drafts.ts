/** What the calendar brings, and to whom: each end is told once, and again when the date is moved. Pure. */
import type { Calendar, NoticeDraft } from '../../modules/access/index.ts'
import type { NoticeFacts } from '../../modules/registry/index.ts'
import { roleParams } from './notice-drafts.ts'

export function calendarDrafts(
  { roles, keys, consents }: Calendar,
  { failedRuns, failingSchedules }: Pick<NoticeFacts, 'failedRuns' | 'failingSchedules'>,
): NoticeDraft[] {
  return [
    ...roles.map((grant): NoticeDraft => {
      const day = dayOf(grant.endsAt ?? '')
      return {
        kind: 'role-ending',
        cause: `grant ${grant.id} ${day}`,
        ref: { module: 'access', aggregate: 'grants', id: grant.id },
        params: { ...roleParams(grant), day },
        audience: { userId: grant.userId },
      }
    }),
    ...keys.map(({ id, userId, name, expiresAt }): NoticeDraft => {
      const day = dayOf(expiresAt)
      return {
        kind: 'key-ending',
        cause: `key ${id} ${day}`,
        ref: { module: 'access', aggregate: 'api_keys', id },
        params: { key: name, day },
        audience: { userId },
      }
    }),
    // Whoever keeps the record of the person can ask again.
    ...consents.map(
      ({ id, personId, ownerOrg, until }): NoticeDraft => ({
        kind: 'consent-ending',
        cause: `consent ${id} ${until}`,
        ref: { module: 'directory', aggregate: 'persons', id: personId },
        params: { day: until },
        audience: { permission: 'directory.consent.record', scope: { orgs: ownerOrg === null ? [] : [ownerOrg], countries: [] } },
      }),
    ),
    ...failedRuns.map(
      ({ id, startedBy }): NoticeDraft => ({
        kind: 'import-failed',
        cause: `run ${id}`,
        ref: { module: 'registry', aggregate: 'import_runs', id },
        audience: { userId: startedBy },
      }),
    ),
    // Once in a row of failures.
    ...failingSchedules.map(
      ({ id, ownerId, failingSince }): NoticeDraft => ({
        kind: 'schedule-failed',
        cause: `schedule ${id} ${new Date(failingSince).toISOString()}`,
        ref: { module: 'registry', aggregate: 'import_schedules', id },
        audience: { userId: ownerId },
      }),
    ),
  ]
}

function dayOf(instant: string): string {
  return new Date(instant).toISOString().slice(0, 10)
}
