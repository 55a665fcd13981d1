import { expect, test } from 'vitest'
import { ANONYMOUS } from '../../../operations/index.ts'
import { createCollection } from '../collections/create-collection.ts'
import { atRegistryDesk } from '../testing/registry-desk.ts'
import { listOrgInitiatives } from './list-org-initiatives.ts'
import { registerInitiative } from './register-initiative.ts'

test('an organisation with two roles in one initiative has two rows; a stranger sees no draft', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const orgId = '01M0000000000000000000TEST'
    const partners = [
      { no: '1', orgId, role: 'funder' },
      { no: '2', orgId, role: 'implementer' },
    ]
    const record = await desk.run(registerInitiative, { collection: 'own', facts: { partners }, listed: [{ year: 2014 }] })

    const rows = await desk.run(listOrgInitiatives, { orgId })
    expect(rows.map(({ id, role, years }) => [id, role, years])).toEqual([
      [record.id, 'funder', [2014]],
      [record.id, 'implementer', [2014]],
    ])
    expect(await desk.run(listOrgInitiatives, { orgId }, ANONYMOUS)).toEqual([])
  })
})
