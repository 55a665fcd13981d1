/** The package as a file. Each download is noted in the audit trail: this is how it leaves. */
import { contentDisposition, type HttpResponse } from '../../../kernel/http.ts'
import { getRelease, readReleaseFile } from '../../../modules/registry/index.ts'
import type { PageRequest } from '../../site.tsx'

export async function downloadPackage({ context, actor, params }: PageRequest): Promise<HttpResponse> {
  const id = params.id ?? ''
  const body = await context.operations.run(readReleaseFile, { id }, actor)
  const { release } = await context.operations.run(getRelease, { id }, actor)
  return {
    status: 200,
    headers: {
      'content-type': 'application/zip',
      'content-length': String(release.fileBytes),
      'content-disposition': contentDisposition(`release-${id}.zip`),
      'cache-control': 'no-store',
    },
    body,
  }
}
