import { expect, test } from 'vitest'
import { sql } from '../database/db.ts'
import { translatorFor } from '../i18n/translator.ts'
import { Problem } from '../kernel/problems.ts'
import { atRegistryDesk, type RegistryDesk } from '../modules/registry/testing/registry-desk.ts'
import { type Actor, ANONYMOUS } from '../operations/index.ts'
import { peopleNames, type Reader, withNames } from './people-names.ts'

const BEN: Actor = { id: 'ben', kind: 'user', name: 'Ben' }

async function account(desk: RegistryDesk, id: string, name: string, state: 'active' | 'deleted' = 'active'): Promise<void> {
  await desk.database.run(sql`
    insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
    values (${id}, ${state === 'deleted' ? null : `${id}@example.org`}, ${name}, 'en', ${state}, 1, now(), 'test', now(), 'test')
  `)
}

/** Counts the questions, since a page asks once. */
function reader(desk: RegistryDesk, actor: Actor): Reader & { readonly asked: string[] } {
  const asked: string[] = []
  const run: RegistryDesk['run'] = (operation, input) => {
    asked.push(operation.name)
    return desk.run(operation, input, actor)
  }
  return { t: translatorFor('en'), actor, context: { operations: { run } }, asked }
}

test('strangers learn no name and no identifier', () =>
  atRegistryDesk(async (desk) => {
    await account(desk, 'ada', 'Ada Obi')
    const nameOf = await peopleNames(reader(desk, ANONYMOUS), ['ada', 'program', 'gone'])
    expect(['ada', 'program', 'gone'].map(nameOf)).toEqual(['A person', 'The program', 'A person'])
  }))

test('members read names, asked for once; a deleted account is called so, and the machine, the program and visitors too', () =>
  atRegistryDesk(async (desk) => {
    await account(desk, 'ada', 'Ada Obi')
    await account(desk, 'old', '', 'deleted')
    const ben = reader(desk, BEN)
    const ids = ['ada', 'old', 'local-administrator', 'program', 'anonymous', 'no-account', 'ada']
    const nameOf = await peopleNames(ben, ids)
    expect(ids.map(nameOf)).toEqual([
      'Ada Obi',
      'A deleted account',
      'Person at this machine',
      'The program',
      'A visitor',
      'no-account',
      'Ada Obi',
    ])
    expect(ben.asked).toEqual(['access.name-users'])
  }))

test('more people than one question may hold are asked for in several', () =>
  atRegistryDesk(async (desk) => {
    await account(desk, 'ada', 'Ada Obi')
    const many = Array.from({ length: 600 }, (_, number) => `nobody-${number}`)
    const nameOf = await peopleNames(reader(desk, BEN), [...many, 'ada', 'x'.repeat(200)])
    expect(nameOf('ada')).toBe('Ada Obi')
  }))

test('a problem that says who and when says it in words; anything else stays as it was thrown', () =>
  atRegistryDesk(async (desk) => {
    await account(desk, 'ada', 'Ada Obi')
    const params = { version: 1, found: 2, by: 'ada', at: '2026-11-24T12:00:00.000Z' }
    const named = await withNames(reader(desk, BEN), new Problem('registry.initiative-changed-meanwhile', params))
    expect(named).toMatchObject({
      code: 'registry.initiative-changed-meanwhile',
      kind: 'conflict',
      params: { version: 1, found: 2, by: 'Ada Obi', at: translatorFor('en').instant(params.at) },
    })
    const fault = new Error('fault')
    expect(await withNames(reader(desk, BEN), fault)).toBe(fault)
  }))
