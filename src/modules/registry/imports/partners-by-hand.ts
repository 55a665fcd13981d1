/** Which partners of an initiative a person brought, read from its versions: those that first appear in a version of no import. */
import { type Db, sql } from '../../../database/db.ts'
import type { Partner } from '../initiatives/initiative.ts'
import { partnerKey } from './merge-partners.ts'

interface PartnersOfVersion {
  readonly id: string
  readonly byHand: boolean
  readonly partners: readonly Partner[] | null
}

/** Keys of partners by initiative. Initiatives that only imports have written are not in the answer. */
export async function partnersByHand(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>()
  if (ids.length === 0) return found
  const versions = await db.many<PartnersOfVersion>(sql`
    select v.record_id as id, v.run_id is null as "byHand", v.snapshot #> '{facts,partners}' as partners
    from record_versions as v
    where v.module = 'registry' and v.aggregate = 'initiatives' and v.record_id = any(${ids}::text[])
      and exists (
        select 1 from record_versions as h
        where h.module = v.module and h.aggregate = v.aggregate and h.record_id = v.record_id and h.run_id is null
      )
    order by v.record_id, v.version
  `)
  let before: PartnersOfVersion | undefined
  for (const version of versions) {
    const earlier = new Set(before?.id === version.id ? (before.partners ?? []).map(partnerKey) : [])
    const keys = found.get(version.id) ?? new Set()
    if (version.byHand)
      for (const partner of version.partners ?? []) if (!earlier.has(partnerKey(partner))) keys.add(partnerKey(partner))
    found.set(version.id, keys)
    before = version
  }
  return found
}
