/** The list of what is ours against what is written. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'
import { OWN_ATTRIBUTES, OWN_ELEMENTS } from './extension-elements.ts'

const ROOM = join(PACKAGE_ROOT, 'src', 'interop', 'iati', 'write')

test('no element of ours is written that the list does not name', () => {
  const written = new Set(
    [ROOM, join(ROOM, 'facts')].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/(?:element|made|codes)\(\s*'(sur:[a-z-]+)'/g)])
        .map(([, name = '']) => name),
    ),
  )
  expect([...written].sort()).toEqual(OWN_ELEMENTS.map(({ name }) => name).sort())
})

test('each name stands in the list once', () => {
  for (const names of [OWN_ELEMENTS.map(({ name }) => name), OWN_ATTRIBUTES.map(({ name }) => name)])
    expect(new Set(names).size).toBe(names.length)
})
