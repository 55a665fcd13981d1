/** A list of the workspace as a file: the listings of its records, by the same writers as every other list. */
import { downloadName } from '../../../jobs/exports/listing-about.ts'
import { LISTING_FORMATS, type ListingFormat } from '../../../jobs/exports/listing-table.ts'
import { contentDisposition, type HttpResponse } from '../../../kernel/http.ts'
import { exportWorkspaceRecords } from '../../../modules/registry/index.ts'
import type { PageDefinition, PageRequest } from '../../site.tsx'
import { streamOf } from '../../stream-of.ts'
import { absoluteAddress } from '../initiatives/list/cite-list.ts'
import { askedList, askedWorkspace, listName, recordsAddress } from './words.ts'

export const workspaceDownloads: readonly PageDefinition[] = LISTING_FORMATS.map((format) => ({
  path: `/workspace/:kind/:id/records.${format.extension}`,
  handle: (request: PageRequest) => download(request, format),
}))

async function download(request: PageRequest, { extension, mediaType, write }: ListingFormat): Promise<HttpResponse> {
  const { t, context, actor } = request
  const key = askedWorkspace(request)
  const list = askedList(request)
  const batches = await context.operations.run(exportWorkspaceRecords, { ...key, list }, actor)
  const day = new Date().toISOString().slice(0, 10)
  const about = {
    filter: listName(t, list),
    address: absoluteAddress(request, recordsAddress(request, key, list)),
    day,
    collections: [],
  }
  return {
    status: 200,
    headers: {
      'content-type': mediaType,
      'content-disposition': contentDisposition(downloadName(`workspace-${key.id}`, [], day, extension, [list])),
      'cache-control': 'no-store',
    },
    body: streamOf((out) => write(batches, t, out, about)),
  }
}
