import { describe, expect, test } from 'vitest'
import { searchQueryOf } from '../initiatives/search-words.ts'
import { atRegistryDesk, type RegistryDesk, type RowDraft } from '../testing/registry-desk.ts'
import { columnsAndFound } from './columns-store.ts'
import { buildSearchIndex } from './search-index.ts'

const TITLES = ['Water and health', 'Health of the coast', 'Waterways, wells', 'Énergie solaire', '水资源管理', 'Risk reduction']

const ROWS: RowDraft[] = TITLES.map((title, index) => ({
  identifier: `W-${index}`,
  facts: { hosts: ['JAM'], title: { orig: 'und', texts: { und: title } } },
  listed: { year: 2014 },
}))

async function rowsFound(desk: RegistryDesk, asked: string) {
  const { columns, found } = await columnsAndFound(desk.database, asked)
  const index = await buildSearchIndex(desk.database, columns)
  return { byDatabase: [...(found ?? [])], byIndex: [...(index?.find(searchQueryOf(asked) ?? '') ?? [])] }
}

describe('the words of all listings in memory', () => {
  test.each([
    { asked: 'water', titles: 2 },
    { asked: 'health', titles: 2 },
    { asked: 'health wat', titles: 1 },
    { asked: 'water coast', titles: 0 },
    { asked: 'energie', titles: 1 },
    { asked: '资源', titles: 1 },
    { asked: 'nothing like it', titles: 0 },
  ])('find for "$asked" what the database finds: $titles', ({ asked, titles }) =>
    atRegistryDesk(async (desk) => {
      await desk.import('demo', ROWS)
      const { byDatabase, byIndex } = await rowsFound(desk, asked)
      expect(byIndex).toEqual(byDatabase)
      expect(byIndex.filter((found) => found === 1)).toHaveLength(titles)
    }),
  )

  test('are not offered for listings that have changed since', () =>
    atRegistryDesk(async (desk) => {
      await desk.import('demo', ROWS)
      const { columns } = await columnsAndFound(desk.database, undefined)
      await desk.import('other', ROWS)
      const more = { ...columns, size: columns.size + 1, ids: [...columns.ids.slice(1), 'Z'] }
      expect(await buildSearchIndex(desk.database, more)).toBeUndefined()
    }))
})
