import { describe, expect, test } from 'vitest'
import { emptyListedRow } from '../../interop/tables/listed-row.ts'
import type { InitiativeRecord } from '../../modules/registry/index.ts'
import { factsOfRow } from './facts-of-row.ts'
import { rowOfRecord } from './rows-of-collection.ts'

const ROW = {
  ...emptyListedRow(),
  identifier: 'P-01',
  awardId: '00012345',
  title: 'Eau en milieu rural',
  listYear: 2014,
  startDate: '2013-03-15',
  budgetAmount: '1200000.50',
  budgetCurrency: 'USD',
  beneficiaries: 300,
  scale: { text: 'regional', code: 'regional' },
  hosts: [{ text: 'SEN', iso3: 'SEN' }, { text: 'Kongo' }],
  partnerCountries: [{ text: 'MLI', iso3: 'MLI' }],
  firstProviders: [{ text: 'BRA', iso3: 'BRA' }],
  recipients: [{ text: 'West Africa', region: 'africa' }],
  partnerTypes: [{ text: 'cso', code: 'cso' }],
  regions: [{ text: 'africa', code: 'africa', share: 0.6 }],
  sectors: [{ text: '14030', code: '14030' }],
  sdgGoals: [{ text: '6.1', code: '6.1' }],
  links: ['https://example.org/p01'],
  contact: ['A. Diop'],
  notes: ['as received'],
  kept: { Remarque: '=1+1' },
}

function recordOf(row: typeof ROW): InitiativeRecord {
  const { facts, listed, identifier } = factsOfRow(row, 4, 'fr')
  return { identifier, facts, listed: [{ ...listed, id: 'l1', runId: 'r1' }] } as unknown as InitiativeRecord
}

describe('A filled template', () => {
  test('says of an initiative what the table said, so that it comes back in unchanged', () => {
    const record = recordOf(ROW)
    const [listed] = record.listed
    const again = listed && factsOfRow(rowOfRecord(record, listed, 'fr'), 4, 'fr')
    expect(again).toEqual(factsOfRow(ROW, 4, 'fr'))
  })

  test('brings back the name of a row that has no identifier, without making it one', () => {
    const name = `~${'0123456789ab'.repeat(2)}-2`
    const row = factsOfRow({ ...emptyListedRow(), identifier: name, title: 'Coton' }, 2)
    expect(row.identifier).toBe(name)
    expect(row.facts.identifiers).toBeUndefined()
  })
})
