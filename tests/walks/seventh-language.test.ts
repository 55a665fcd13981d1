/**
 * "A seventh language is one folder" (docs/guides/translate.md), followed: the English texts are copied to a folder `pt`, two of them
 * translated and one taken away. The folder lies outside the project and is named as an office would name it that tries a translation.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listLanguages, readLocalesFrom } from '../../src/i18n/languages.ts'
import { createBulkFiles } from '../../src/jobs/exports/bulk-files.ts'
import { createImportJobs } from '../../src/jobs/imports/import-jobs.ts'
import { createPartialFiles } from '../../src/jobs/imports/partial/partial-files.ts'
import type { HttpRequest, HttpResponse } from '../../src/kernel/http.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import type { Operations } from '../../src/operations/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { webRoutes } from '../../src/web/routes.ts'

const SHIPPED = join(PACKAGE_ROOT, 'locales')
const folder = mkdtempSync(join(tmpdir(), 'sursur-locales-'))

beforeAll(() => {
  cpSync(SHIPPED, folder, { recursive: true })
  cpSync(join(SHIPPED, 'en'), join(folder, 'pt'), { recursive: true })
  change('site', (texts) => ({ ...texts, 'menu.initiatives': 'Iniciativas' }))
  change('cli', (texts) => ({ ...texts, 'problem.verb-unknown': '“{found}” não é um comando. Existem: {accepted}.' }))
  change('components', ({ 'not-stated': _taken, ...texts }) => texts)
  readLocalesFrom(folder)
})

afterAll(() => {
  readLocalesFrom(SHIPPED)
  rmSync(folder, { recursive: true, force: true })
})

function change(module: string, by: (texts: Record<string, string>) => Record<string, string>): void {
  const path = join(folder, 'pt', `${module}.json`)
  writeFileSync(path, JSON.stringify(by(JSON.parse(readFileSync(path, 'utf8')))))
}

/** The gallery of components asks no operation, so no database is needed. */
const operations: Operations = {
  run: async (operation) => {
    throw new Error(`The page asked for ${operation.name}`)
  },
}
const routes = () =>
  webRoutes({
    operations,
    imports: createImportJobs(operations, folder),
    partialFiles: createPartialFiles(folder),
    openData: createBulkFiles(operations, folder),
    // No page about accounts is asked for here.
    accounts: {} as never,
    releases: {} as never,
    visitorOf: async () => ({ actor: LOCAL_ADMINISTRATOR, accountsExist: false }),
    isFormTokenOf: () => false,
    instance: { name: 'Sursur', owner: undefined, logo: undefined, version: '0.0.0', arabicDigits: 'latn' },
  })

async function read(routePath: string, path: string, params: Record<string, string>, accepts = ''): Promise<HttpResponse> {
  const route = routes().find((candidate) => candidate.method === 'GET' && candidate.path === routePath)
  if (!route) throw new Error(`There is no route ${routePath}`)
  const request: HttpRequest = {
    method: 'GET',
    path,
    params,
    query: new URLSearchParams(),
    form: new URLSearchParams(),
    files: [],
    header: (name) => (name === 'accept-language' ? accepts : undefined),
  }
  return route.handle(request)
}

const gallery = async (lang: string) => String((await read('/:lang/components', `/${lang}/components`, { lang })).body)

describe('a folder locales/pt is all that a seventh language needs', () => {
  test('it stands after the six, and in the language menu of every page under its own name', async () => {
    expect(listLanguages()).toEqual(['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt'])
    expect(await gallery('fr')).toMatch(/<a[^>]*href="\/pt\/components"[^>]*>Português<\/a>/)
  })

  test('a page in it is whole, says its language, and has its texts', async () => {
    const page = await gallery('pt')
    expect(page).toMatch(/<html[^>]* lang="pt"[^>]* dir="ltr"/)
    expect(page).toContain('>Iniciativas</a>')
    expect(page).toContain('href="/pt/countries"')
  })

  test('a text that it lacks is shown in English with a mark, so that nobody takes it for a translation', async () => {
    expect(await gallery('pt')).toContain('not stated ⟦en⟧')
    expect(await gallery('en')).not.toContain('⟦')
  })

  test('a reader whose browser asks for it is led to it', async () => {
    expect((await read('/', '/', {}, 'pt-BR,pt;q=0.9,en;q=0.5')).headers.location).toBe('/pt')
  })
})

describe('the program itself', () => {
  const run = (locales: string, ...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(PACKAGE_ROOT, words[0] ?? ''), ...words.slice(1)], {
      encoding: 'utf8',
      env: { ...process.env, SURSUR_LOCALES: locales, DATABASE_URL: '' },
    })
    return { status, said: stdout + stderr }
  }

  beforeAll(() => {
    const { status, said } = run('', 'scripts/build.mjs', '--if-needed')
    if (status !== 0) throw new Error(said)
  })

  test('the release check names the text that the language lacks', () => {
    const { status, said } = run('', 'scripts/check-release.mjs', '--locales', folder)
    expect(said).toContain('pt: components.not-stated is missing.')
    expect(status).toBe(1)
  })

  test('speaks it when SURSUR_LOCALES names the folder', () => {
    expect(run(folder, 'bin/sursur.js', 'dance', '--lang', 'pt')).toMatchObject({
      status: 2,
      said: expect.stringContaining('não é um comando'),
    })
  })

  test('refuses a folder without English, to which every other language falls back', () => {
    const { status, said } = run(join(folder, 'pt'), 'bin/sursur.js', 'doctor', '--data', join(folder, 'data'))
    expect(status).toBe(2)
    expect(said).toContain('SURSUR_LOCALES')
  })
})
