/** Addresses of the pages about organisations, in both spellings of the word. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { listFilePages } from '../../list-files.ts'
import type { PageDefinition, PageRequest } from '../../site.tsx'
import { organisationsFile } from './download.ts'
import { comparePage, mergeFromForm } from './merge/compare-page.tsx'
import { findPage, mergePage } from './merge/merge-page.tsx'
import { undoMergeFromForm, undoMergePage } from './merge/undo-merge-page.tsx'
import { newOrganisationPage, registerFromForm } from './new-organisation-page.tsx'
import { organisationPage } from './organisation-page.tsx'
import { organisationsPage } from './organisations-page.tsx'
import { budgetsFile } from './published/download.ts'
import { publishedPage } from './published/published-page.tsx'

export const organisationPages: readonly PageDefinition[] = [
  { path: '/organisations', handle: organisationsPage },
  ...listFilePages('/organisations', organisationsFile),
  { path: '/organisations/merge', handle: mergePage },
  { path: '/organisations/merge/find', handle: findPage },
  { path: '/organisations/merge/compare', handle: (request) => comparePage(request) },
  { method: 'POST', path: '/organisations/merge/compare', handle: mergeFromForm },
  { path: '/organisations/merge/undo', handle: (request) => undoMergePage(request) },
  { method: 'POST', path: '/organisations/merge/undo', handle: undoMergeFromForm },
  { path: '/organisations/new', handle: (request) => newOrganisationPage(request) },
  { method: 'POST', path: '/organisations/new', handle: registerFromForm },
  { path: '/organisations/published', handle: publishedPage },
  ...listFilePages('/organisations/published', budgetsFile),
  { path: '/organisations/:id', handle: organisationPage },
  { path: '/organizations', handle: (request) => otherSpelling(request, '/organisations') },
  {
    path: '/organizations/:id',
    handle: (request) => otherSpelling(request, `/organisations/${encodeURIComponent(request.params.id ?? '')}`),
  },
]

async function otherSpelling({ at, query }: PageRequest, path: string): Promise<HttpResponse> {
  return seeOther(query.size > 0 ? `${at(path)}?${query}` : at(path))
}
