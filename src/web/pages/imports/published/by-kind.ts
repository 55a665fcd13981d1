/** Of a received file its kind decides the next step: columns are matched in a table, a published file has none. */
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { checkPage, runImport } from '../check/check-page.tsx'
import { discardFile, matchPage, saveMatch } from '../match/match-page.tsx'
import { packagePage, startPackage } from '../releases/package-page.tsx'
import { publishedFilePage } from './file-page.tsx'
import { startPublished } from './start-import.ts'

type Answer = Promise<PageContent | HttpResponse>

async function draftOf({ context, actor, params }: PageRequest) {
  return context.imports.of(actor).draftOf(params.key ?? '')
}

export async function filePage(request: PageRequest): Answer {
  const draft = await draftOf(request)
  if (draft.kind === 'release') return packagePage(request, draft)
  return draft.kind === 'iati' ? publishedFilePage(request, draft) : matchPage(request)
}

export async function decideOnFile(request: PageRequest): Answer {
  const draft = await draftOf(request)
  if (draft.kind === 'release') return startPackage(request, draft)
  return draft.kind === 'iati' ? startPublished(request, draft) : saveMatch(request)
}

export async function checkFile(request: PageRequest): Answer {
  const draft = await draftOf(request)
  return draft.kind !== undefined ? seeOther(request.at(`/imports/new/${draft.key}`)) : checkPage(request)
}

export async function importFromCheck(request: PageRequest): Answer {
  const draft = await draftOf(request)
  if (draft.kind === 'release') return startPackage(request, draft)
  return draft.kind === 'iati' ? startPublished(request, draft) : runImport(request)
}

export async function discard(request: PageRequest): Promise<HttpResponse> {
  const { context, actor, params } = request
  // A check that is being read holds the file.
  const path = await context.imports.of(actor).pathOf(params.key ?? '')
  await context.imports.checks.stop(path)
  return discardFile(request)
}
