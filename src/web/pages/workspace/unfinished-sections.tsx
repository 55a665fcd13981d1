/** Imports that were begun and not applied, and consents that end soon. Nothing is shown where there is nothing. */
import { type Column, DataTable } from '../../components/index.ts'
import type { WorkspaceProps } from './workspace-page.tsx'

export function RunsSection({ request: { t, at }, workspace: { runs } }: WorkspaceProps) {
  if (runs.length === 0) return null
  const columns: Column<(typeof runs)[number]>[] = [
    {
      key: 'file',
      label: t('imports.column.file'),
      cell: ({ id, fileName }) => (
        <a href={at(`/imports/${id}`)}>
          <bdi>{fileName}</bdi>
        </a>
      ),
    },
    { key: 'begun', label: t('imports.column.when'), cell: ({ startedAt }) => t.instant(startedAt) },
  ]
  return (
    <section>
      <h2 id="imports">{t('workspace.runs.title')}</h2>
      <DataTable caption={t('workspace.runs.title')} captionHidden columns={columns} rows={runs} rowKey={({ id }) => id} />
    </section>
  )
}

export function ConsentsSection({ request: { t, at }, workspace: { consents } }: WorkspaceProps) {
  if (consents.length === 0) return null
  return (
    <section>
      <h2 id="consents">{t('workspace.consents.title')}</h2>
      <ul>
        {consents.map(({ id, personId, until }) => (
          <li key={id}>
            <a href={`${at(`/people/${personId}`)}#consents`}>{t('workspace.consents.line', { day: t.date(until) })}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
