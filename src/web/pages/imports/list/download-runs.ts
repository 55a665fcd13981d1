/** The import runs as a file: those that the page shows, with what became of their rows. */
import { listImportRuns } from '../../../../modules/registry/index.ts'
import { codedColumns, type ListFile } from '../../../list-files.ts'
import { peopleNames } from '../../../people-names.ts'
import type { PageRequest } from '../../../site.tsx'
import { SHOWN_RUNS } from './imports-page.tsx'

const COUNTS = ['created', 'changed', 'unchanged', 'rejected'] as const

export async function importRunsFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor } = request
  const runs = await context.operations.run(listImportRuns, { limit: SHOWN_RUNS }, actor)
  const people = await peopleNames(
    request,
    runs.map(({ startedBy }) => startedBy),
  )
  return {
    name: 'imports',
    title: t('imports.runs.title'),
    columns: [
      { key: 'file', header: t('imports.column.file') },
      { key: 'collection', header: t('imports.column.collection') },
      { key: 'startedAt', header: t('imports.column.when') },
      { key: 'startedBy', header: t('data.started-by') },
      { key: 'read', header: t('imports.column.read') },
      ...COUNTS.map((key) => ({ key, header: t(`imports.column.${key}`) })),
      ...codedColumns(t, 'state', t('imports.column.state')),
      { key: 'id', header: t('registry.column.id') },
    ],
    rows: runs.map(
      ({ id, fileName, collection, startedAt, startedBy, rowsRead, created, changed, unchanged, rejected, state }) => ({
        file: fileName,
        collection,
        startedAt,
        startedBy: people(startedBy),
        read: rowsRead,
        created,
        changed,
        unchanged,
        rejected,
        state: t(`imports.state.${state}`),
        stateCode: state,
        id,
      }),
    ),
  }
}
