/** Addresses of the directory of focal points. */
import { listFilePages } from '../../list-files.ts'
import type { PageDefinition } from '../../site.tsx'
import { askByMail, confirmByHand, focalPointPage } from './detail-page.tsx'
import { focalPointsFile } from './download.ts'
import { endFromForm, endingPage, handOverFromForm } from './ending-page.tsx'
import { editFocalPointPage, newFocalPointPage } from './form/pages.tsx'
import { nameFromForm, reviseFromForm } from './form/save.tsx'
import { gapsFile } from './gaps-download.ts'
import { gapsPage } from './gaps-page.tsx'
import { letterPage } from './letter-page.tsx'
import { answerFromForm, linkPage } from './link-page.tsx'
import { focalPointsPage } from './list-page.tsx'

const EDIT = 'coordination.focal-point.edit'

export const focalPointPages: readonly PageDefinition[] = [
  { path: '/focal-points', handle: focalPointsPage },
  ...listFilePages('/focal-points', focalPointsFile),
  { path: '/focal-points/gaps', handle: gapsPage },
  ...listFilePages('/focal-points/gaps', gapsFile),
  { path: '/focal-points/new', permission: 'coordination.focal-point.name', handle: (request) => newFocalPointPage(request) },
  { method: 'POST', path: '/focal-points/new', permission: 'coordination.focal-point.name', handle: nameFromForm },
  // Without an account: the link is the key, so attempts are counted like those to sign in.
  { path: '/focal-points/confirm', handle: linkPage },
  { method: 'POST', path: '/focal-points/confirm', limit: 'sign-in', handle: answerFromForm },
  { path: '/focal-points/:id', handle: (request) => focalPointPage(request) },
  { path: '/focal-points/:id/edit', permission: EDIT, handle: (request) => editFocalPointPage(request) },
  { method: 'POST', path: '/focal-points/:id/edit', permission: EDIT, handle: reviseFromForm },
  { method: 'POST', path: '/focal-points/:id/ask', permission: EDIT, handle: askByMail },
  { method: 'POST', path: '/focal-points/:id/letter', permission: EDIT, handle: letterPage },
  { method: 'POST', path: '/focal-points/:id/confirm', permission: EDIT, handle: confirmByHand },
  { path: '/focal-points/:id/end', permission: EDIT, handle: (request) => endingPage(request, 'end') },
  { method: 'POST', path: '/focal-points/:id/end', permission: EDIT, handle: endFromForm },
  { path: '/focal-points/:id/hand-over', permission: EDIT, handle: (request) => endingPage(request, 'hand-over') },
  { method: 'POST', path: '/focal-points/:id/hand-over', permission: EDIT, handle: handOverFromForm },
]
