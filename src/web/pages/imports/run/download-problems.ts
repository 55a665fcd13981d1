/** All problems of a run as a table, for the person who repairs the file. */
import type { OutRow } from '../../../../interop/tables/index.ts'
import { problemsOfRun } from '../../../../jobs/imports/problem-kinds.ts'
import { getImportRun } from '../../../../modules/registry/index.ts'
import type { ListFile } from '../../../list-files.ts'
import type { PageRequest } from '../../../site.tsx'
import { problemRow } from './problem-rows.ts'

export async function problemsFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor, params } = request
  // A run that does not exist is said before the first byte leaves.
  const { run } = await context.operations.run(getImportRun, { id: params.id ?? '', limit: 1 }, actor)
  return {
    name: `problems-${run.id}`,
    title: t('imports.kinds.title'),
    columns: [
      { key: 'level', header: t('imports.kinds.level') },
      { key: 'sheet', header: t('imports.recognised.sheet') },
      { key: 'row', header: t('imports.kinds.row') },
      { key: 'column', header: t('imports.kinds.column'), width: 28 },
      { key: 'found', header: t('imports.kinds.found'), width: 40 },
      { key: 'message', header: t('imports.kinds.message'), width: 90 },
      { key: 'code', header: t('imports.kinds.code'), width: 28 },
    ],
    rows: problemRows(request, run.id),
  }
}

async function* problemRows({ t, context, actor }: PageRequest, runId: string): AsyncGenerator<OutRow> {
  for await (const problem of problemsOfRun(context.operations, actor, runId)) {
    const row = problemRow(t, problem)
    yield { ...row, level: t(`imports.level.${row.level}`) }
  }
}
