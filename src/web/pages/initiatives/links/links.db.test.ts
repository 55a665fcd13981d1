import { describe, expect, test } from 'vitest'
import { sql } from '../../../../database/db.ts'
import type { HttpRequest, HttpResponse } from '../../../../kernel/http.ts'
import { type InitiativeFacts, listLinkProposals, runLinkSearches } from '../../../../modules/registry/index.ts'
import { lookForLinks } from '../../../../modules/registry/testing/propose-links.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../../modules/registry/testing/registry-desk.ts'
import { pageRoute } from '../../../site.tsx'
import { pageContext } from '../../../testing/page-context.ts'
import { initiativePages } from '../routes.tsx'

const ATTACK = '<script>alert(document.title)</script>'
const HARBOUR: InitiativeFacts = {
  title: { orig: 'en', texts: { en: `Cold rooms for the fishing harbour ${ATTACK}` } },
  reportingOrg: { name: 'Agency of the South' },
  countries: [{ iso3: 'MOZ' }],
  plannedPeriod: { start: '2014-03-10', end: '2016-09-20' },
  budget: { amount: '735000', currency: 'USD' },
}
const IN_ARABIC: InitiativeFacts = {
  ...HARBOUR,
  title: { orig: 'ar', texts: { ar: 'غرف تبريد لميناء الصيد' } },
  reportingOrg: { name: 'الوكالة' },
  plannedPeriod: { start: '2014-03-24', end: '2016-10-05' },
}

function call(
  desk: RegistryDesk,
  method: 'GET' | 'POST',
  path: string,
  params: Record<string, string>,
  given: Record<string, string> = {},
) {
  const page = initiativePages.find((one) => (one.method ?? 'GET') === method && one.path === path)
  if (!page) throw new Error(`no page at ${path}`)
  const values = new URLSearchParams(given)
  const request: HttpRequest = {
    method,
    path: `/${params.lang}${path}`,
    params,
    query: method === 'GET' ? values : new URLSearchParams(),
    form: method === 'POST' ? values : new URLSearchParams(),
    files: [],
    header: () => undefined,
  }
  return pageRoute(pageContext(desk), page).handle(request)
}

async function given(desk: RegistryDesk) {
  await desk.import('south', [{ identifier: 'S-1', facts: HARBOUR }])
  await desk.import('arab', [{ identifier: 'A-77', facts: IN_ARABIC }])
  await lookForLinks(desk)
  const [proposal] = (await desk.run(listLinkProposals, {})).rows
  if (!proposal) throw new Error('nothing was proposed')
  return proposal
}

const bodyOf = (answer: HttpResponse) => String(answer.body)
const links = async ({ database }: RegistryDesk) => (await database.many(sql`select id from initiative_links`)).length

