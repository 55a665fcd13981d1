/** In which source and year the initiative was listed, and the columns of that source that have no place here. */
import type { ListedYear } from '../../../../modules/registry/index.ts'
import { type Column, DataTable, SummaryList } from '../../../components/index.ts'
import type { DetailProps } from './detail-page.tsx'

export function ListingsSection({ request: { t, at }, view }: DetailProps) {
  const columns: Column<ListedYear>[] = [
    { key: 'year', label: t('registry.field.year'), cell: (row) => (row.year === null ? undefined : String(row.year)) },
    {
      key: 'row',
      label: t('registry.column.source-row'),
      kind: 'number',
      cell: (row) => (row.sourceRow === null ? undefined : t.number(row.sourceRow)),
    },
    {
      key: 'run',
      label: t('components.provenance.run'),
      cell: (row) =>
        row.runId === null ? (
          t('registry.listing.by-hand')
        ) : (
          <a href={at(`/imports/${row.runId}`)}>
            <bdi>{row.runId.slice(-6)}</bdi>
          </a>
        ),
    },
    { key: 'group', label: t('registry.listing.group'), cell: (row) => row.groupKey ?? '–' },
  ]
  return (
    <section>
      <h2 id="listings">{t('registry.detail.listings')}</h2>
      <p>
        {t('registry.detail.listings-lead', { count: view.record.listed.length, shown: t.number(view.record.listed.length) })}
      </p>
      <DataTable
        caption={t('registry.detail.listings')}
        captionHidden
        columns={columns}
        rows={view.record.listed}
        rowKey={(row) => row.id}
      />
    </section>
  )
}

export function KeptSection({ request: { t }, view }: DetailProps) {
  const kept = Object.entries(view.record.facts.kept ?? {})
  if (kept.length === 0) return null
  return (
    <details>
      <summary>{t('registry.detail.kept', { count: kept.length, shown: t.number(kept.length) })}</summary>
      <SummaryList facts={kept.map(([label, value]) => ({ label, value: <bdi>{value}</bdi> }))} />
    </details>
  )
}
