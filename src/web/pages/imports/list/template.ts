/** The workbook to fill in, in the language of the address; with `?collection=` it is filled with what the collection holds. */
import { writeTemplate } from '../../../../interop/tables/index.ts'
import { rowsOfCollection } from '../../../../jobs/imports/rows-of-collection.ts'
import { contentDisposition, type HttpResponse } from '../../../../kernel/http.ts'
import type { PageRequest } from '../../../site.tsx'
import { streamOf } from '../../../stream-of.ts'

export async function downloadTemplate({ t, query, context, actor }: PageRequest): Promise<HttpResponse> {
  const collection = query.get('collection')
  const rows = collection === null ? undefined : await rowsOfCollection(context.operations, actor, collection, t.lang)
  const name = collection === null ? 'template' : collection.replace(/[^a-z0-9._-]/gi, '')
  return {
    status: 200,
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': contentDisposition(`sursur-${name}-${t.lang}.xlsx`),
      'content-language': t.lang,
      'cache-control': 'no-cache',
    },
    body: streamOf((out) => writeTemplate(t.lang, rows, out)),
  }
}
