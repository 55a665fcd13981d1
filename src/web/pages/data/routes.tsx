/** Addresses of the pages of open data. Those for machines have no language and stand in `bulk-routes.ts`. */
import type { PageDefinition } from '../../site.tsx'
import { dataPage } from './data-page.tsx'
import { leftOutPage } from './left-out-page.tsx'
import { snapshotPage, snapshotsPage, takeFromForm } from './snapshot-pages.tsx'

export const dataPages: readonly PageDefinition[] = [
  { path: '/data', handle: dataPage },
  { path: '/data/left-out/:key', handle: leftOutPage },
  { path: '/data/snapshots', handle: snapshotsPage },
  { method: 'POST', path: '/data/snapshots', permission: 'registry.snapshot.take', handle: takeFromForm },
  { path: '/data/snapshots/:id', handle: snapshotPage },
]
