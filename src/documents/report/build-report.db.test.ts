import { describe, expect, test } from 'vitest'
import { translatorFor } from '../../i18n/translator.ts'
import { loadSampleData } from '../../jobs/sample-data/load-sample-data.ts'
import { OFFICIAL_LANGUAGES } from '../../kernel/languages.ts'
import { removeCollection } from '../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../modules/registry/testing/registry-desk.ts'
import { computeFigures, getReport } from '../../modules/reporting/index.ts'
import { loadShippedSources } from '../../modules/sources/index.ts'
import { LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import type { DocumentModel, Run } from '../document-model.ts'
import { renderFile } from '../html/render-file.ts'
import { buildReport } from './build-report.ts'

const KEY = 'mainstreaming-2015'

async function atDeskWithLists(work: (desk: RegistryDesk) => Promise<void>): Promise<void> {
  await atRegistryDesk(async (desk) => {
    await desk.run(loadShippedSources, {})
    await loadSampleData({ run: desk.run } as Operations, LOCAL_ADMINISTRATOR)
    await work(desk)
  })
}

async function documentIn(desk: RegistryDesk, lang: string, withRows = false): Promise<DocumentModel> {
  return buildReport(await desk.run(getReport, { key: KEY, lang, withRows }), translatorFor(lang))
}

function paragraphRuns(model: DocumentModel, id: string): readonly Run[] {
  const blocks = model.sections.flatMap((section) => section.blocks)
  return blocks.flatMap((block) => (block.kind === 'paragraph' && block.id === id ? block.runs : []))
}

const textOf = (runs: readonly Run[]) => runs.map(({ text }) => text).join('')

describe('the report of 2015 with its lists', () => {
  test('prints computed numbers beside quoted ones, in the form of each language', () =>
    atDeskWithLists(async (desk) => {
      const english = textOf(paragraphRuns(await documentIn(desk, 'en'), 'undp-scale-rows'))
      expect(english).toContain('145 of 469 rows are regional: 30.92%')
      expect(english).toContain('−0.08 percentage points')
      const russian = textOf(paragraphRuns(await documentIn(desk, 'ru'), 'undp-scale-rows'))
      expect(russian).toMatch(/30,92\s%/)
      const offices = textOf(paragraphRuns(await documentIn(desk, 'en'), 'undp-network'))
      expect(offices).toContain('more than 170')
    }))

  test('each number of the text leads to what stands behind it', () =>
    atDeskWithLists(async (desk) => {
      const model = await documentIn(desk, 'en')
      const numbers = paragraphRuns(model, 'undp-projects').filter((run) => run.kind === 'number')
      expect(numbers.map(({ text, number }) => [text, number.target.to])).toEqual([
        ['469', 'value'],
        ['133', 'value'],
        ['469', 'figure'],
        ['0', 'derived'],
        ['133', 'figure'],
        ['0', 'derived'],
        ['7', 'figure'],
      ])
      const targets = new Set(model.cards.map(({ target }) => JSON.stringify(target)))
      for (const run of numbers) expect(targets).toContain(JSON.stringify(run.number.target))
    }))

  test('has sections, figures, the table of verdicts, and recommendations 45 to 55 with addressees', () =>
    atDeskWithLists(async (desk) => {
      const model = await documentIn(desk, 'en')
      const blocks = model.sections.flatMap((section) => section.blocks)
      expect(model.sections.map(({ number }) => number)).toEqual(['I', 'II', 'III', 'IV', 'V'])
      expect(blocks.filter(({ kind }) => kind === 'figure')).toHaveLength(3)
      const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []))
      const verdicts = tables.find(({ id }) => id === 'table-verdicts')
      const found = (verdicts?.rows ?? []).flatMap((row) => row.flatMap((cell) => ('verdict' in cell ? [cell.verdict] : [])))
      const count = (verdict: string) => found.filter((one) => one === verdict).length
      expect(count('reproduced')).toBe(2)
      expect(count('reproduced_when_rounded')).toBe(2)
      expect(count('not_reproducible')).toBe(8)
      expect(count('nothing_to_compare')).toBe(3)
      const recommendations = tables.find(({ id }) => id === 'table-recommendations')
      expect(recommendations?.rows).toHaveLength(11)
      const numbered = blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.number] : []))
      expect(numbered).toEqual(numbered.map((_, index) => index + 1))
    }))

  test('as one file it needs nothing else, and every link inside it has its place', () =>
    atDeskWithLists(async (desk) => {
      for (const lang of OFFICIAL_LANGUAGES) {
        const html = renderFile(await documentIn(desk, lang, true))
        expect(html).not.toMatch(/<script|<link|<img|src=|@import|url\(http/)
        expect(Buffer.byteLength(html)).toBeLessThan(1_500_000)
        const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))
        const dead = [...html.matchAll(/ href="#([^"]+)"/g)].map((match) => match[1]).filter((id) => !ids.has(id))
        expect({ lang, dead }).toEqual({ lang, dead: [] })
        expect(html).not.toContain('⟦')
      }
    }))

  test('the rows behind 469 and 145 are in the file', () =>
    atDeskWithLists(async (desk) => {
      const annex = (await documentIn(desk, 'en', true)).rows.find(({ portfolio }) => portfolio === 'undp-2014')
      const sizeOf = (id: string) => annex?.sets.find(({ definitionId }) => definitionId === id)?.ids.size
      expect(annex?.rows).toHaveLength(469)
      expect(sizeOf('projects.rows')).toBe(469)
      expect(sizeOf('scale.regional.all-rows')).toBe(145)
    }))
})

test('the report is live: it follows the data at once, whatever was in memory before', () =>
  atDeskWithLists(async (desk) => {
    await desk.run(computeFigures, { portfolio: 'undp-2014' })
    const before = await desk.run(getReport, { key: KEY })
    expect(before.numbers['rows-2013']?.value).toBe(287)
    await desk.run(removeCollection, { key: 'undp-2013' })
    const after = await desk.run(getReport, { key: KEY })
    expect(after.numbers['rows-2013']?.value).toBeNull()
    expect(after.numbers['rows-2014']?.value).toBe(469)
    expect(after.numbers['quoted-projects-2013']?.value).toBe(269)
    expect(after.missing).toEqual(['undp-2013'])
  }))

test('without its lists the report says so, and quoted numbers stay (ruling 5)', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(loadShippedSources, {})
    const model = await documentIn(desk, 'en')
    const text = textOf(paragraphRuns(model, 'undp-projects'))
    expect(text).toContain('UNDP reported 469 projects in 133 countries')
    expect(text).toContain('The published list gives not stated rows')
    expect(model.provenance.join(' ')).toContain('undp-2014')
  }))
