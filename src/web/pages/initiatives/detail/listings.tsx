/** In which source and year the initiative was listed: the import and the row of its file. */
import type { ListedYear } from '../../../../modules/registry/index.ts'
import { type Column, DataTable } from '../../../components/index.ts'
import type { DetailProps } from './detail-page.tsx'

export function ListingsSection({ request: { t, at }, view, fileNames }: DetailProps) {
  const columns: Column<ListedYear>[] = [
    { key: 'year', label: t('registry.field.year'), cell: (row) => (row.year === null ? undefined : String(row.year)) },
    {
      key: 'run',
      label: t('components.provenance.run'),
      cell: (row) =>
        row.runId === null ? (
          t('registry.listing.by-hand')
        ) : (
          <a href={at(`/imports/${row.runId}`)}>{sourceText(t, row, fileNames.get(row.runId) ?? row.runId.slice(-6))}</a>
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

/** "row 7 of projets2022.xlsx"; the name of the file keeps its own direction. */
function sourceText(t: DetailProps['request']['t'], { sourceRow }: ListedYear, name: string) {
  return sourceRow === null ? (
    <bdi>{name}</bdi>
  ) : (
    t('imports.record.row-of', { row: t.number(sourceRow), file: `\u2068${name}\u2069` })
  )
}
