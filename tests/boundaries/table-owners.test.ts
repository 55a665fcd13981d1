import { expect, test } from 'vitest'
import { readFiles } from './source-files.ts'
import { findForeignWrites, findTablesWithoutOwner } from './table-owners.ts'

test('every table has one owner, and no other room writes it', () => {
  expect(findTablesWithoutOwner(readFiles('migrations', /\.sql$/))).toEqual([])
  expect(findForeignWrites(readFiles('src', /\.tsx?$/))).toEqual([])
})

test('the guard finds a table without an owner and a write by a stranger', () => {
  expect(
    findTablesWithoutOwner([{ path: 'migrations/0099_x.sql', text: 'create table if not exists secrets (id text)' }]),
  ).toEqual(['migrations/0099_x.sql: the table secrets has no owner; name one in tests/boundaries/table-owners.ts.'])
  const text = 'sql`update initiatives set title = 1`; sql`insert into\n orgs (id)`; sql`select id from listings for update`'
  expect(findForeignWrites([{ path: 'src/modules/reporting/x.ts', text }])).toEqual([
    'src/modules/reporting/x.ts: writes initiatives, which only the module registry may write.',
    'src/modules/reporting/x.ts: writes orgs, which only the module directory may write.',
  ])
  expect(findForeignWrites([{ path: 'src/modules/registry/x.ts', text: 'sql`delete from initiatives where id = 1`' }])).toEqual(
    [],
  )
})
