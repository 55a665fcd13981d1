/** What the documents name must exist: files, commands of npm, links. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { listSettings } from '../../src/app/settings.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { readFiles } from '../boundaries/source-files.ts'

const documents = readFiles('', /\.md$/)
const OUR_FOLDERS = /`((?:src|docs|locales|migrations|scripts|tests|packaging|sample-data|report-templates)\/[\w./-]+)`/g

/** Read by the tests only, so they are no settings of an installation. */
const OF_THE_TESTS = ['SURSUR_CHROMIUM', 'SURSUR_SHARED', 'SURSUR_TEST_ENGINE']

test('every link between documents leads somewhere', () => {
  const broken = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !existsSync(join(PACKAGE_ROOT, dirname(path), target)))
      .map((target) => `${path}: ${target}`),
  )
  expect(broken).toEqual([])
})

test('every file and folder of ours that a document names exists', () => {
  const missing = documents.flatMap(({ path, text }) =>
    [...text.matchAll(OUR_FOLDERS)]
      .map((match) => match[1] ?? '')
      .filter((target) => !existsSync(join(PACKAGE_ROOT, target)))
      .map((target) => `${path}: ${target}`),
  )
  expect(missing).toEqual([])
})

test('every decision has a number of its own, a date and a state', () => {
  const decisions = documents.filter(({ path }) => /^docs\/decisions\/\d{4}-/.test(path) && !path.includes('/0000-'))
  const numbers = decisions.map(({ path }) => path.slice('docs/decisions/'.length).slice(0, 4))
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([])
  const incomplete = decisions.filter(
    ({ text }) => !/^- Date: \d{4}-\d{2}-\d{2}$/m.test(text) || !/^- State: (proposed|accepted|superseded)/m.test(text),
  )
  expect(incomplete.map(({ path }) => path)).toEqual([])
})

test('every setting that a document, the container or the service names exists', () => {
  const known = new Set(listSettings().map(({ name }) => name))
  const files = [...documents, ...readFiles('', /(^|\/)(Dockerfile|\w+\.service)$/)]
  expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['Dockerfile', 'packaging/sursur.service']))
  const unknown = files.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(SURSUR_[A-Z_]+|DATABASE_URL)\b/g)]
      .map((match) => match[1] ?? '')
      .filter((name) => !known.has(name) && !OF_THE_TESTS.includes(name))
      .map((name) => `${path}: ${name}`),
  )
  expect(unknown).toEqual([])
})

test('every npm command that a document names exists', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'))
  const unknown = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpm run ([\w:-]+)/g)]
      .map((match) => match[1] ?? '')
      .filter((name) => !(name in scripts))
      .map((name) => `${path}: npm run ${name}`),
  )
  expect(unknown).toEqual([])
})
