/** The records behind a number of the workspace. */
import { listWorkspaceRecords, type WorkspaceRecord } from '../../../modules/registry/index.ts'
import { type Column, DataTable, EmptyState, Page, Pagination, StatePill } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { RecordDownloads } from './record-downloads.tsx'
import { askedList, askedWorkspace, listName, recordsAddress, titleOf, workspaceAddress, workspaceName } from './words.ts'

const PAGE = 50

export async function recordsPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const key = askedWorkspace(request)
  const list = askedList(request)
  const asked = Number(query.get('from'))
  const offset = Number.isInteger(asked) && asked > 0 && asked < 10_000_000 ? asked : 0
  const page = await context.operations.run(listWorkspaceRecords, { ...key, list, offset, limit: PAGE }, actor)
  const name = workspaceName(t, key, page.names)
  const title = listName(t, list)
  const pageAt = (from: number) => `${recordsAddress(request, key, list)}${from > 0 ? `&from=${from}` : ''}`
  return {
    title,
    place: 'workspace',
    noIndex: true,
    body: (
      <Page
        title={title}
        trail={[
          { label: t('workspace.chooser.title'), href: at('/workspace') },
          { label: name, href: workspaceAddress(request, key) },
        ]}
        lead={t('workspace.records.total', { count: page.total, shown: t.number(page.total) })}
      >
        <DataTable
          caption={title}
          captionHidden
          columns={columnsOf(request)}
          rows={page.rows}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('workspace.records.none')} />}
        />
        {page.rows.length > 0 && (
          <>
            <Pagination
              shown={page.rows.length}
              total={page.total}
              from={offset + 1}
              previousHref={offset > 0 ? pageAt(Math.max(0, offset - PAGE)) : undefined}
              nextHref={offset + page.rows.length < page.total ? pageAt(offset + PAGE) : undefined}
            />
            <RecordDownloads request={request} scope={key} list={list} label={t('workspace.downloads')} />
          </>
        )}
      </Page>
    ),
  }
}

function columnsOf({ t, at }: PageRequest): Column<WorkspaceRecord>[] {
  return [
    {
      key: 'title',
      label: t('workspace.field.title'),
      cell: (row) => (
        <a href={at(`/initiatives/${row.id}`)}>
          <bdi>{titleOf(t, row)}</bdi>
        </a>
      ),
    },
    { key: 'state', label: t('workspace.field.state'), cell: ({ state }) => <StatePill state={state} /> },
    {
      key: 'years',
      label: t('workspace.field.years'),
      cell: ({ years }) => (years.length === 0 ? undefined : years.map(String).join(' · ')),
    },
    { key: 'updated', label: t('workspace.field.updated'), cell: ({ updatedAt }) => t.instant(updatedAt) },
    {
      key: 'missing',
      label: t('workspace.field.missing'),
      kind: 'number',
      cell: ({ missing }) => t.number(missing.length),
    },
  ]
}
