import { expect, test } from 'vitest'
import { planImportRows } from '../index.ts'
import { atRegistryDesk } from '../testing/registry-desk.ts'

const named = (title: string, hosts: string[]) => ({ title: { orig: 'en' as const, texts: { en: title } }, hosts })

test('a plan says of each record that would change what is stored and what would be', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.import('own', [
      { identifier: '1', facts: named('Wells', ['KEN']) },
      { identifier: '2', facts: named('Seeds', ['KEN']) },
    ])
    const listed = { year: null, sourceRow: 2, revision: null, groupKey: null }
    const plan = await desk.run(planImportRows, {
      collection: 'own',
      rows: [
        { seq: 0, identifier: '1', facts: named('Cotton', ['TCD']), listed },
        { seq: 1, identifier: '2', facts: named('Seeds', ['KEN']), listed },
        { seq: 2, identifier: '3', facts: named('Midwives', ['CIV']), listed },
      ],
    })
    expect(plan).toMatchObject({ created: 1, changed: 1, unchanged: 1 })
    expect(plan.changes).toMatchObject([
      { identifier: '1', before: { facts: named('Wells', ['KEN']) }, after: { facts: named('Cotton', ['TCD']) } },
    ])
  })
})
