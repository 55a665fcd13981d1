import { expect, test } from 'vitest'
import { findForeignTraces } from './foreign-traces.ts'
import { readFiles } from './source-files.ts'

const TEXT_FILES = /(\.(ts|tsx|js|mjs|json|md|sql|css|html|yml|yaml|service|csv)|Dockerfile|\.ci\/run|\.dockerignore|\.npmrc)$/

test('no file names a folder of one machine, a package registry, or material that others do not have', () => {
  const files = readFiles('', TEXT_FILES)
  expect(files.length).toBeGreaterThan(50)
  expect(findForeignTraces(files)).toEqual([])
})

test('the guard finds a planted trace of each kind, and lets the tests read the material beside the clone', () => {
  const shared = ['..', 'shared'].join('/')
  const home = ['', 'home', 'ana', 'sursur'].join('/')
  const lock = `"${'resolved'}": "x"`
  const path = 'src/codes/areas.ts'
  expect(findForeignTraces([{ path, text: `read('${home}')` }])).toEqual([`${path}:1: names a folder of one machine.`])
  expect(findForeignTraces([{ path, text: `\n${lock}` }])).toEqual([`${path}:2: names the host of a package registry.`])
  expect(findForeignTraces([{ path, text: `'${shared}'` }])).toEqual([`${path}:1: names material beside the clone.`])
  expect(findForeignTraces([{ path: 'tests/figures.test.ts', text: `'${shared}'` }])).toEqual([])
})
