import { describe, expect, test } from 'vitest'
import { emptyListedRow, type ListedRow } from '../../interop/tables/index.ts'
import { InitiativeFactsSchema } from '../../modules/registry/index.ts'
import { factsOfRow } from './facts-of-row.ts'

const factsOf = (row: Partial<ListedRow>) => factsOfRow({ ...emptyListedRow(), ...row }, 7).facts

describe('a row as facts: nothing is guessed and nothing is lost', () => {
  test('an empty row states nothing', () => {
    expect(factsOf({})).toEqual({})
  })

  test('words that no list knows are kept beside the fields, codes go into them', () => {
    const facts = factsOf({
      phase: { text: 'Achevéx' },
      kind: { text: 'Projet', code: 'project' },
      scale: { text: 'regional', code: 'regional' },
    })
    expect(facts).toEqual({ kind: 'project', scale: 'regional', kept: { phase: 'Achevéx' } })
  })

  test('roles become partners; a name that is no country stays a name, a region is a party without name', () => {
    const facts = factsOf({
      firstProviders: [{ text: 'Cuba', iso3: 'CUB' }],
      recipients: [{ text: 'West Africa', region: '011' }],
      partnerCountries: [{ text: 'Jamaica', iso3: 'JAM' }, { text: 'Atlantis' }],
    })
    expect(facts.engagedCountries).toEqual(['JAM'])
    expect(facts.partners).toEqual([
      { no: 'p1', iso3: 'CUB', role: 'first_provider' },
      { no: 'p2', name: 'West Africa', unnamed: true, collective: { group: '011' }, role: 'recipient' },
      { no: 'p3', name: 'Atlantis' },
    ])
  })

  test('sectors name their vocabulary, targets their goal; links that are no web address are kept as text', () => {
    const facts = factsOf({
      sectors: [{ text: '14030', code: '14030', share: 0.5 }, { text: '140', code: '140' }, { text: 'Eau potable' }],
      sdgGoals: [{ text: '17.9', code: '17.9' }],
      links: ['https://example.org/a', 'javascript:alert(1)'],
    })
    expect(facts.sectors).toEqual([
      { vocabulary: '1', code: '14030', share: 0.5 },
      { vocabulary: '2', code: '140' },
      { vocabulary: '99', code: 'Eau potable' },
    ])
    expect(facts.goals).toEqual([{ goal: '17', target: '17.9' }])
    expect([facts.documents, facts.kept]).toEqual([[{ url: 'https://example.org/a' }], { links: 'javascript:alert(1)' }])
  })

  test('what comes out is what the registry accepts', () => {
    const facts = factsOf({
      title: 'Énergie',
      startDate: '2014-03',
      budgetAmount: '1200.50',
      budgetCurrency: 'XOF',
      hosts: [{ text: 'Bénin', iso3: 'BEN' }],
    })
    expect(InitiativeFactsSchema.parse(facts)).toEqual(facts)
  })
})
