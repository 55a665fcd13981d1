/** SQL that the operations on focal points share. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { foldName } from '../../directory/index.ts'
import type { FocalPoint, FocalPointFacts, FocalPointState } from './focal-point.ts'

const COLUMNS = sql`
  f.id, f.scope, f.country_code as "countryCode", f.org_id as "orgId",
  case when f.mechanism_names is not null then jsonb_build_object('names', f.mechanism_names, 'type', f.mechanism_type) end as mechanism,
  f.person_id as "personId", f.backup_id as "backupId", f.is_main as "isMain", f.languages, f.from_date as "from", f.to_date as "to",
  f.source, f.confirmed_at as "confirmedAt", f.confirmed_how as "confirmedHow", f.ended_at as "endedAt", f.end_reason as "endReason",
  f.reminded_at as "remindedAt", f.reminders, f.version, f.created_at as "createdAt", f.created_by as "createdBy",
  f.updated_at as "updatedAt", f.updated_by as "updatedBy"
`

/** `where` names the table `f`. */
export function selectFocalPoints(db: Db, where: Sql): Promise<FocalPoint[]> {
  return db.many<FocalPoint>(sql`select ${COLUMNS} from focal_points as f where ${where} order by f.id`)
}

/** Throws `coordination.focal-point-missing`. */
export async function getFocalPointRow(db: Db, id: string): Promise<FocalPoint> {
  const [found] = await selectFocalPoints(db, sql`f.id = ${id}`)
  if (!found) throw new Problem('coordination.focal-point-missing', { focalPoint: id })
  return found
}

/**
 * Locked until the transaction ends. Errors: Problems `coordination.focal-point-missing`, `coordination.focal-point-ended`, and with a
 * version `coordination.focal-point-changed-meanwhile`.
 */
export async function lockFocalPoint(db: Db, id: string, version?: number): Promise<FocalPoint> {
  await db.maybe(sql`select id from focal_points where id = ${id} for update`)
  const found = await getFocalPointRow(db, id)
  if (version !== undefined && found.version !== version) {
    const { version: now, updatedBy: by, updatedAt: at } = found
    throw new Problem('coordination.focal-point-changed-meanwhile', { version, found: now, by, at })
  }
  if (found.endedAt !== null) throw new Problem('coordination.focal-point-ended', { at: found.endedAt })
  return found
}

export async function insertFocalPoint(db: Db, one: FocalPoint): Promise<void> {
  await db.run(sql`
    insert into focal_points (id, scope, country_code, org_id, mechanism_names, mechanism_type, person_id, backup_id, is_main, languages,
                              from_date, source, search_text, version, created_at, created_by, updated_at, updated_by)
    values (${one.id}, ${one.scope}, ${one.countryCode}, ${one.orgId}, ${mechanismNames(one)}::jsonb, ${one.mechanism?.type ?? null},
            ${one.personId}, ${one.backupId}, ${one.isMain}, ${one.languages}::text[], ${one.from}, ${one.source},
            ${searchTextOf(one)}, ${one.version}, ${one.createdAt}, ${one.createdBy}, ${one.updatedAt}, ${one.updatedBy})
  `)
}

/** Replaces all but whom it is for; the caller holds the lock. */
export async function updateFocalPoint(db: Db, one: FocalPoint): Promise<void> {
  await db.run(sql`
    update focal_points
    set mechanism_names = ${mechanismNames(one)}::jsonb,
        mechanism_type = ${one.mechanism?.type ?? null},
        backup_id = ${one.backupId},
        is_main = ${one.isMain},
        languages = ${one.languages}::text[],
        from_date = ${one.from},
        to_date = ${one.to},
        source = ${one.source},
        confirmed_at = ${one.confirmedAt},
        confirmed_how = ${one.confirmedHow},
        ended_at = ${one.endedAt},
        end_reason = ${one.endReason},
        reminded_at = ${one.remindedAt},
        reminders = ${one.reminders},
        search_text = ${searchTextOf(one)},
        version = ${one.version},
        updated_at = ${one.updatedAt},
        updated_by = ${one.updatedBy}
    where id = ${one.id}
  `)
}

function mechanismNames({ mechanism }: FocalPointFacts): string | null {
  return mechanism === null ? null : JSON.stringify(mechanism.names)
}

function searchTextOf({ mechanism }: FocalPointFacts): string {
  return [...new Set(Object.values(mechanism?.names.texts ?? {}).map(foldName))].filter((text) => text !== '').join('\n')
}

/** The state as a condition, for `f`; the same rule as `stateOf`. `stale` is the instant of `staleBefore`. */
export function inState(state: FocalPointState, stale: Date): Sql {
  const limit = stale.toISOString()
  switch (state) {
    case 'ended':
      return sql`f.ended_at is not null`
    case 'invited':
      return sql`(f.ended_at is null and f.confirmed_at is null)`
    case 'stale':
      return sql`(f.ended_at is null and f.confirmed_at <= ${limit})`
    case 'active':
      return sql`(f.ended_at is null and f.confirmed_at > ${limit})`
  }
}
