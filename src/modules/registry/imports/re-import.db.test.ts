/** A file that is imported again, over what people have added in between. */
import { describe, expect, test } from 'vitest'
import { getImportRun, getInitiative, listListings, reviseInitiative } from '../index.ts'
import { atRegistryDesk, type RegistryDesk, type RowDraft } from '../testing/registry-desk.ts'

const ROW: RowDraft = {
  identifier: 'A-1',
  facts: {
    title: { orig: 'en', texts: { en: 'Wells' } },
    partners: [
      { no: 'p1', iso3: 'BRA', role: 'first_provider' },
      { no: 'p2', iso3: 'KEN', role: 'recipient' },
    ],
  },
  listed: { year: 2014 },
}

async function onlyRecord(desk: RegistryDesk) {
  const { rows } = await desk.run(listListings, { filter: { values: { collection: ['demo'] } } })
  expect(rows).toHaveLength(1)
  return (await desk.run(getInitiative, { id: rows[0]?.initiativeId ?? '' })).record
}

async function importAndRevise(desk: RegistryDesk, added: RowDraft['facts']): Promise<void> {
  await desk.import('demo', [ROW])
  const { id, version, facts } = await onlyRecord(desk)
  await desk.run(reviseInitiative, { id, version, facts: { ...facts, ...added } })
}

describe('a file that is imported again', () => {
  test('leaves the partner that a person added, however often, and changes those that it brought itself', () =>
    atRegistryDesk(async (desk) => {
      const partners = [...(ROW.facts.partners ?? []), { no: 'p3', iso3: 'CHL', role: 'peer' }]
      await importAndRevise(desk, { partners, title: { orig: 'en', texts: { en: 'Wells', fr: 'Puits' } } })
      for (const iso3 of ['CUB', 'PER']) {
        const partner = { no: 'p1', iso3, role: 'first_provider' }
        const title = { orig: 'en', texts: { en: `Wells with ${iso3}` } }
        await desk.import('demo', [{ ...ROW, facts: { title, partners: [partner] } }])
        const { facts } = await onlyRecord(desk)
        expect(facts.partners?.map((one) => one.iso3)).toEqual(['CHL', iso3])
        expect(facts.title?.texts).toEqual({ en: `Wells with ${iso3}`, fr: 'Puits' })
      }
    }))

  test('does not take away the partner to whom a contribution points', () =>
    atRegistryDesk(async (desk) => {
      await importAndRevise(desk, { contributions: [{ no: 'c1', giver: 'p1', taker: 'p2', modality: 'knowledge_exchange' }] })
      await desk.import('demo', [{ ...ROW, facts: { partners: [{ no: 'p1', iso3: 'KEN', role: 'recipient' }] } }])
      const { facts } = await onlyRecord(desk)
      expect(facts.partners?.map(({ no, iso3 }) => [no, iso3])).toEqual([
        ['p1', 'BRA'],
        ['p2', 'KEN'],
      ])
      expect(facts.contributions).toMatchObject([{ giver: 'p1', taker: 'p2' }])
    }))

  test('says where the merged facts contradict each other, with the row', () =>
    atRegistryDesk(async (desk) => {
      await importAndRevise(desk, {
        plannedPeriod: { start: '2013', end: '2014' },
        sectors: [{ vocabulary: '99', code: 'water', share: 1 }],
      })
      const run = await desk.import('demo', [
        {
          ...ROW,
          facts: { plannedPeriod: { start: '2015' }, sectors: [{ vocabulary: '99', code: 'water', share: 0.4 }] },
        },
      ])
      expect(run).toMatchObject({ changed: 1, warnings: 2 })
      const { problems } = await desk.run(getImportRun, { id: run.id })
      expect(problems).toMatchObject([
        { code: 'registry.shares-do-not-add-up', level: 'warning', place: { row: 2 } },
        { code: 'registry.period-reversed', level: 'warning', place: { row: 2 }, params: { start: '2015', end: '2014' } },
      ])
    }))
})
