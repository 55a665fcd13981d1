/** All problems of a run or of a check, or those under a filter, as a table in the language of the reader. */
import type { OutRow } from '../../../../interop/tables/index.ts'
import type { ProblemReport } from '../../../../kernel/problems.ts'
import { listRunProblems } from '../../../../modules/registry/index.ts'
import { everyRow, type ListFile } from '../../../list-files.ts'
import type { PageRequest } from '../../../site.tsx'
import { isChosen, type ProblemFilter, readFilter } from './filter.ts'
import { problemCells, problemColumns } from './problem-columns.tsx'

/** Problems read from the database at once. */
const READ_AT_ONCE = 5_000

export async function runValidityFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor, params, query } = request
  const runId = params.id ?? ''
  const filter = readFilter(query)
  const rows = await everyRow(
    async (cursor) => {
      const offset = Number(cursor ?? '0')
      const page = await context.operations.run(listRunProblems, { runId, ...filter, limit: READ_AT_ONCE, offset }, actor)
      return { rows: page.rows, next: page.rows.length < READ_AT_ONCE ? null : String(offset + READ_AT_ONCE) }
    },
    (problem) => problemCells(t, problem),
  )
  return { name: `validity-${runId}`, title: t('published.validity.kicker'), columns: problemColumns(t), rows }
}

export async function checkValidityFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor, params, query } = request
  const key = params.key ?? ''
  const path = await context.imports.of(actor).pathOf(key)
  const rows = context.imports.checks.of(path) ? chosen(request, context.imports.checks.problems(path), readFilter(query)) : []
  return { name: `validity-${key.slice(0, 12)}`, title: t('published.validity.kicker'), columns: problemColumns(t), rows }
}

async function* chosen(
  { t }: PageRequest,
  problems: AsyncIterable<ProblemReport>,
  filter: ProblemFilter,
): AsyncGenerator<OutRow> {
  for await (const problem of problems) if (isChosen(filter, problem)) yield problemCells(t, problem)
}
