/** A document that is cited: its paragraphs by topic, and with each the numbers that are quoted from it. */
import { textFor } from '../../../kernel/localized-text.ts'
import {
  formatReportedValue,
  getDocumentQuery,
  type ParagraphWithValues,
  type ReportedValue,
} from '../../../modules/sources/index.ts'
import { DataTable, NumberDoor, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { periodText, titleText } from './source-words.ts'

export async function documentPage(request: PageRequest): Promise<PageContent> {
  const { t, at, actor, context, params } = request
  const document = await context.operations.run(getDocumentQuery, { document: params.symbol ?? '' }, actor)
  const { symbol, printedSymbol, titles, body, date, url, note, paragraphs, otherReportedValues, languages } = document
  const title = titleText(t, titles, symbol)
  return {
    title,
    place: 'sources',
    body: (
      <Page
        title={title}
        kicker={printedSymbol || symbol}
        trail={[{ label: t('reporting.sources.title'), href: at('/sources') }]}
      >
        <SummaryList
          facts={[
            { label: t('reporting.sources.body'), value: body && <span lang="en">{body}</span> },
            { label: t('reporting.sources.column.date'), value: date && t.date(date) },
            ...(languages.length > 0 ? [{ label: t('reporting.sources.languages'), value: t.list(languages) }] : []),
            ...(url === null ? [] : [{ label: t('reporting.sources.address'), value: <a href={url}>{url}</a> }]),
            ...(note === null ? [] : [{ label: t('reporting.sources.note'), value: textFor(note, t.lang)?.text }]),
          ]}
        />
        {otherReportedValues.length > 0 && (
          <>
            <h2>{t('reporting.sources.other-values')}</h2>
            <Values request={request} values={otherReportedValues} />
          </>
        )}
        {paragraphs.length > 0 && (
          <>
            <h2>{t('reporting.sources.paragraphs')}</h2>
            <p class="muted">{t('reporting.sources.paragraphs-text')}</p>
            <DataTable
              caption={t('reporting.sources.paragraphs')}
              captionHidden
              rows={paragraphs}
              rowKey={({ number }) => number}
              columns={[
                {
                  key: 'number',
                  label: t('reporting.sources.column.paragraph'),
                  cell: ({ number }: ParagraphWithValues) => <span id={`p${number}`}>{number}</span>,
                },
                {
                  key: 'topic',
                  label: t('reporting.sources.column.topic'),
                  cell: ({ topic }) => textFor(topic, t.lang)?.text,
                },
                {
                  key: 'values',
                  label: t('reporting.sources.column.values'),
                  cell: ({ reportedValues }) =>
                    reportedValues.length === 0 ? '–' : <Values request={request} values={reportedValues} />,
                },
              ]}
            />
          </>
        )}
      </Page>
    ),
  }
}

function Values({ request: { t, at }, values }: { readonly request: PageRequest; readonly values: readonly ReportedValue[] }) {
  return (
    <ul>
      {values.map((value) => {
        const label = textFor(value.label, t.lang)?.text ?? value.key
        const period = periodText(t, value.period)
        return (
          <li key={value.id}>
            <NumberDoor href={at(`/sources/values/${value.reference}`)} definition={label} value={value.value ?? undefined}>
              {formatReportedValue(value, t)}
            </NumberDoor>{' '}
            <span class="muted">{period === undefined ? label : `${label}, ${period}`}</span>
          </li>
        )
      })}
    </ul>
  )
}
