import { expect, test } from 'vitest'
import { getOrgQuery, mergeOrgs, registerOrg, undoMerge } from '../../../../modules/directory/index.ts'
import { createCollection, listOrgInitiatives, registerInitiative } from '../../../../modules/registry/index.ts'
import { atRegistryDesk } from '../../../../modules/registry/testing/registry-desk.ts'

test('initiatives that name a merged organisation count for the kept one, and no longer once the merge is taken back', () =>
  atRegistryDesk(async (desk) => {
    const org = (en: string) => desk.run(registerOrg, { names: { orig: 'en', texts: { en } }, orgType: '22' as const })
    const kept = await org('Agency for Cooperation')
    const merged = await org('Cooperation Agency')
    await desk.run(createCollection, { key: 'own' })
    for (const orgId of [kept.id, merged.id]) {
      const partners = [{ no: '1', orgId, role: 'recipient' as const }]
      await desk.run(registerInitiative, { collection: 'own', facts: { hosts: ['BEN'], partners } })
    }
    const count = async () => (await desk.run(listOrgInitiatives, { orgId: kept.id })).length
    expect(await count()).toBe(1)
    const { id } = await desk.run(mergeOrgs, { keptId: kept.id, mergedId: merged.id, reason: 'One body' })
    expect(await count()).toBe(2)
    await desk.run(undoMerge, { mergeId: id, reason: 'Two bodies' })
    expect(await count()).toBe(1)
    expect(await desk.run(getOrgQuery, { org: merged.id })).toMatchObject({ duplicateOf: null })
  }))
