/** Facts of another instance as facts of this one: organisations are those of the directory here, by identifier or by name. */
import type { PackageRecord } from '../../interop/releases/index.ts'
import type { InitiativeFacts } from '../../modules/registry/index.ts'

export type OrgFinder = (ref: string | undefined, names: readonly string[]) => { readonly orgId: string } | undefined

/** An organisation that the directory here does not know, or knows twice, stays as a name. */
export function localFacts({ facts, orgs }: Pick<PackageRecord, 'facts' | 'orgs'>, findOrg: OrgFinder): InitiativeFacts {
  const { partners, reportingOrg, agencyRoles } = facts
  return {
    ...facts,
    ...(reportingOrg === undefined ? {} : { reportingOrg: localised(reportingOrg) }),
    ...(partners === undefined ? {} : { partners: partners.map(localised) }),
    ...(agencyRoles === undefined
      ? {}
      : {
          agencyRoles: agencyRoles.map(({ role, org }) => {
            const known = org === undefined ? undefined : localOrg(org)
            return known === undefined ? { role } : { role, org: known }
          }),
        }),
  }

  function localOrg(id: string): string | undefined {
    const org = orgs[id]
    return org && findOrg(org.ref, Object.values(org.names.texts))?.orgId
  }

  function localised<T extends { orgId?: string | undefined; name?: string | undefined; ref?: string | undefined }>(
    stated: T,
  ): T {
    const { orgId, ...others } = stated
    if (orgId === undefined) return stated
    const known = localOrg(orgId)
    if (known !== undefined) return { ...stated, orgId: known }
    const org = orgs[orgId]
    const name = stated.name ?? org?.names.texts[org.names.orig]
    const ref = stated.ref ?? org?.ref
    return { ...others, ...(name === undefined ? {} : { name }), ...(ref === undefined ? {} : { ref }) } as T
  }
}
