import { describe, expect, test } from 'vitest'
import { loadSampleData } from '../../../jobs/sample-data/load-sample-data.ts'
import { LOCAL_ADMINISTRATOR, type Operations } from '../../../operations/index.ts'
import { createCollection } from '../../registry/index.ts'
import { atRegistryDesk, type RegistryDesk, type RowDraft } from '../../registry/testing/registry-desk.ts'
import { loadShippedSources } from '../../sources/index.ts'
import { computeFigures, type Figure, getFigure, listCountryPairs } from '../index.ts'

/** Five rows whose answers are counted by hand. */
const ROWS: readonly RowDraft[] = [
  {
    facts: { hosts: ['BRA'], scale: 'regional', partnerTypes: ['cso', 'academia'], agencyRoles: [{ role: 'knowledge_broker' }] },
  },
  { facts: { hosts: ['BRA'], scale: 'regional', partnerTypes: ['national_government'] } },
  { facts: { hosts: ['CUB', 'BRA'], scale: 'global', partnerTypes: ['national_government', 'cso'] } },
  { facts: { scale: 'country_country', agencyRoles: [{ role: 'knowledge_broker' }, { role: 'capacity_builder' }] } },
  { facts: { hosts: ['JAM'] } },
]

async function figuresOf(desk: RegistryDesk, portfolio: string, values = {}): Promise<Map<string, Figure>> {
  const figures = await desk.run(computeFigures, { portfolio, filter: { values } })
  return new Map(figures.map((figure) => [figure.definitionId, figure]))
}

function fraction(figures: ReadonlyMap<string, Figure>, id: string): string {
  const figure = figures.get(id)
  return figure?.denominator === null ? String(figure.numerator) : `${figure?.numerator}/${figure?.denominator}`
}

describe('figures of five rows', () => {
  test('count as counted by hand, in both readings (ruling 2)', () =>
    atRegistryDesk(async (desk) => {
      await importRows(desk)
      const figures = await figuresOf(desk, 'own')
      const counted = (id: string) => fraction(figures, id)
      expect(counted('projects.rows')).toBe('5')
      expect(counted('countries.hosts')).toBe('3')
      expect(counted('countries.rows-without-host')).toBe('1')
      expect(counted('scale.regional.all-rows')).toBe('2/5')
      expect(counted('scale.regional.known-scale')).toBe('2/4')
      expect(counted('scale.not-stated.all-rows')).toBe('1/5')
      expect(counted('partners.non-government.any-row')).toBe('2/5')
      expect(counted('partners.non-government.mentions')).toBe('3/5')
      expect(counted('roles.knowledge_broker.mentions')).toBe('2/3')
      expect(counted('roles.knowledge_broker.rows-with-role')).toBe('2/2')
    }))

  test('a further filter narrows rows, shares and the list behind', () =>
    atRegistryDesk(async (desk) => {
      await importRows(desk)
      const figures = await figuresOf(desk, 'own', { host: ['BRA'] })
      expect(fraction(figures, 'scale.regional.all-rows')).toBe('2/3')
      expect(figures.get('scale.regional.all-rows')?.rowsFilter).toBe(
        'collection=own&year=2014&host=BRA&scale=regional&shown=public',
      )
    }))

  test('an empty portfolio has no share, and nought is not claimed', () =>
    atRegistryDesk(async (desk) => {
      await desk.run(createCollection, { key: 'empty' })
      const figures = await figuresOf(desk, 'empty')
      expect(figures.get('projects.rows')?.value).toBe(0)
      expect(figures.get('scale.regional.all-rows')?.value).toBeNull()
      expect(figures.get('scale.regional.all-rows')?.verdict).toBe('nothing_to_compare')
    }))

  test('a portfolio or a definition that does not exist is said to be missing', () =>
    atRegistryDesk(async (desk) => {
      await expect(desk.run(computeFigures, { portfolio: 'none' })).rejects.toMatchObject({ code: 'registry.collection-missing' })
      await importRows(desk)
      const card = desk.run(getFigure, { portfolio: 'own', year: 2014, definition: 'no.such' })
      await expect(card).rejects.toMatchObject({ code: 'reporting.definition-missing' })
    }))

  test('other rows have another data version', () =>
    atRegistryDesk(async (desk) => {
      await importRows(desk)
      await desk.import(
        'other',
        ROWS.slice(1).map((row) => ({ ...row, listed: { year: 2014 } })),
      )
      const version = async (portfolio: string) =>
        (await desk.run(getFigure, { portfolio, year: 2014, definition: 'projects.rows' })).dataVersion
      expect(await version('own')).not.toBe(await version('other'))
    }))
})

