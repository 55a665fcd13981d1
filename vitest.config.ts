/**
 * Four projects. Plain `npx vitest run src/some/folder` runs what it can here and now; `npm test` runs everything.
 *
 *   rules     pure code: everything that needs neither a database nor a browser
 *   embedded  *.db.test.ts on the embedded database
 *   server    the same files on the PostgreSQL server of TEST_DATABASE_URL; absent without one
 *   journeys  tests/journeys: a real browser on the built program, one file after the other
 */
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

const DATABASE_TESTS = ['src/**/*.db.test.{ts,tsx}', 'tests/**/*.db.test.{ts,tsx}']
const JOURNEYS = 'tests/journeys/**/*.test.{ts,tsx}'

/** Groups run one after the other: two engines at once would only measure how slow two cores can be. */
let order = 0

function project(name: string, test: Record<string, unknown>): TestProjectConfiguration {
  order += 1
  return { extends: true, test: { name, sequence: { groupOrder: order }, ...test } } as TestProjectConfiguration
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      project('rules', {
        include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
        exclude: [...DATABASE_TESTS, JOURNEYS, '**/node_modules/**'],
      }),
      project('embedded', { include: DATABASE_TESTS, exclude: [JOURNEYS], env: { SURSUR_TEST_ENGINE: 'embedded' } }),
      ...(process.env.TEST_DATABASE_URL
        ? [project('server', { include: DATABASE_TESTS, exclude: [JOURNEYS], env: { SURSUR_TEST_ENGINE: 'server' } })]
        : []),
      project('journeys', { include: [JOURNEYS], testTimeout: 180_000, maxWorkers: 1 }),
    ],
  },
})
