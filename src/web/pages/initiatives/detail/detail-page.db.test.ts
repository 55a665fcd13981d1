import { expect, test } from 'vitest'
import { sql } from '../../../../database/db.ts'
import type { HttpResponse } from '../../../../kernel/http.ts'
import { createCollection, registerInitiative } from '../../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../../modules/registry/testing/registry-desk.ts'
import { type PageDefinition, pageRoute } from '../../../site.tsx'
import { pageContext } from '../../../testing/page-context.ts'
import { editPage } from '../form/pages.tsx'
import { detailPage } from './detail-page.tsx'
import { moveState } from './move-action.tsx'

async function answer(
  desk: RegistryDesk,
  handle: PageDefinition['handle'],
  id: string,
  form: Record<string, string> = {},
): Promise<HttpResponse> {
  const context = pageContext(desk)
  return pageRoute(context, { path: '/initiatives/:id', handle }).handle({
    method: Object.keys(form).length > 0 ? 'POST' : 'GET',
    path: `/en/initiatives/${id}`,
    params: { lang: 'en', id },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    files: [],
    header: () => undefined,
  })
}

const COMPLETE = {
  title: { orig: 'en', texts: { en: 'Wells' } },
  kind: 'project' as const,
  reportingOrg: { name: 'Ministry' },
  partners: [{ no: '1', name: 'Brazil', iso3: 'BRA', role: 'first_provider' as const }],
}

test('a refused submission says all that is missing at the top of the page, each with a link to its place in the form', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const { id, version } = await desk.run(registerInitiative, { collection: 'own', facts: {} })
    const { status, body } = await answer(desk, moveState, id, { to: 'submitted', version: String(version) })
    const html = String(body)
    expect(status).toBe(422)
    const summary = html.slice(html.indexOf('class="error-summary"'), html.indexOf('summary-card'))
    expect(summary).toContain('role="alert"')
    for (const place of ['rows-title', 'field-kind', 'field-reportingOrg', 'rows-partners'])
      expect(summary).toContain(`href="/en/initiatives/${id}/edit#${place}"`)
  })
})

test('a withdrawal without a reason is said at the top and at the field that asks for it', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const { id, version } = await desk.run(registerInitiative, { collection: 'own', facts: COMPLETE })
    const { status, body } = await answer(desk, moveState, id, { to: 'withdrawn', version: String(version) })
    expect(status).toBe(422)
    expect(body).toContain('href="#field-reason-withdrawn"')
    expect(body).toContain('id="field-reason-withdrawn-error"')
  })
})

test('before publication a record without list year says that it will stand in no figure, with a link to add one', async () => {
  await atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'own' })
    const { id } = await desk.run(registerInitiative, { collection: 'own', facts: COMPLETE })
    const page = String((await answer(desk, detailPage, id)).body)
    expect(page).toContain('will not stand in the figures of any year')
    expect(page).toContain(`href="/en/initiatives/${id}/edit#rows-listed"`)
    expect((await answer(desk, (request) => editPage(request, {}), id)).body).toContain('id="rows-listed"')
    const listed = await desk.run(registerInitiative, { collection: 'own', facts: COMPLETE, listed: [{ year: 2022 }] })
    expect((await answer(desk, detailPage, listed.id)).body).not.toContain('in the figures of any year')
  })
})

test('the record shows the columns kept as they were, a phase that no list knows, and the row and file it came from', async () => {
  await atRegistryDesk(async (desk) => {
    const kept = { phase: 'Achevé', Observations: 'Suivi en 2015' }
    const run = await desk.import('own', [
      { identifier: 'P-1', facts: { ...COMPLETE, kept }, listed: { year: 2022, sourceRow: 7 } },
    ])
    const { id } = await desk.database.one<{ id: string }>(sql`select id from initiatives where identifier = 'P-1'`)
    const html = String((await answer(desk, detailPage, id)).body)
    expect(html).toContain('Columns kept as they were')
    expect(html).toContain('Observations')
    expect(html).toContain('Suivi en 2015')
    expect(html).toContain('kept as written: \u2068Achevé\u2069')
    expect(html).toContain(`href="/en/imports/${run.id}"`)
    expect(html).toContain('row 7 of \u2068rows.csv\u2069')
  })
})
