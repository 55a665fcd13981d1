/**
 * Organisations that were found to be one: listings are filtered and counted under the one that is kept, from the moment of the
 * merge until it is undone. The rows themselves keep what was registered.
 */
import { type Db, sql } from '../../../database/db.ts'

export interface MergedOrgs {
  /** Another text after each merge and each undoing. */
  readonly version: string
  /** By the id of the merged organisation, the id of the kept one. */
  readonly keptOf: ReadonlyMap<string, string>
}

/** A value to select: what `MergedOrgs.version` must be to be current. */
export const MERGED_ORGS_VERSION = sql`
  (select coalesce(md5(string_agg(id || duplicate_of, '' order by id)), '') from orgs where duplicate_of is not null)
`

export async function loadMergedOrgs(db: Db): Promise<MergedOrgs> {
  const { version, pairs } = await db.one<{ version: string; pairs: readonly [string, string][] | null }>(sql`
    select ${MERGED_ORGS_VERSION} as version,
           (select json_agg(json_build_array(id, duplicate_of) order by id) from orgs where duplicate_of is not null) as pairs
  `)
  return { version, keptOf: new Map(pairs ?? []) }
}

/** Each once, also when both that were merged take part. */
export function keptOrgs(ids: readonly string[], { keptOf }: MergedOrgs): readonly string[] {
  return keptOf.size === 0 ? ids : [...new Set(ids.map((id) => keptOf.get(id) ?? id))]
}

/** Organisations that lead elsewhere than before. */
export function changedOrgs(before: MergedOrgs, after: MergedOrgs): string[] {
  if (before.version === after.version) return []
  return [...new Set([...before.keptOf.keys(), ...after.keptOf.keys()])].filter(
    (id) => before.keptOf.get(id) !== after.keptOf.get(id),
  )
}
