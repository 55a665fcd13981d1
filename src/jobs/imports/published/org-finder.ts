/** Which organisation a published file means, by its identifier or by one of its names; the same for reading and for writing. */
import { createOrgFinder, type OrgKey } from '../../../modules/directory/index.ts'

export interface FoundOrg {
  readonly orgId: string
  readonly iso3?: string
}

export function createPublishedOrgFinder(keys: readonly OrgKey[]) {
  const idOf = createOrgFinder(keys)
  const seats = new Map(keys.flatMap(({ orgId, iso3 }) => (iso3 === null ? [] : [[orgId, iso3]])))
  return (ref: string | undefined, names: readonly string[]): FoundOrg | undefined => {
    for (const text of ref === undefined ? names : [ref, ...names]) {
      const orgId = idOf(text)
      if (orgId === undefined) continue
      const iso3 = seats.get(orgId)
      return iso3 === undefined ? { orgId } : { orgId, iso3 }
    }
    return undefined
  }
}
