/** Addresses of the registry's pages. */

import { listFilePages } from '../../list-files.ts'
import type { PageDefinition } from '../../site.tsx'
import { collectionsPage, createFromForm } from './collections/collections-page.tsx'
import { collectionsFile } from './collections/download.ts'
import { flowsPage } from './detail/flows-page.tsx'
import { changePhase, moveState } from './detail/move-action.tsx'
import { answerFromForm, raiseFromForm, settleFromForm } from './detail/objection-action.ts'
import { unlinkFromForm } from './detail/unlink-action.ts'
import { editPage, newPage } from './form/pages.tsx'
import { registerFromForm, reviseFromForm } from './form/save.tsx'
import { recordPage } from './history/as-of-page.tsx'
import { historyPage } from './history/history-page.tsx'
import { comparePage, decideFromForm } from './links/compare-page.tsx'
import { linksPage, proposeFromForm } from './links/links-page.tsx'
import { downloadPages } from './list/download.ts'
import { listPage } from './list/list-page.tsx'
import { valuesPage } from './list/values-page.tsx'

export const initiativePages: readonly PageDefinition[] = [
  { path: '/initiatives', handle: listPage },
  ...downloadPages,
  { path: '/initiatives/values/:field', handle: valuesPage },
  { path: '/initiatives/new', handle: (request) => newPage(request, {}) },
  { method: 'POST', path: '/initiatives/new', handle: registerFromForm },
  { path: '/initiatives/links', handle: linksPage },
  { method: 'POST', path: '/initiatives/links', handle: proposeFromForm },
  { path: '/initiatives/links/:id', handle: (request) => comparePage(request) },
  { method: 'POST', path: '/initiatives/links/:id', handle: decideFromForm },
  { path: '/initiatives/:id', handle: recordPage },
  { path: '/initiatives/:id/flows', handle: flowsPage },
  { path: '/initiatives/:id/edit', handle: (request) => editPage(request, {}) },
  { method: 'POST', path: '/initiatives/:id/edit', handle: reviseFromForm },
  { path: '/initiatives/:id/history', handle: (request) => historyPage(request) },
  { method: 'POST', path: '/initiatives/:id/move', handle: moveState },
  { method: 'POST', path: '/initiatives/:id/phase', handle: changePhase },
  { method: 'POST', path: '/initiatives/:id/unlink', handle: unlinkFromForm },
  { method: 'POST', path: '/initiatives/:id/objections', handle: raiseFromForm },
  { method: 'POST', path: '/initiatives/:id/objections/answer', handle: answerFromForm },
  { method: 'POST', path: '/initiatives/:id/objections/settle', handle: settleFromForm },
  { path: '/collections', handle: collectionsPage },
  ...listFilePages('/collections', collectionsFile),
  { method: 'POST', path: '/collections', handle: createFromForm },
]
