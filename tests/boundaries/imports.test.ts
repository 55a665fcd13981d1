import { describe, expect, test } from 'vitest'
import { findViolations } from './import-rule.ts'
import { importsOf, readFiles } from './source-files.ts'

test('no file of the program breaks the import rule', () => {
  const files = readFiles('src', /\.tsx?$/)
  expect(files.length).toBeGreaterThan(20)
  expect(findViolations(files)).toEqual([])
})

describe('the guard finds a planted violation of each kind', () => {
  const cases = [
    {
      name: 'an import upwards',
      path: 'src/kernel/shares.ts',
      text: "import { areaName } from '../codes/index.ts'",
      says: 'imports src/codes/index.ts: imports go downwards only, and codes is above kernel.',
    },
    {
      name: 'language work that reaches up to the database',
      path: 'src/text/tokens.ts',
      text: "import type { Db } from '../database/db.ts'",
      says: 'imports src/database/db.ts: imports go downwards only, and database is above text.',
    },
    {
      name: 'web that imports api',
      path: 'src/web/pages/home/page.tsx',
      text: "import { x } from '../../../api/routes.ts'",
      says: 'imports src/api/routes.ts: web and api are neighbours and never import each other.',
    },
    {
      name: 'cli that imports web',
      path: 'src/cli/main.ts',
      text: "export { page } from '../web/page.tsx'",
      says: 'imports src/web/page.tsx: cli and web are neighbours and never import each other.',
    },
    {
      name: 'a page that touches the database',
      path: 'src/web/pages/home/page.tsx',
      text: "import { sql } from '../../../database/db.ts'",
      says: 'imports src/database/db.ts: web never touches database.',
    },
    {
      name: 'a module that looks to its right',
      path: 'src/modules/registry/initiatives/initiative.ts',
      text: "import { figures } from '../../reporting/index.ts'",
      says: 'imports src/modules/reporting/index.ts: registry looks only to its left, and reporting is on its right.',
    },
    {
      name: 'a module entered by the window from another module',
      path: 'src/modules/reporting/figures/scale.ts',
      text: "import { listing } from '../../registry/listings/listing.ts'",
      says: 'imports src/modules/registry/listings/listing.ts: enter the module registry by its index.ts.',
    },
    {
      name: 'a module entered by the window from a page',
      path: 'src/web/pages/registry/page.tsx',
      text: "import { listing } from '../../../modules/registry/listings/listing.ts'",
      says: 'imports src/modules/registry/listings/listing.ts: enter the module registry by its index.ts.',
    },
    {
      name: 'a module that looks at a file which joins all modules',
      path: 'src/modules/sources/index.ts',
      text: "import { PUBLIC_OPERATIONS } from '../public-operations.ts'",
      says: 'imports src/modules/public-operations.ts: sources looks only to its left, and the end of the line is on its right.',
    },
    {
      name: 'a file beside the modules that enters one by the window',
      path: 'src/modules/public-operations.ts',
      text: "import { listing } from './registry/listings/listing.ts'",
      says: 'imports src/modules/registry/listings/listing.ts: enter the module registry by its index.ts.',
    },
    {
      name: 'an unknown module',
      path: 'src/modules/misc/index.ts',
      text: '',
      says: 'the module misc is not in the line of modules.',
    },
    {
      name: 'an unknown folder',
      path: 'src/utils/strings.ts',
      text: '',
      says: 'the folder src/utils is not part of the architecture.',
    },
    {
      name: 'a library outside its folder',
      path: 'src/modules/registry/export.ts',
      text: "import pg from 'pg'",
      says: 'imports pg: this library is wrapped in database and used nowhere else.',
    },
    {
      name: 'a part of a scoped library outside its folder',
      path: 'src/web/server.ts',
      text: "const { PGlite } = await import('@electric-sql/pglite/worker')",
      says: 'imports @electric-sql/pglite/worker: this library is wrapped in database and used nowhere else.',
    },
    {
      name: 'a library that nobody owns',
      path: 'src/web/list.ts',
      text: "import _ from 'lodash'",
      says: 'imports lodash: no folder owns this library yet; decide one in tests/boundaries/import-rule.ts.',
    },
    {
      name: 'a pure folder that reads files',
      path: 'src/kernel/money.ts',
      text: "import { readFileSync } from 'node:fs'",
      says: 'imports node:fs: kernel has no input or output.',
    },
    {
      name: 'the environment read outside the settings',
      path: 'src/database/open.ts',
      text: 'const url = process.env.DATABASE_URL',
      says: 'only src/app/settings.ts reads the environment.',
    },
    {
      name: 'the program using a helper of tests',
      path: 'src/app/start.ts',
      text: "import { openTestOffice } from '../database/testing/open-test-office.ts'",
      says: 'imports src/database/testing/open-test-office.ts, which only tests may use.',
    },
    {
      name: 'the program reaching outside src',
      path: 'src/app/start.ts',
      text: "new Worker(new URL('../../scripts/build.mjs', import.meta.url))",
      says: 'imports scripts/build.mjs, which is outside src.',
    },
  ]
  test.each(cases)('$name', ({ path, text, says }) => {
    expect(findViolations([{ path, text }])).toEqual([`${path}: ${says}`])
  })

  test('files that import each other in a circle', () => {
    const a = { path: 'src/kernel/a.ts', text: "import { b } from './b.ts'" }
    const b = { path: 'src/kernel/b.ts', text: "import { a } from './a.ts'" }
    expect(findViolations([a, b])).toEqual([
      'src/kernel/a.ts: imports itself in a circle: src/kernel/a.ts -> src/kernel/b.ts -> src/kernel/a.ts.',
    ])
    expect(findViolations([a, { ...b, text: "import type { a } from './a.ts'" }])).toEqual([])
  })

  test('but a test may reach anywhere and read the environment', () => {
    const text = "import { sql } from '../database/db.ts'\nconst url = process.env.TEST_DATABASE_URL"
    expect(findViolations([{ path: 'src/web/list.db.test.ts', text }])).toEqual([])
  })
})

describe('the guard reads imports as the compiler does', () => {
  test('over several lines, re-exported, for side effects, when needed, and as a worker', () => {
    const text = `
      import type { A } from './a.ts'
      import b, {
        c,
        type D,
      } from "./b.ts"
      import './c.ts'
      export * from './d.ts'
      export { x } from './e.ts'
      const f = await import('./f.ts')
      new Worker(new URL('./g-worker.js', import.meta.url))
    `
    expect(importsOf(text).map((found) => found.specifier)).toEqual([
      './a.ts',
      './b.ts',
      './d.ts',
      './e.ts',
      './c.ts',
      './f.ts',
      './g-worker.js',
    ])
    expect(importsOf(text).filter((found) => found.typeOnly)).toEqual([{ specifier: './a.ts', typeOnly: true }])
  })

  test('not in comments, also behind strings and regular expressions that look like one', () => {
    const text = `
      const url = 'https://example.org' // import x from './x.ts'
      const glob = /\\/\\*['"]/.test(url)
      import y from './y.ts'
      /* import z from './z.ts' */
    `
    expect(importsOf(text).map((found) => found.specifier)).toEqual(['./y.ts'])
  })
})
