/** Every problem of a run, page by page, all of them or one kind. */
import { problemsOfRun } from '../../../../jobs/imports/problem-kinds.ts'
import { getImportRun } from '../../../../modules/registry/index.ts'
import { DataTable, DownloadLinks, Page, Pagination } from '../../../components/index.ts'
import { FILE_FORMATS } from '../../../list-files.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { LevelTag } from '../kinds-table.tsx'
import { type ProblemRow, problemRow } from './problem-rows.ts'

const ROWS_PER_PAGE = 100

export async function problemsPage(request: PageRequest): Promise<PageContent> {
  const { t, at, params, query } = request
  const id = params.id ?? ''
  const { run } = await request.context.operations.run(getImportRun, { id, limit: 1 }, request.actor)
  const kind = query.get('kind') ?? undefined
  const from = Math.max(0, Math.trunc(Number(query.get('from') ?? '0')) || 0)
  const { rows, total } = await pageOf(request, id, kind, from)
  const address = at(`/imports/${id}/problems`)
  const hrefAt = (offset: number) =>
    `${address}?${new URLSearchParams({ ...(kind === undefined ? {} : { kind }), ...(offset > 0 ? { from: String(offset) } : {}) })}`
  const title = t('imports.kinds.title')
  return {
    title,
    place: 'imports',
    noIndex: true,
    body: (
      <Page
        title={title}
        kicker={run.fileName}
        trail={[
          { label: t('imports.title'), href: at('/imports') },
          { label: run.fileName, href: at(`/imports/${id}`) },
        ]}
      >
        {kind !== undefined && (
          <p>
            <a href={address}>{t('imports.kinds.all')}</a>
          </p>
        )}
        <DataTable
          caption={title}
          captionHidden
          columns={[
            { key: 'level', label: t('imports.kinds.level'), cell: (row) => <LevelTag t={t} level={row.level} /> },
            {
              key: 'row',
              label: t('imports.kinds.row'),
              kind: 'number',
              rowHeader: true,
              cell: (row) => row.row ?? t('imports.kinds.whole-file'),
            },
            { key: 'column', label: t('imports.kinds.column'), cell: (row) => <bdi>{columnText(row)}</bdi> },
            { key: 'found', label: t('imports.kinds.found'), cell: (row) => <bdi>{row.found ?? '–'}</bdi> },
            { key: 'message', label: t('imports.kinds.message'), cell: (row) => row.message },
          ]}
          rows={rows}
          rowKey={(row) => String(row.seq)}
        />
        <Pagination
          shown={rows.length}
          total={total}
          from={from + 1}
          previousHref={from > 0 ? hrefAt(Math.max(0, from - ROWS_PER_PAGE)) : undefined}
          nextHref={from + rows.length < total ? hrefAt(from + rows.length) : undefined}
        />
        <DownloadLinks
          label={t('imports.kinds.download')}
          links={FILE_FORMATS.map(({ format, extension }) => ({ format, href: `${address}.${extension}` }))}
        />
      </Page>
    ),
  }
}

function columnText({ sheet, column }: ProblemRow): string {
  return [sheet, column].filter((part) => part !== undefined && part !== '').join(' / ') || '–'
}

async function pageOf(
  { t, context, actor }: PageRequest,
  id: string,
  kind: string | undefined,
  from: number,
): Promise<{ rows: (ProblemRow & { seq: number })[]; total: number }> {
  if (kind === undefined) {
    const page = await context.operations.run(getImportRun, { id, limit: ROWS_PER_PAGE, offset: from }, actor)
    return {
      rows: page.problems.map((problem, index) => ({ ...problemRow(t, problem), seq: from + index })),
      total: page.problemCount,
    }
  }
  const rows: (ProblemRow & { seq: number })[] = []
  let total = 0
  for await (const problem of problemsOfRun(context.operations, actor, id)) {
    if (problem.code !== kind) continue
    if (total >= from && rows.length < ROWS_PER_PAGE) rows.push({ ...problemRow(t, problem), seq: total })
    total += 1
  }
  return { rows, total }
}
