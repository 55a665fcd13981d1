/** The list of publishers as a file. */
import { listPublishers } from '../../../../modules/registry/index.ts'
import { everyRow, type ListFile } from '../../../list-files.ts'
import type { PageRequest } from '../../../site.tsx'

const READ_AT_ONCE = 500

export async function publishersFile({ t, context, actor }: PageRequest): Promise<ListFile> {
  const rows = await everyRow(
    async (cursor) => {
      const offset = Number(cursor ?? '0')
      const page = await context.operations.run(listPublishers, { limit: READ_AT_ONCE, offset }, actor)
      return { rows: page.rows, next: page.rows.length < READ_AT_ONCE ? null : String(offset + READ_AT_ONCE) }
    },
    ({ publisher, name, activities, files, latestAt }) => ({ publisher, name: name ?? publisher, activities, files, latestAt }),
  )
  return {
    name: 'publishers',
    title: t('published.publishers.title'),
    columns: [
      { key: 'name', header: t('published.file.publisher'), width: 40 },
      { key: 'publisher', header: t('published.publishers.ref'), width: 28 },
      { key: 'activities', header: t('published.run.activities') },
      { key: 'files', header: t('published.publishers.files') },
      { key: 'latestAt', header: t('published.publishers.latest'), width: 28 },
    ],
    rows,
  }
}
