/** A list as a file: the rows of the screen in the same order, as the command line writes them too. */
import { PassThrough } from 'node:stream'
import { LISTING_FORMATS, type ListingFormat } from '../../../../jobs/exports/listing-table.ts'
import type { HttpResponse } from '../../../../kernel/http.ts'
import { exportListings } from '../../../../modules/registry/index.ts'
import type { PageDefinition, PageRequest } from '../../../site.tsx'
import { readListQuery } from './list-address.ts'

export { LISTING_FORMATS as DOWNLOADS }

export const downloadPages: readonly PageDefinition[] = LISTING_FORMATS.map((download) => ({
  path: `/initiatives.${download.extension}`,
  handle: (request: PageRequest) => downloadList(request, download),
}))

async function downloadList(request: PageRequest, { extension, mediaType, write }: ListingFormat): Promise<HttpResponse> {
  const { filter, sort } = readListQuery(request.query)
  const batches = await request.context.operations.run(exportListings, { filter, sort }, request.actor)
  const out = new PassThrough()
  write(batches, request.t, out).catch((error: unknown) => out.destroy(error as Error))
  return {
    status: 200,
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="initiatives.${extension}"`,
      'cache-control': 'no-cache',
    },
    body: out,
  }
}
