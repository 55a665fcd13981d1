/** One number as a source prints it: value with its qualifier, paragraph, how it may be read, and the figures that stand beside it. */
import { definitionOf, readingName, titleAndYear } from '../../../documents/figure-words.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Figure, getFigure, listComparisons } from '../../../modules/reporting/index.ts'
import { formatReportedValue, formatSourcePlace, getReportedValueQuery, parseReference } from '../../../modules/sources/index.ts'
import { CiteBox, DataTable, Page, SummaryList, Verdict } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { FigureDoor } from '../figures/figure-table.tsx'
import { absoluteAddress } from '../initiatives/list/cite-list.ts'
import { documentHref } from '../reports/document-links.ts'
import { periodText, titleText } from './source-words.ts'

export async function valuePage(request: PageRequest): Promise<PageContent> {
  const { t, at, actor, context, params } = request
  const reference = params.reference ?? ''
  const value = await context.operations.run(getReportedValueQuery, parseReference(reference), actor)
  const label = textFor(value.label, t.lang)?.text ?? value.key
  const shown = formatReportedValue(value, t)
  const source = documentHref(at, value.document)
  const figures = await comparedFigures(request, reference)
  return {
    title: label,
    place: 'sources',
    body: (
      <Page
        title={label}
        kicker={t('reporting.sources.value-kicker')}
        trail={[
          { label: t('reporting.sources.title'), href: at('/sources') },
          { label: titleText(t, value.documentTitle, value.document), href: source },
        ]}
        lead={t('reporting.sources.value-fixed')}
      >
        <article class="card" aria-label={label}>
          <p class="card-title">{t('reporting.sources.value-as-printed')}</p>
          <p class="card-value">
            <bdi>{shown}</bdi>
          </p>
          <SummaryList
            facts={[
              { label: t('reporting.sources.value-period'), value: periodText(t, value.period) },
              {
                label: t('reporting.sources.value-place'),
                value: <a href={value.para === null ? source : `${source}#p${value.para}`}>{formatSourcePlace(value, t)}</a>,
              },
              ...(value.note === null
                ? []
                : [{ label: t('reporting.sources.value-note'), value: textFor(value.note, t.lang)?.text }]),
              { label: t('reporting.sources.value-reference'), value: <code dir="ltr">{value.reference}</code> },
            ]}
          />
          <CiteBox
            citation={t('reporting.sources.citation', { document: formatSourcePlace(value, t), label, value: shown })}
            permalink={absoluteAddress(request, at(`/sources/values/${value.reference}`))}
          />
        </article>
        <h2>{t('reporting.sources.compared')}</h2>
        {figures.length === 0 ? (
          <p class="muted">{t('reporting.sources.not-compared')}</p>
        ) : (
          <DataTable
            caption={t('reporting.sources.compared')}
            captionHidden
            rows={figures}
            rowKey={({ portfolio, definitionId }) => `${portfolio} ${definitionId}`}
            columns={[
              {
                key: 'counted',
                label: t('reporting.figures.column.counted'),
                cell: (figure: Figure) => titleAndYear(t, definitionOf(figure), figure.year),
              },
              {
                key: 'reading',
                label: t('reporting.figures.column.reading'),
                cell: (figure) => readingName(t, definitionOf(figure)),
              },
              {
                key: 'value',
                label: t('reporting.figures.column.value'),
                kind: 'number',
                cell: (figure) => <FigureDoor request={request} figure={figure} filter={{ values: {} }} />,
              },
              {
                key: 'verdict',
                label: t('reporting.figures.column.verdict'),
                cell: ({ verdict }) => <Verdict verdict={verdict} />,
              },
            ]}
          />
        )}
      </Page>
    ),
  }
}

/** Figures of lists that are not in this installation are left out. */
async function comparedFigures({ context, actor }: PageRequest, reference: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { portfolio, year, definition, reported } of listComparisons()) {
    if (reported !== reference) continue
    try {
      figures.push((await context.operations.run(getFigure, { portfolio, year, definition }, actor)).figure)
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'missing') throw error
    }
  }
  return figures
}
