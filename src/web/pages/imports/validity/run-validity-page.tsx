/** How valid a file is: its problems by rule, by file of an archive, and one after another, for the data officer who mends it. */
import { type FileCount, getRunValidity, listRunProblems, type RunValidity } from '../../../../modules/registry/index.ts'
import { DataTable, Page, SummaryList } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { isolated } from '../words.ts'
import { filterQuery, readFilter, readOffset } from './filter.ts'
import { PROBLEMS_PER_PAGE, ProblemsSection } from './problems-section.tsx'
import { RulesTable } from './rules-table.tsx'

export async function runValidityPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, params, query } = request
  const runId = params.id ?? ''
  const filter = readFilter(query)
  const from = readOffset(query)
  const validity = await context.operations.run(getRunValidity, { runId }, actor)
  const { rows, total } = await context.operations.run(
    listRunProblems,
    { runId, ...filter, limit: PROBLEMS_PER_PAGE, offset: from },
    actor,
  )
  const { run } = validity
  const address = at(`/imports/${runId}/validity`)
  return {
    title: t('published.validity.title', { file: isolated(run.fileName) }),
    place: 'imports',
    noIndex: true,
    body: (
      <Page
        title={t('published.validity.title', { file: isolated(run.fileName) })}
        kicker={t('published.validity.kicker')}
        trail={[
          { label: t('imports.title'), href: at('/imports') },
          { label: run.fileName, href: at(`/imports/${runId}`) },
        ]}
        lead={<p>{t('published.validity.text')}</p>}
        provenance={{
          source: { label: run.address ?? run.fileName },
          at: run.startedAt,
          run: { label: run.id, href: at(`/imports/${runId}`) },
          state: run.state,
          stateLabel: t(`imports.state.${run.state}`),
        }}
      >
        <Sums request={request} validity={validity} />
        <p>
          <a href={at('/imports/publishers')}>{t('published.publishers.title')}</a>
        </p>
        <section aria-labelledby="rules">
          <h2 id="rules">{t('published.validity.rules')}</h2>
          <RulesTable
            t={t}
            rules={validity.rules}
            hrefOf={({ code, level }) => `${address}${filterQuery({ rule: code, level })}#problems`}
          />
        </section>
        {validity.files.length > 1 && <Files request={request} files={validity.files} address={address} />}
        <ProblemsSection
          request={request}
          path={`/imports/${runId}/validity`}
          rules={validity.rules}
          filter={filter}
          rows={rows.map((row) => ({ ...row, key: `${row.runId} ${row.seq}`, isEarlier: row.runId !== runId }))}
          total={total}
          from={from}
        />
      </Page>
    ),
  }
}

function Sums({ request: { t }, validity }: { readonly request: PageRequest; readonly validity: RunValidity }) {
  const { run, errors, warnings, activitiesWithErrors, activitiesWithWarnings } = validity
  const inActivities = (count: number, activities: number) =>
    count === 0
      ? t.number(0)
      : t('published.validity.in-activities', { count: activities, problems: t.number(count), activities: t.number(activities) })
  return (
    <SummaryList
      layout="card"
      facts={[
        { label: t('published.run.read'), value: t.number(run.rowsRead) },
        { label: t('imports.outcome.rejected'), value: t.number(run.rejected) },
        { label: t('published.validity.errors'), value: inActivities(errors, activitiesWithErrors) },
        { label: t('published.validity.warnings'), value: inActivities(warnings, activitiesWithWarnings) },
      ]}
    />
  )
}

interface FilesProps {
  readonly request: PageRequest
  readonly files: readonly FileCount[]
  readonly address: string
}

function Files({ request: { t }, files, address }: FilesProps) {
  return (
    <section aria-labelledby="files">
      <h2 id="files">{t('published.validity.files')}</h2>
      <DataTable
        caption={t('published.validity.files')}
        captionHidden
        columns={[
          {
            key: 'file',
            label: t('imports.column.file'),
            cell: ({ file }) => (
              <a href={`${address}${filterQuery({ file })}#problems`}>
                <bdi>{file}</bdi>
              </a>
            ),
          },
          { key: 'errors', label: t('published.validity.errors'), kind: 'number', cell: ({ errors }) => t.number(errors) },
          {
            key: 'warnings',
            label: t('published.validity.warnings'),
            kind: 'number',
            cell: ({ warnings }) => t.number(warnings),
          },
        ]}
        rows={files}
        rowKey={({ file }) => file}
      />
    </section>
  )
}
