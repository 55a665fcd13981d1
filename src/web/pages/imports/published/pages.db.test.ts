import { describe, expect, test } from 'vitest'
import { sql } from '../../../../database/db.ts'
import type { HttpResponse } from '../../../../kernel/http.ts'
import {
  addPublishedRows,
  applyImportRun,
  beginPublishedRun,
  createCollection,
  getInitiative,
  type InitiativeFacts,
  pauseImportRun,
  registerInitiative,
} from '../../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../../modules/registry/testing/registry-desk.ts'
import { type PageDefinition, pageRoute, type WebContext } from '../../../site.tsx'
import { pageContext } from '../../../testing/page-context.ts'
import { detailPage } from '../../initiatives/detail/detail-page.tsx'
import { flowsPage } from '../../initiatives/detail/flows-page.tsx'
import { questionsPage, settleQuestion } from '../questions/questions-page.tsx'
import { settleAll, settleAllPage } from '../questions/settle-all-page.tsx'
import { runPage } from '../run/run-page.tsx'
import { runValidityPage } from '../validity/run-validity-page.tsx'

interface Asked {
  readonly id?: string
  readonly query?: Record<string, string>
  readonly form?: Record<string, string>
  readonly lang?: string
}

function answer(
  desk: RegistryDesk,
  handle: PageDefinition['handle'],
  { id = '', query, form, lang = 'en' }: Asked,
): Promise<HttpResponse> {
  // Pages of a run ask whether its file is still here; nothing else of the jobs.
  const imports = { of: () => ({ has: async () => false }), reportOf: () => undefined }
  const context = { ...pageContext(desk), imports } as unknown as WebContext
  return pageRoute(context, { path: '/page/:id', handle }).handle({
    method: form ? 'POST' : 'GET',
    path: `/${lang}/page/${id}`,
    params: { lang, id },
    query: new URLSearchParams(query),
    form: new URLSearchParams(form),
    files: [],
    header: () => undefined,
  })
}

async function begin(desk: RegistryDesk): Promise<string> {
  const answered = await desk.run(beginPublishedRun, {
    collection: { key: 'portfolio' },
    fileName: 'activities.xml',
    fileDigest: 'd',
    fileBytes: 1_000_000,
    format: 'iati',
    series: 'activities.xml',
    edition: 1,
    holder: 'the-only-process',
  })
  if (answered.kind !== 'begun') throw new Error(`Not begun: ${answered.kind}`)
  const runId = answered.begun.run.id
  await desk.run(addPublishedRows, {
    runId,
    holder: 'the-only-process',
    created: new Uint8Array(0),
    changed: [],
    changedFrom: 0,
    block: null,
    problems: [
      {
        code: 'iati.code-unknown',
        params: { found: '<b>5</b>', list: 'CollaborationType' },
        level: 'warning',
        place: { file: 'activities.xml', line: 12, activity: 'XM-1', element: 'collaboration-type/@code' },
      },
    ],
    counts: { read: 7, created: 0, changed: 0, unchanged: 6, rejected: 1 },
    bytesRead: 250_000,
  })
  return runId
}

