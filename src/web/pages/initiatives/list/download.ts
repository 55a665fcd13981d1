/** A list as a file: the rows of the screen in the same order, as the command line writes them too. */
import { collectionsOf, downloadName } from '../../../../jobs/exports/listing-about.ts'
import { LISTING_FORMATS, type ListingFormat } from '../../../../jobs/exports/listing-table.ts'
import { contentDisposition, type HttpResponse } from '../../../../kernel/http.ts'
import { digestOfListings, exportListings, NOT_STATED } from '../../../../modules/registry/index.ts'
import type { PageDefinition, PageRequest } from '../../../site.tsx'
import { streamOf } from '../../../stream-of.ts'
import { namingOf } from '../naming.ts'
import { absoluteAddress } from './cite-list.ts'
import { chipsOf, filterWords } from './filter-view.ts'
import { listAddress, readListQuery } from './list-address.ts'

export { LISTING_FORMATS as DOWNLOADS }

export const downloadPages: readonly PageDefinition[] = LISTING_FORMATS.map((download) => ({
  path: `/initiatives.${download.extension}`,
  handle: (request: PageRequest) => downloadList(request, download),
}))

async function downloadList(request: PageRequest, { extension, mediaType, write }: ListingFormat): Promise<HttpResponse> {
  const { t, at } = request
  const query = readListQuery(request.query)
  const { filter, sort } = query
  const naming = await namingOf(
    request,
    (filter.values.org ?? []).filter((value) => value !== NOT_STATED),
  )
  const { snapshotHash } = await request.context.operations.run(digestOfListings, { filter }, request.actor)
  const batches = await request.context.operations.run(exportListings, { filter, sort }, request.actor)
  const day = new Date().toISOString().slice(0, 10)
  const about = {
    filter: filterWords(t, chipsOf(request, query, naming.names, '/initiatives')),
    address: absoluteAddress(request, listAddress(at('/initiatives'), query)),
    day,
    collections: collectionsOf(filter, naming.collections),
  }
  return {
    status: 200,
    headers: {
      'content-type': mediaType,
      'content-disposition': contentDisposition(downloadName('initiatives', filter.values.collection ?? [], day, extension)),
      'cache-control': 'no-cache',
      'x-snapshot-hash': snapshotHash,
    },
    body: streamOf((out) => write(batches, t, out, about)),
  }
}
