import { expect, test } from 'vitest'
import { registerInitiative } from '../../registry/index.ts'
import { atRegistryDesk, type RegistryDesk, type RowDraft } from '../../registry/testing/registry-desk.ts'
import { computeFigures } from '../index.ts'

const listedIn = (year: number, ...partnerTypes: string[]) => ({ facts: { partnerTypes }, listed: { year } }) as RowDraft

async function comparableOf(desk: RegistryDesk, year: number): Promise<string | undefined> {
  const figures = await desk.run(computeFigures, { portfolio: 'own', year })
  return figures.find(({ definitionId }) => definitionId === 'partners.non-government.mentions')?.comparable
}

test('¶31: years that use the same types of partner are comparable, and a draft with a further type changes nothing', () =>
  atRegistryDesk(async (desk) => {
    await desk.import('own', [listedIn(2013, 'cso', 'academia'), listedIn(2014, 'academia', 'cso')])
    expect(await comparableOf(desk, 2014)).toBe('yes')
    const facts = { title: { orig: 'en', texts: { en: 'A plan' } }, partnerTypes: ['ppp' as const] }
    await desk.run(registerInitiative, { collection: 'own', facts, listed: [{ year: 2014 }] })
    expect(await comparableOf(desk, 2014)).toBe('yes')
  }))

test('¶31: a further type in one year may be a change of the list', () =>
  atRegistryDesk(async (desk) => {
    await desk.import('own', [listedIn(2013, 'cso'), listedIn(2014, 'cso', 'ppp')])
    expect(await comparableOf(desk, 2013)).toBe('no')
  }))

test('domain 11.1: a foundation counts among the non-governmental partners where a list has it', () =>
  atRegistryDesk(async (desk) => {
    await desk.import('own', [listedIn(2014, 'foundation', 'national_government'), listedIn(2014, 'national_government')])
    const figures = await desk.run(computeFigures, { portfolio: 'own', year: 2014 })
    const counted = (id: string) => figures.find(({ definitionId }) => definitionId === id)
    expect(counted('partners.non-government.any-row')).toMatchObject({ numerator: 1, denominator: 2 })
    expect(counted('partners.non-government.mentions')).toMatchObject({ numerator: 1, denominator: 3 })
  }))