describe('pages of published files', () => {
  test('a run shows how far it is and renews itself; paused it offers to go on and stands still', () =>
    atRegistryDesk(async (desk) => {
      const id = await begin(desk)
      const reading = String((await answer(desk, runPage, { id })).body)
      expect(reading).toContain('http-equiv="refresh"')
      expect(reading).toContain('25%: 250 kB of 1.0 MB')
      expect(reading).toContain(`formaction="/en/imports/${id}/cancel"`)
      await desk.run(pauseImportRun, { runId: id })
      const paused = String((await answer(desk, runPage, { id })).body)
      expect(paused).not.toContain('http-equiv="refresh"')
      expect(paused).toContain(`action="/en/imports/${id}/resume"`)
    }))

  test('validity names rule, place and what was found, and runs nothing that a file says', () =>
    atRegistryDesk(async (desk) => {
      const id = await begin(desk)
      await desk.run(applyImportRun, {
        runId: id,
        reading: { upgrades: { narratives: 3 } },
        published: { holder: 'the-only-process', digest: 'd', withdrawn: [], returned: [] },
      })
      for (const lang of ['en', 'ar', 'zh']) {
        const html = String((await answer(desk, runValidityPage, { id, lang })).body)
        expect(html).toContain('iati.code-unknown')
        expect(html).toContain('collaboration-type/@code')
        expect(html).toContain('&lt;b>5&lt;/b>')
        expect(html).not.toContain('<b>5</b>')
        expect(html).toContain(`/${lang}/imports/${id}/validity.xlsx`)
      }
      const chosen = String((await answer(desk, runValidityPage, { id, query: { level: 'error' } })).body)
      expect(chosen).not.toContain('data-label="Activity"')
      const run = String((await answer(desk, runPage, { id })).body)
      expect(run).toContain('Texts of elements became narratives')
      expect(run).toContain('1 activity was left out')
    }))

  test('a field in question shows both sides; each is decided alone, or all of a run after a question', () =>
    atRegistryDesk(async (desk) => {
      const runId = await begin(desk)
      await desk.run(createCollection, { key: 'own' })
      const facts: InitiativeFacts = { title: { orig: 'en', texts: { en: 'Ours' } }, note: 'kept' }
      const { id } = await desk.run(registerInitiative, { collection: 'own', facts })
      for (const [conflict, section, theirs] of [
        ['c1', 'title', { orig: 'en', texts: { en: 'Theirs' } }],
        ['c2', 'note', 'from the file'],
      ] as const) {
        await desk.database.run(sql`
          insert into import_conflicts (id, initiative_id, run_id, section, ours, theirs, ours_at)
          values (${conflict}, ${id}, ${runId}, ${section}, ${JSON.stringify(facts[section])}::jsonb, ${JSON.stringify(theirs)}::jsonb,
                  '2026-11-24T11:00:00Z')
        `)
      }
      const page = String((await answer(desk, questionsPage, { query: { run: runId } })).body)
      expect(page).toContain('Ours')
      expect(page).toContain('Theirs')
      expect(page).toContain('from the file')
      expect(String((await answer(desk, detailPage, { id })).body)).toContain('2 fields wait for a decision')
      await answer(desk, settleQuestion, { form: { id: 'c1', decision: 'theirs' } })
      expect((await desk.run(getInitiative, { id })).record.facts.title?.texts.en).toBe('Theirs')
      // Twice: somebody else was quicker.
      expect((await answer(desk, settleQuestion, { form: { id: 'c1', decision: 'ours' } })).status).toBe(409)
      const question = String((await answer(desk, settleAllPage, { query: { run: runId, decision: 'ours' } })).body)
      expect(question).toContain('1 field stays as it is here.')
      const settled = await answer(desk, settleAll, { form: { run: runId, decision: 'ours' } })
      expect(settled.headers.location).toContain('done=1')
      expect((await desk.run(getInitiative, { id })).record.facts.note).toBe('kept')
    }))

  test('an activity with a thousand transactions stays a page that a slow line carries, with a page for all of them', () =>
    atRegistryDesk(async (desk) => {
      await desk.run(createCollection, { key: 'own' })
      const contributions = Array.from({ length: 1_000 }, (_, index) => ({
        no: `t${index}`,
        nature: 'disbursement' as const,
        giverName: `Giver number ${index}`,
        period: { start: `20${10 + (index % 10)}-01-01` },
        money: { amount: '10.50', currency: 'USD', valueDate: '2014-01-01' },
        description: 'What it was for. '.repeat(40),
        published: { element: 'transaction' as const, type: '3' },
      }))
      const results = Array.from({ length: 80 }, (_, index) => ({
        statement: `Result ${index}`,
        indicators: [{ measure: '1', periods: [{ target: '5', actual: '6' }] }],
      }))
      const { id } = await desk.run(registerInitiative, { collection: 'own', facts: { contributions, results } })
      for (const lang of ['en', 'ar']) {
        const html = String((await answer(desk, detailPage, { id, lang })).body)
        expect(Buffer.byteLength(html)).toBeLessThan(100_000)
        expect(html).toContain(`/${lang}/initiatives/${id}/flows`)
      }
      const html = String((await answer(desk, detailPage, { id })).body)
      // A hundred a year, each of 10.50.
      expect(html).toContain('1,050.00')
      expect(html).toContain('Giver number 49')
      expect(html).not.toContain('Giver number 50<')
      const last = String((await answer(desk, flowsPage, { id, query: { from: '900' } })).body)
      expect(last).toContain('Giver number 999')
    }))
})
