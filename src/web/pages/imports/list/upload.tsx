/**
 * Receives files, whole or as those that came in parts before: each is opened once, so that one that is nothing we read is refused
 * here, with what was found and what would be accepted.
 */
import { problemText } from '../../../../i18n/problem-text.ts'
import { isMistakenForPublished, isPublishedFile } from '../../../../interop/iati/index.ts'
import { isReleasePackage, openPackage } from '../../../../interop/releases/index.ts'
import { openForReading } from '../../../../jobs/imports/import-table-file.ts'
import { recognisePublishedFile } from '../../../../jobs/imports/published/recognise-published-file.ts'
import { type HttpResponse, seeOther, type UploadedFile } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import type { FormError } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { isolated, withCollection } from '../words.ts'
import { importsPage } from './imports-page.tsx'

/** In one form, as of those that it sends whole. */
const MOST_FILES = 5

export async function receiveFiles(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, query, form } = request
  const partial = context.partialFiles.of(actor)
  const inParts = form.getAll('uploaded').slice(0, MOST_FILES)
  const files = [...request.files, ...(await Promise.all(inParts.map((id) => partial.received(id))))]
  if (files.length === 0) return importsPage(request, [{ field: 'file', message: t('imports.choose.none') }])
  const keys: string[] = []
  const errors: FormError[] = []
  for (const file of files) {
    const refused = await refusalOf(file)
    if (refused)
      errors.push({
        field: 'file',
        message: t('imports.choose.refused', { file: isolated(file.name), why: problemText(t, refused) }),
      })
    else keys.push(await context.imports.of(actor).keep(file))
  }
  for (const id of inParts) await partial.discard(id)
  const [first] = keys
  if (errors.length > 0 || first === undefined) return importsPage(request, errors)
  return seeOther(keys.length === 1 ? withCollection(at(`/imports/new/${first}`), query) : `${at('/imports')}#waiting`)
}

export async function refusalOf(file: UploadedFile): Promise<Problem | undefined> {
  try {
    // One that was tampered with is refused here, and is kept nowhere.
    if (await isReleasePackage(file.path)) {
      await openPackage(file.path)
      return undefined
    }
    // What is wrong within a published file is told activity by activity.
    if (await isPublishedFile(file.path)) return undefined
    // What a server answered instead of the file: the reader of published files says what it is, and on which line.
    if (await isMistakenForPublished(file.path, file.name)) {
      await recognisePublishedFile(file.path, file.name)
      return undefined
    }
    const opened = await openForReading({ path: file.path, fileName: file.name })
    await opened.close()
    return undefined
  } catch (error) {
    // The name of the file stands before the sentence anyway.
    if (!(error instanceof Problem)) throw error
    const line = error.place?.line
    return new Problem(error.code, error.params, line === undefined ? {} : { place: { line } })
  }
}
