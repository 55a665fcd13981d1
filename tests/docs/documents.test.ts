/** What the documents name must exist: files, commands of npm, links. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { listSettings } from '../../src/app/settings.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { readFiles } from '../boundaries/source-files.ts'

const documents = readFiles('', /\.md$/)
const OUR_FOLDERS =
  /`((?:src|docs|locales|migrations|scripts|tests|packaging|sample-data|report-templates|survey-templates)\/[\w./-]+)`/g

/** Read by the tests only, so they are no settings of an installation. */
const OF_THE_TESTS = ['SURSUR_CHROMIUM', 'SURSUR_LONG', 'SURSUR_PROPERTY_RUNS', 'SURSUR_SHARED', 'SURSUR_TEST_ENGINE']

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
  const known = new Set(listSettings().flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])))
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

test('every command of sursur that a document names exists, with its options', () => {
  const verbs = readCommandPage()
  expect(verbs.size).toBeGreaterThan(5)
  const broken = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpx sursur ([a-z][^`\n|&;)]*)/g)].flatMap((match) => {
      const words = (match[1] ?? '').trim().split(/\s+/)
      const verb = [...verbs.keys()].find((name) => name.split(' ').every((part, index) => part === words[index]))
      if (verb === undefined) return [`${path}: sursur ${match[1]}`]
      return words
        .filter((word) => word.startsWith('--') && !verbs.get(verb)?.includes(word))
        .map((word) => `${path}: sursur ${verb} ${word}`)
    }),
  )
  expect(broken).toEqual([])
})

/** The generated page says what the program takes; another test keeps it fresh. Verb -> its options and those of every verb. */
function readCommandPage(): Map<string, string[]> {
  const page = readFileSync(join(PACKAGE_ROOT, 'docs/reference/commands.md'), 'utf8')
  const [common = '', ...sections] = page.split('\n## ').slice(1)
  const optionsIn = (section: string) => [...section.matchAll(/^(?:\| `)?(--[\w-]+)/gm)].map((match) => match[1] ?? '')
  return new Map(sections.map((section) => [section.split('\n')[0] ?? '', [...optionsIn(section), ...optionsIn(common)]]))
}

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