function importRows(desk: RegistryDesk) {
  return desk.import(
    'own',
    ROWS.map((row) => ({ ...row, listed: { year: 2014 } })),
  )
}

describe('the published lists of 2013 and 2014', () => {
  test('R30a, R31, R32, R33: every figure and verdict, as known by hand', () =>
    atRegistryDesk(async (desk) => {
      await desk.run(loadShippedSources, {})
      await loadSampleData({ run: desk.run } as Operations, LOCAL_ADMINISTRATOR)
      const of2014 = await figuresOf(desk, 'undp-2014')
      const of2013 = await figuresOf(desk, 'undp-2013')
      const expected: readonly (readonly [ReadonlyMap<string, Figure>, string, string, Figure['verdict']])[] = [
        [of2014, 'projects.rows', '469', 'reproduced'],
        [of2014, 'countries.hosts', '133', 'reproduced'],
        [of2014, 'scale.regional.all-rows', '145/469', 'reproduced_when_rounded'],
        [of2014, 'scale.regional.known-scale', '145/464', 'reproduced_when_rounded'],
        [of2014, 'scale.country_country.all-rows', '285/469', 'nothing_to_compare'],
        [of2014, 'partners.non-government.any-row', '59/469', 'not_reproducible'],
        [of2014, 'partners.non-government.mentions', '77/532', 'not_reproducible'],
        [of2014, 'roles.knowledge_broker.mentions', '377/531', 'nothing_to_compare'],
        [of2014, 'roles.partnership_facilitator.mentions', '85/531', 'nothing_to_compare'],
        [of2014, 'roles.capacity_builder.mentions', '69/531', 'nothing_to_compare'],
        [of2014, 'roles.knowledge_broker.rows-with-role', '377/465', 'nothing_to_compare'],
        [of2014, 'roles.partnership_facilitator.rows-with-role', '85/465', 'nothing_to_compare'],
        [of2014, 'roles.capacity_builder.rows-with-role', '69/465', 'nothing_to_compare'],
        [of2013, 'projects.rows', '287', 'not_reproducible'],
        [of2013, 'projects.groups', '275', 'not_reproducible'],
        [of2013, 'scale.regional.all-rows', '19/287', 'not_reproducible'],
        [of2013, 'partners.non-government.any-row', '80/287', 'not_reproducible'],
        [of2013, 'partners.non-government.mentions', '122/513', 'not_reproducible'],
      ]
      const found = expected.map(([figures, id]) => `${id} ${fraction(figures, id)} ${figures.get(id)?.verdict}`)
      expect(found).toEqual(expected.map(([, id, counted, verdict]) => `${id} ${counted} ${verdict}`))
      expect(of2014.get('partners.non-government.any-row')?.comparable).toBe('no')
      // A further filter looks at other rows than the source did.
      const filtered = await figuresOf(desk, 'undp-2014', { region: ['africa'] })
      expect(filtered.get('projects.rows')?.verdict).toBe('nothing_to_compare')

      const card = await desk.run(getFigure, { portfolio: 'undp-2014', year: 2014, definition: 'scale.regional.all-rows' })
      expect(card.readings.map(({ definitionId }) => definitionId)).toEqual([
        'scale.regional.all-rows',
        'scale.regional.known-scale',
      ])
      expect(card.reported?.para).toBe('32')
      const pairs = await desk.run(listCountryPairs, { filter: { values: { collection: ['undp-2014'], year: ['2014'] } } })
      expect(pairs.rows).toBe(469)
      expect(pairs.pairs.find(({ from, to }) => from !== 'not_stated' && to !== 'not_stated')).toEqual({
        from: 'NPL',
        to: 'BGD',
        rows: 6,
      })
    }))
})
