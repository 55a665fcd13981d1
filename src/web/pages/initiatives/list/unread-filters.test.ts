import { expect, test } from 'vitest'
import type { Collection } from '../../../../modules/registry/index.ts'
import { readListQuery } from './list-address.ts'
import { unreadFilters } from './unread-filters.ts'

const COLLECTIONS = [{ key: 'undp-2014' }] as unknown as Collection[]

function unreadIn(address: string) {
  const query = new URLSearchParams(address)
  return unreadFilters(query, readListQuery(query), COLLECTIONS)
}

test('an address with what the list knows leaves nothing unread', () => {
  const known = [
    'collection=undp-2014&year=2014&country=CUB&host=AGO,not_stated&scale=regional&role=not_stated&theme=whatever',
    'cooperation=un_default:SSC&state=draft&sort=year&from=51&unit=listing&cited=2026-11-25&rows=7&q=water',
  ]
  for (const address of known) expect(unreadIn(address)).toEqual({ names: [], values: [] })
})

test('a name that is no filter and values that no list has are told apart', () => {
  expect(unreadIn('contry=CUB&host=Cuba&host=CUB&year=20x4&collection=undp-2031&scale=huge')).toEqual({
    names: ['contry'],
    values: [
      { field: 'collection', value: 'undp-2031' },
      { field: 'year', value: '20x4' },
      { field: 'host', value: 'Cuba' },
      { field: 'scale', value: 'huge' },
    ],
  })
})