describe('pages about reports of one initiative', () => {
  test('without a reason nothing is linked, and the page asks for it beside the field', () =>
    atRegistryDesk(async (desk) => {
      const { id } = await given(desk)
      const answer = await call(
        desk,
        'POST',
        '/initiatives/links/:id',
        { lang: 'en', id },
        { decision: 'link', reason: '', version: '1' },
      )
      expect(answer.status).toBe(422)
      expect(bodyOf(answer)).toContain('aria-invalid="true"')
      expect(await links(desk)).toBe(0)
    }))

  test('the Enter key decides nothing', () =>
    atRegistryDesk(async (desk) => {
      const { id } = await given(desk)
      const answer = await call(desk, 'POST', '/initiatives/links/:id', { lang: 'en', id }, { reason: 'One', version: '1' })
      expect(answer.status).toBe(200)
      expect(await links(desk)).toBe(0)
    }))

  test.each(['en', 'ar', 'es', 'fr', 'ru', 'zh'])(
    'list and comparison in %s show both sides, every sign in words, and run nothing that a source wrote',
    (lang) =>
      atRegistryDesk(async (desk) => {
        const { id } = await given(desk)
        const list = await call(desk, 'GET', '/initiatives/links', { lang })
        const compare = await call(desk, 'GET', '/initiatives/links/:id', { lang, id })
        for (const answer of [list, compare]) {
          expect(answer.status).toBe(200)
          expect(bodyOf(answer)).toContain('غرف تبريد لميناء الصيد')
          expect(bodyOf(answer)).not.toContain('<script>alert')
          expect(bodyOf(answer)).not.toContain('linking.')
        }
        expect(bodyOf(list)).toContain(`/${lang}/initiatives/links/${id}`)
      }),
  )

  test('who asks for a search is led back at once; the page says that it waits, how far it is, and what came of it', () =>
    atRegistryDesk(async (desk) => {
      await given(desk)
      const answer = await call(desk, 'POST', '/initiatives/links', { lang: 'en' })
      expect(answer).toMatchObject({ status: 303, headers: { location: '/en/initiatives/links' } })
      const list = async () => bodyOf(await call(desk, 'GET', '/initiatives/links', { lang: 'en' }))
      expect(await list()).toContain('The search waits for its turn.')
      expect(await list()).toContain('http-equiv="refresh"')
      await desk.database.run(sql`
        update link_searches set state = 'keeping', holder = 'h', alive_at = now(), records = 4000, pairs_kept = 500, pairs_found = 1250
        where state = 'waiting'
      `)
      expect(await list()).toContain('4,000 records were compared. Pairs stored: 500 of 1,250.')
      await desk.database.run(sql`update link_searches set state = 'waiting', holder = null where state = 'keeping'`)
      await runLinkSearches(desk)
      expect(await list()).toContain('2 records compared')
      expect(await list()).not.toContain('http-equiv="refresh"')
      await desk.database.run(sql`
        update link_searches set state = 'failed', failure = '{"code":"linking.too-many-records","params":{"count":2000000,"most":1048576}}'
      `)
      expect(await list()).toContain('2000000 records cannot be compared at once')
    }))

  test('accepting links both, the pages of the records name each other, and undoing takes it back', () =>
    atRegistryDesk(async (desk) => {
      const { id, oneId, otherId } = await given(desk)
      const decision = { decision: 'link', reason: 'One harbour', version: '1' }
      const linked = await call(desk, 'POST', '/initiatives/links/:id', { lang: 'en', id }, decision)
      expect(linked).toMatchObject({ status: 303 })
      const compare = bodyOf(await call(desk, 'GET', '/initiatives/links/:id', { lang: 'en', id }, { done: 'link' }))
      expect(compare).toContain('One harbour')
      expect(compare).toContain('Take the link away')
      expect(bodyOf(await call(desk, 'GET', '/initiatives/:id', { lang: 'en', id: oneId }))).toContain(
        `/en/initiatives/${otherId}`,
      )
      expect(bodyOf(await call(desk, 'GET', '/initiatives/:id', { lang: 'en', id: otherId }))).toContain('This record belongs to')
      expect(bodyOf(await call(desk, 'GET', '/initiatives/links', { lang: 'en' }))).toContain('No pair matches.')

      const { link } = await desk.database.one<{ link: string }>(sql`select id as link from initiative_links`)
      const without = await call(desk, 'POST', '/initiatives/:id/unlink', { lang: 'en', id: oneId }, { link, reason: '' })
      expect(without.status).toBe(422)
      const gone = await call(
        desk,
        'POST',
        '/initiatives/:id/unlink',
        { lang: 'en', id: oneId },
        { link, reason: 'Two harbours' },
      )
      expect(gone).toMatchObject({ status: 303 })
      expect(await links(desk)).toBe(0)
    }))

  test('refused, unsure and open again: each stands in its own list', () =>
    atRegistryDesk(async (desk) => {
      const { id } = await given(desk)
      const decide = (decision: string, version: string) =>
        call(desk, 'POST', '/initiatives/links/:id', { lang: 'en', id }, { decision, version })
      const shown = async (state: string) =>
        bodyOf(await call(desk, 'GET', '/initiatives/links', { lang: 'en' }, { state })).includes(`/links/${id}`)
      expect(await decide('refused', '1')).toMatchObject({ status: 303 })
      expect([await shown('refused'), await shown('proposed')]).toEqual([true, false])
      expect(await decide('unsure', '1')).toMatchObject({ status: 409 })
      expect(await decide('unsure', '2')).toMatchObject({ status: 303 })
      expect([await shown('refused'), await shown('unsure')]).toEqual([false, true])
      expect(await decide('open', '3')).toMatchObject({ status: 303 })
      expect(await shown('proposed')).toBe(true)
    }))
})
