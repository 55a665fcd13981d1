/** Addresses of the import: choose a file, match its columns, check, run, report; each step can be left and found again. */
import type { PageDefinition } from '../../site.tsx'
import { checkPage, runImport } from './check/check-page.tsx'
import { importsPage } from './list/imports-page.tsx'
import { downloadTemplate } from './list/template.ts'
import { receiveFiles } from './list/upload.tsx'
import { discardFile, matchPage, saveMatch } from './match/match-page.tsx'
import { cancelRun } from './run/cancel-run.ts'
import { downloadProblems } from './run/download-problems.ts'
import { problemsPage } from './run/problems-page.tsx'
import { runPage } from './run/run-page.tsx'
import { undoPage, undoRun } from './run/undo-page.tsx'

const pages: readonly PageDefinition[] = [
  { path: '/imports', handle: importsPage },
  { method: 'POST', path: '/imports', uploads: true, handle: receiveFiles },
  { path: '/imports/template.xlsx', handle: downloadTemplate },
  { path: '/imports/new/:key', handle: matchPage },
  { method: 'POST', path: '/imports/new/:key', handle: saveMatch },
  { method: 'POST', path: '/imports/new/:key/discard', handle: discardFile },
  { path: '/imports/new/:key/check', handle: checkPage },
  { method: 'POST', path: '/imports/new/:key/check', handle: runImport },
  { path: '/imports/:id', handle: runPage },
  { path: '/imports/:id/problems', handle: problemsPage },
  { path: '/imports/:id/problems.csv', handle: (request) => downloadProblems(request, 'csv') },
  { path: '/imports/:id/problems.xlsx', handle: (request) => downloadProblems(request, 'xlsx') },
  { method: 'POST', path: '/imports/:id/cancel', handle: cancelRun },
  { path: '/imports/:id/undo', handle: undoPage },
  { method: 'POST', path: '/imports/:id/undo', handle: undoRun },
]

/** Received files and runs are for whoever may import. */
export const importPages: readonly PageDefinition[] = pages.map((page) => ({ ...page, permission: 'registry.import.run' }))
