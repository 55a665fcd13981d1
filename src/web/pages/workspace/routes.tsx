/** Addresses of the workspaces of countries and entities. */

import { listFilePages } from '../../list-files.ts'
import type { PageDefinition } from '../../site.tsx'
import { chooserPage } from './chooser-page.tsx'
import { workspaceDownloads } from './download.ts'
import { allObjectionsFile, objectionsFile } from './objections-download.ts'
import { allObjectionsPage, objectionsPage } from './objections-page.tsx'
import { recordsPage } from './records-page.tsx'
import { workspacePage } from './workspace-page.tsx'

const permission = 'registry.workspace.read'

export const workspacePages: readonly PageDefinition[] = [
  { path: '/workspace', permission, handle: chooserPage },
  { path: '/workspace/objections', permission, handle: allObjectionsPage },
  ...listFilePages('/workspace/objections', allObjectionsFile, { permission }),
  { path: '/workspace/:kind/:id', permission, handle: workspacePage },
  { path: '/workspace/:kind/:id/records', permission, handle: recordsPage },
  ...workspaceDownloads.map((page) => ({ ...page, permission })),
  { path: '/workspace/:kind/:id/objections', permission, handle: objectionsPage },
  ...listFilePages('/workspace/:kind/:id/objections', objectionsFile, { permission }),
]
