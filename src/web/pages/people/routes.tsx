/** Addresses of the pages about people. */

import { listFilePages } from '../../list-files.ts'
import type { PageDefinition } from '../../site.tsx'
import { consentPage, recordConsentFromForm, withdrawFromForm } from './consent-page.tsx'
import { peopleFile } from './download.ts'
import { eraseFromForm, erasePage } from './erase-page.tsx'
import { editPersonPage, newPersonPage } from './form/pages.tsx'
import { registerFromForm, reviseFromForm } from './form/save.tsx'
import { peoplePage } from './people-page.tsx'
import { personPage, showContact } from './person-page.tsx'

export const peoplePages: readonly PageDefinition[] = [
  { path: '/people', handle: peoplePage },
  ...listFilePages('/people', peopleFile),
  { path: '/people/new', handle: async (request) => newPersonPage(request) },
  { method: 'POST', path: '/people/new', handle: registerFromForm },
  { path: '/people/:id', handle: (request) => personPage(request) },
  { method: 'POST', path: '/people/:id/contact', handle: showContact },
  { path: '/people/:id/edit', handle: (request) => editPersonPage(request) },
  { method: 'POST', path: '/people/:id/edit', handle: reviseFromForm },
  { path: '/people/:id/consent', handle: (request) => consentPage(request) },
  { method: 'POST', path: '/people/:id/consent', handle: recordConsentFromForm },
  { method: 'POST', path: '/people/:id/withdraw', handle: withdrawFromForm },
  { path: '/people/:id/erase', handle: (request) => erasePage(request) },
  { method: 'POST', path: '/people/:id/erase', handle: eraseFromForm },
]
