import { expect, test } from 'vitest'
import { giveDelegation, loadGrants } from '../../modules/access/index.ts'
import { atAccountDesk } from './testing/open-account-desk.ts'

test('the own account names the roles that hold, with their end and whoever lent them', async () => {
  await atAccountDesk(async ({ desk, operations, database, administrator, member }) => {
    await administrator()
    const joao = await member('joao@mofa.example', [{ role: 'national_focal_point', scope: 'country', scopeId: 'AGO' }])
    const maria = await member('maria@mofa.example')
    expect((await desk.ownAccount(maria)).roles).toEqual([])

    const lender = { ...joao, grants: await loadGrants(database, joao.id) }
    const until = new Date(Date.now() + 86_400_000).toISOString()
    await operations.run(giveDelegation, { toUserId: maria.id, until, reason: 'Absence' }, lender)

    const own = (await desk.ownAccount(joao)).roles
    expect(own).toMatchObject([{ role: 'national_focal_point', scopeId: 'AGO', endsAt: null, onBehalfOfName: null }])
    const lent = (await desk.ownAccount(maria)).roles
    expect(lent).toMatchObject([{ role: 'national_focal_point', scopeId: 'AGO', onBehalfOf: joao.id, onBehalfOfName: joao.name }])
    expect(new Date(lent[0]?.endsAt ?? '').toISOString()).toBe(until)
  })
})
