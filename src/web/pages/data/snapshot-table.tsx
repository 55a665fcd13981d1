/** Snapshots as rows: what, when, how many, where. */
import type { Snapshot } from '../../../modules/registry/index.ts'
import { type Column, DataTable, EmptyState } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { sizeText, snapshotAddress } from './addresses.ts'

interface SnapshotTableProps {
  readonly request: PageRequest
  readonly snapshots: readonly Snapshot[]
}

export function snapshotTitle({ t }: Pick<PageRequest, 't'>, { title, takenAt }: Snapshot): string {
  return title ?? t('data.snapshots.untitled', { date: t.date(takenAt.slice(0, 10)) })
}

export function SnapshotTable({ request, snapshots }: SnapshotTableProps) {
  const { t } = request
  return (
    <DataTable
      caption={t('data.snapshots.title')}
      captionHidden
      columns={columnsOf(request)}
      rows={snapshots}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('data.snapshots.none')} />}
    />
  )
}

function columnsOf(request: PageRequest): Column<Snapshot>[] {
  const { t, at } = request
  return [
    {
      key: 'title',
      label: t('data.snapshots.name'),
      cell: (snapshot) => (
        <a href={at(`/data/snapshots/${snapshot.id}`)}>
          <bdi>{snapshotTitle(request, snapshot)}</bdi>
        </a>
      ),
    },
    { key: 'taken', label: t('data.snapshots.taken'), cell: ({ takenAt }) => t.instant(takenAt) },
    {
      key: 'rows',
      label: t('registry.collections.rows'),
      kind: 'number',
      cell: ({ counts }) => t.number(counts.listings ?? 0),
    },
    {
      key: 'file',
      label: t('data.files'),
      cell: ({ id, fileBytes }) => (
        <a href={snapshotAddress(id)} download>
          {t('data.package')} ({sizeText(t, fileBytes)})
        </a>
      ),
    },
  ]
}
