import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../../kernel/http.ts'
import { createCollection } from '../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../modules/registry/testing/registry-desk.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { figurePages } from './routes.tsx'

async function answer(desk: RegistryDesk, address: string): Promise<HttpResponse> {
  const url = new URL(address, 'http://localhost')
  const context = pageContext(desk)
  const [lang = 'en', , portfolio, year, definition] = url.pathname.slice(1).split('/')
  const path = definition === undefined ? `/${url.pathname.slice(4)}` : '/figures/:portfolio/:year/:definition'
  const page = figurePages.find((one) => one.path === path)
  if (!page) throw new Error(`no page at ${address}`)
  const request: HttpRequest = {
    method: 'GET',
    path: url.pathname,
    params: definition === undefined ? { lang } : { lang, portfolio: portfolio ?? '', year: year ?? '', definition },
    query: url.searchParams,
    form: new URLSearchParams(),
    files: [],
    header: () => undefined,
  }
  return pageRoute(context, page).handle(request)
}

async function withRows(work: (desk: RegistryDesk) => Promise<void>): Promise<void> {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    await desk.import('own', [{ facts: { hosts: ['BRA'] }, listed: { year: 2014 } }])
    await work(desk)
  })
}

test('a collection that is not there and a year that is none are problems, not empty pages', () =>
  withRows(async (desk) => {
    for (const [address, status, says] of [
      ['/en/figures?collection=nowhere', 404, 'nowhere'],
      ['/en/figures/pairs?collection=nowhere', 404, 'nowhere'],
      ['/en/figures?collection=own&year=20x4', 422, '20x4'],
      ['/en/figures/own/20x4/projects.rows', 422, '20x4'],
    ] as const) {
      const page = await answer(desk, address)
      expect([address, page.status, String(page.body).includes(says)]).toEqual([address, status, true])
    }
  }))

test('the card of a year without rows says so and leads to the years there are', () =>
  withRows(async (desk) => {
    const { body } = await answer(desk, '/en/figures/own/1999/projects.rows')
    expect(body).toContain('There are no rows of own, 1999')
    expect(body).toContain('href="/en/figures/own/2014/projects.rows"')
    expect((await answer(desk, '/en/figures/own/2014/projects.rows')).body).not.toContain('There are no rows of')
  }))

test('a file of figures is named by collection, year and day', () =>
  withRows(async (desk) => {
    const { headers } = await answer(desk, '/en/figures.json?collection=own&year=2014')
    expect(headers['content-disposition']).toMatch(/filename="figures-own-2014-\d{4}-\d{2}-\d{2}\.json"/)
  }))

test('the page of figures and the card explain what the rule confirms and what a reading is', () =>
  withRows(async (desk) => {
    for (const address of ['/en/figures?collection=own', '/en/figures/own/2014/projects.rows']) {
      const { body } = await answer(desk, address)
      expect(body).toContain('name partners and roles well enough for the rule to confirm the label')
      expect(body).toContain('One way of counting where several are possible')
      expect(body).toContain('Fingerprint of the rows counted')
    }
  }))
