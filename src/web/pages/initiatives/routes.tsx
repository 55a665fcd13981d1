/** Addresses of the registry's pages. */
import type { PageDefinition } from '../../site.tsx'
import { detailPage } from './detail/detail-page.tsx'
import { changePhase, moveState } from './detail/move-action.tsx'
import { downloadPages } from './list/download.ts'
import { listPage } from './list/list-page.tsx'
import { valuesPage } from './list/values-page.tsx'

export const initiativePages: readonly PageDefinition[] = [
  { path: '/initiatives', handle: listPage },
  ...downloadPages,
  { path: '/initiatives/values/:field', handle: valuesPage },
  { path: '/initiatives/:id', handle: detailPage },
  { method: 'POST', path: '/initiatives/:id/move', handle: moveState },
  { method: 'POST', path: '/initiatives/:id/phase', handle: changePhase },
]
