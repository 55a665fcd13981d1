/** The documents from which numbers are quoted. */
import { type ListedDocument, listDocuments } from '../../../modules/sources/index.ts'
import { ButtonLink, DataTable, DownloadLinks, EmptyState, FilterPanel, Page } from '../../components/index.ts'
import { listFileLinks } from '../../list-files.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { documentHref } from '../reports/document-links.ts'
import { titleText } from './source-words.ts'

export async function documentsPage(request: PageRequest): Promise<PageContent> {
  const { t, at, actor, context, query } = request
  const search = query.get('q')?.trim() ?? ''
  const cursor = query.get('after')
  const page = await context.operations.run(
    listDocuments,
    { ...(search === '' ? {} : { search }), ...(cursor === null ? {} : { cursor }) },
    actor,
  )
  const title = t('reporting.sources.title')
  const next = new URLSearchParams({ ...(search === '' ? {} : { q: search }), after: page.next ?? '' })
  return {
    title,
    place: 'sources',
    about: { downloads: listFileLinks(request, '/sources') },
    body: (
      <Page title={title} lead={t('reporting.sources.lead')}>
        <FilterPanel
          action={at('/sources')}
          groups={[]}
          search={{ name: 'q', label: t('reporting.sources.search'), value: search }}
          setCount={search === '' ? 0 : 1}
          clearHref={at('/sources')}
        />
        <DataTable
          caption={title}
          captionHidden
          rows={page.rows}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('reporting.sources.none')} />}
          columns={[
            {
              key: 'document',
              label: t('reporting.sources.column.document'),
              cell: ({ symbol, printedSymbol }: ListedDocument) => (
                <a href={documentHref(at, symbol)}>
                  <bdi>{printedSymbol || symbol}</bdi>
                </a>
              ),
            },
            {
              key: 'title',
              label: t('reporting.sources.column.title'),
              cell: ({ titles, symbol }) => titleText(t, titles, symbol),
            },
            { key: 'date', label: t('reporting.sources.column.date'), cell: ({ date }) => (date === null ? null : t.date(date)) },
            {
              key: 'values',
              label: t('reporting.sources.column.values'),
              kind: 'number',
              cell: ({ reportedValues }) => t.number(reportedValues),
            },
          ]}
        />
        <DownloadLinks
          label={t('data.value.download')}
          links={listFileLinks({ ...request, query: new URLSearchParams() }, '/sources/values')}
        />
        {page.next !== null && (
          <p>
            <ButtonLink kind="secondary" href={`${at('/sources')}?${next}`}>
              {t('reporting.sources.next')}
            </ButtonLink>
          </p>
        )}
      </Page>
    ),
  }
}
