/** From a resolved report to the document that every renderer sets. */
import type { Translator } from '../../i18n/translator.ts'
import { textFor } from '../../kernel/localized-text.ts'
import type { Verdict } from '../../kernel/verdict.ts'
import type { ResolvedReport, TemplateBlock } from '../../modules/reporting/index.ts'
import type { Block, DocumentLabels, DocumentModel, DocumentSection } from '../document-model.ts'
import { nounText } from '../figure-words.ts'
import { numberCards, sourceEntries } from './number-cards.ts'
import { type ReportContext, reportContext, wordsOf } from './report-context.ts'
import { reportFigure } from './report-figures.ts'
import { reportTable } from './report-tables.ts'
import { rowsAnnexes } from './rows-annex.ts'
import { textRuns } from './text-runs.ts'

const VERDICTS: readonly Verdict[] = ['reproduced', 'reproduced_when_rounded', 'not_reproducible', 'nothing_to_compare']

export function buildReport(report: ResolvedReport, t: Translator): DocumentModel {
  const context = reportContext(report, t)
  let paragraph = 0
  const blockOf = (block: TemplateBlock): Block => {
    if (block.type === 'heading') return { kind: 'heading', id: block.id, text: plainText(context, `heading.${block.id}`) }
    if (block.type === 'table') return { kind: 'table', table: reportTable(context, block.table) }
    if (block.type === 'figure') return { kind: 'figure', figure: reportFigure(context, block.figure) }
    paragraph += 1
    return {
      kind: 'paragraph',
      id: block.id,
      number: paragraph,
      runs: textRuns(context, wordsOf(context, `paragraph.${block.id}`)),
    }
  }
  const sections = report.template.sections.map(
    ({ id, number, blocks }): DocumentSection => ({
      id,
      number,
      heading: plainText(context, `section.${id}`),
      blocks: blocks.map(blockOf),
    }),
  )
  const footnotes = context.footnotes.map((id, index) => ({
    number: index + 1,
    text: t.number(index + 1),
    runs: textRuns(context, wordsOf(context, `footnote.${id}`)),
  }))
  const cards = numberCards(context)
  return {
    key: report.key,
    lang: t.lang,
    dir: t.dir,
    title: plainText(context, report.template.title),
    provenance: provenance(context),
    sections,
    footnotes,
    cards,
    sources: sourceEntries(context),
    rows: rowsAnnexes(context),
    labels: labelsOf(t),
  }
}

/** A text without links, for headings. */
export function plainText(context: ReportContext, key: string): string {
  return textRuns(context, wordsOf(context, key))
    .map(({ text }) => text)
    .join('')
}

function provenance({ t, report }: ReportContext): string[] {
  return [
    t('documents.state-live', { date: t.date(report.computedAt.slice(0, 10)) }),
    ...report.portfolios.map(({ collection, dataVersion }) => {
      const rows =
        report.figures.find((one) => one.portfolio === collection.key && one.definitionId === 'projects.rows')?.numerator ?? 0
      return t('documents.data-of', {
        list: textFor(collection.names, t.lang)?.text ?? collection.key,
        rows: t.number(rows),
        noun: nounText(t, 'rows', rows),
        version: dataVersion.slice(0, 12),
      })
    }),
    ...report.missing.map((list) => t('documents.not-loaded', { list })),
  ]
}

function labelsOf(t: Translator): DocumentLabels {
  return {
    contents: t('documents.contents'),
    legend: t('documents.legend'),
    footnotes: t('documents.footnotes'),
    values: t('documents.figure.values'),
    annexNumbers: t('documents.annex.numbers'),
    annexDerived: t('documents.annex.derived'),
    annexReported: t('documents.annex.reported'),
    annexSources: t('documents.annex.sources'),
    annexRows: t('documents.annex.rows'),
    rowsNotPrinted: t('documents.annex.rows-in-file'),
    allRows: t('documents.rows.all'),
    back: t('documents.card.back'),
    verdicts: Object.fromEntries(VERDICTS.map((verdict) => [verdict, t(`components.verdict.${verdict}`)])) as Record<
      Verdict,
      string
    >,
  }
}
