/** Who publishes the files that were imported; each leads to the validity of its files. */
import { listPublishers } from '../../../../modules/registry/index.ts'
import { DataTable, DownloadLinks, EmptyState, Page, Pagination } from '../../../components/index.ts'
import { listFileLinks } from '../../../list-files.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { readOffset } from './filter.ts'
import { Code } from './problem-columns.tsx'

const PER_PAGE = 100

export async function publishersPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const from = readOffset(query)
  const { rows, total } = await context.operations.run(listPublishers, { limit: PER_PAGE, offset: from }, actor)
  const address = at('/imports/publishers')
  const hrefAt = (offset: number) => (offset > 0 ? `${address}?from=${offset}` : address)
  const title = t('published.publishers.title')
  return {
    title,
    place: 'imports',
    noIndex: true,
    body: (
      <Page title={title} trail={[{ label: t('imports.title'), href: at('/imports') }]} lead={t('published.publishers.lead')}>
        <DataTable
          caption={title}
          captionHidden
          columns={[
            {
              key: 'name',
              label: t('published.file.publisher'),
              rowHeader: true,
              cell: ({ publisher, name }) => (
                <a href={`${address}/${encodeURIComponent(publisher)}`}>
                  <bdi>{name ?? publisher}</bdi>
                </a>
              ),
            },
            { key: 'ref', label: t('published.publishers.ref'), cell: ({ publisher }) => <Code text={publisher} /> },
            {
              key: 'activities',
              label: t('published.run.activities'),
              kind: 'number',
              cell: ({ activities }) => t.number(activities),
            },
            { key: 'files', label: t('published.publishers.files'), kind: 'number', cell: ({ files }) => t.number(files) },
            { key: 'latest', label: t('published.publishers.latest'), cell: ({ latestAt }) => t.instant(latestAt) },
          ]}
          rows={rows}
          rowKey={({ publisher }) => publisher}
          empty={<EmptyState title={t('published.publishers.none')} />}
        />
        {total > 0 && (
          <DownloadLinks
            label={t('published.publishers.download')}
            links={listFileLinks(request, '/imports/publishers', total)}
          />
        )}
        {total > 0 && (
          <Pagination
            shown={rows.length}
            total={total}
            from={from + 1}
            previousHref={from > 0 ? hrefAt(Math.max(0, from - PER_PAGE)) : undefined}
            nextHref={from + rows.length < total ? hrefAt(from + rows.length) : undefined}
          />
        )}
      </Page>
    ),
  }
}
