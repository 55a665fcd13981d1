/** The open questions as a file, both values in words. */

import type { OutRow } from '../../../../interop/tables/index.ts'
import { type ImportConflict, listImportConflicts } from '../../../../modules/registry/index.ts'
import type { ListFile } from '../../../list-files.ts'
import type { PageRequest } from '../../../site.tsx'
import { factName } from '../../initiatives/fact-text.ts'
import { fieldTexts, type SideText } from './field-texts.ts'
import { narrowingOf } from './questions-page.tsx'

const READ_AT_ONCE = 500

export async function questionsFile(request: PageRequest): Promise<ListFile> {
  const { t } = request
  // What may not be seen is said before the first byte leaves.
  const first = await read(request, 0)
  return {
    name: 'fields-in-question',
    title: t('published.questions.title'),
    columns: [
      { key: 'identifier', header: t('registry.column.identifier'), width: 28 },
      { key: 'title', header: t('registry.column.title'), width: 40 },
      { key: 'field', header: t('registry.history.field'), width: 28 },
      { key: 'ours', header: t('published.questions.ours-column'), width: 60 },
      { key: 'oursAt', header: t('published.questions.ours-at'), width: 28 },
      { key: 'theirs', header: t('published.questions.theirs-column'), width: 60 },
      { key: 'theirsAt', header: t('published.questions.theirs-at'), width: 28 },
      { key: 'file', header: t('imports.column.file'), width: 28 },
    ],
    rows: rowsOf(request, first),
  }
}

async function read({ context, actor, query }: PageRequest, offset: number): Promise<readonly ImportConflict[]> {
  const input = { ...narrowingOf(query), limit: READ_AT_ONCE, offset }
  return (await context.operations.run(listImportConflicts, input, actor)).rows
}

async function* rowsOf(request: PageRequest, first: readonly ImportConflict[]): AsyncGenerator<OutRow> {
  let rows = first
  for (let offset = 0; ; ) {
    for (const row of rows) yield await cells(request, row)
    if (rows.length < READ_AT_ONCE) return
    offset += READ_AT_ONCE
    rows = await read(request, offset)
  }
}

async function cells(request: PageRequest, conflict: ImportConflict): Promise<OutRow> {
  const { ours, theirs } = await fieldTexts(request, conflict)
  const text = ({ lines }: SideText) => (lines.length === 0 ? null : lines.join('\n'))
  return {
    identifier: conflict.identifier,
    title: conflict.title,
    field: factName(request.t, conflict.section),
    ours: text(ours),
    oursAt: conflict.oursAt,
    theirs: text(theirs),
    theirsAt: conflict.theirsAt,
    file: conflict.fileName,
  }
}
