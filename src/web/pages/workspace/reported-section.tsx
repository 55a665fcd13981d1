/** Records of its own by state, and what they do not state; every number opens its list. */
import { type Column, DataTable, EmptyState, Notice, StatePill } from '../../components/index.ts'
import { RecordDownloads } from './record-downloads.tsx'
import { recordsAddress } from './words.ts'
import type { WorkspaceProps } from './workspace-page.tsx'

export function ReportedSection({ request, workspace: { scope, reported, reportedTotal } }: WorkspaceProps) {
  const { t } = request
  const columns: Column<(typeof reported)[number]>[] = [
    { key: 'state', label: t('workspace.field.state'), cell: ({ state }) => <StatePill state={state} /> },
    {
      key: 'count',
      label: t('workspace.field.records'),
      kind: 'number',
      cell: ({ state, count }) => <a href={recordsAddress(request, scope, `state-${state}`)}>{t.number(count)}</a>,
    },
  ]
  return (
    <section>
      <h2 id="reported">{t('workspace.reported.title')}</h2>
      {scope.kind === 'country' && scope.orgs.length === 0 && (
        <Notice title={t('workspace.reported.no-org')}>
          {request.may('directory.org.register') && (
            <p>
              <a href={`${request.at('/organisations/new')}?country=${scope.id}`}>{t('registry.orgs.new')}</a>
            </p>
          )}
        </Notice>
      )}
      {reportedTotal > 0 && (
        <p class="lead">
          <a href={recordsAddress(request, scope, 'reported')}>
            {t('workspace.reported.lead', { count: reportedTotal, shown: t.number(reportedTotal) })}
          </a>
        </p>
      )}
      <DataTable
        caption={t('workspace.reported.title')}
        captionHidden
        columns={columns}
        rows={reported}
        rowKey={({ state }) => state}
        empty={<EmptyState title={t('workspace.reported.none')} />}
      />
      {reportedTotal > 0 && (
        <RecordDownloads request={request} scope={scope} list="reported" label={t('workspace.downloads.reported')} />
      )}
    </section>
  )
}

export function GapsSection({ request, workspace: { scope, gaps, reportedTotal } }: WorkspaceProps) {
  const { t } = request
  if (reportedTotal === 0) return null
  const columns: Column<(typeof gaps)[number]>[] = [
    { key: 'field', label: t('workspace.field.what'), cell: ({ field }) => t(`workspace.gap.${field}`) },
    {
      key: 'count',
      label: t('workspace.field.records'),
      kind: 'number',
      cell: ({ field, count }) => <a href={recordsAddress(request, scope, `gap-${field}`)}>{t.number(count)}</a>,
    },
  ]
  return (
    <section>
      <h2 id="gaps">{t('workspace.gaps.title')}</h2>
      <p class="muted">{t('workspace.gaps.lead')}</p>
      <DataTable
        caption={t('workspace.gaps.title')}
        captionHidden
        columns={columns}
        rows={gaps}
        rowKey={({ field }) => field}
        empty={<p>{t('workspace.gaps.none')}</p>}
      />
    </section>
  )
}
