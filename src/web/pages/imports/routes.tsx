/** Addresses of the import: choose a file, match its columns, check, run, report; each step can be left and found again. */

import { listFilePages } from '../../list-files.ts'
import type { PageDefinition } from '../../site.tsx'
import {
  addAddress,
  addressPage,
  changeAddress,
  newAddressPage,
  removeAddress,
  removeQuestion,
} from './addresses/address-pages.tsx'
import { importRunsFile } from './list/download-runs.ts'
import { importsPage } from './list/imports-page.tsx'
import { downloadTemplate } from './list/template.ts'
import { receiveFiles } from './list/upload.tsx'
import { checkFile, decideOnFile, discard, filePage, importFromCheck } from './published/by-kind.ts'
import { pauseRun, resumeRun } from './published/halt-run.ts'
import { questionsFile } from './questions/download-questions.ts'
import { questionsPage, settleQuestion } from './questions/questions-page.tsx'
import { settleAll, settleAllPage } from './questions/settle-all-page.tsx'
import { cancelRun } from './run/cancel-run.ts'
import { problemsFile } from './run/download-problems.ts'
import { problemsPage } from './run/problems-page.tsx'
import { runPage } from './run/run-page.tsx'
import { undoPage, undoRun } from './run/undo-page.tsx'
import { checkValidityPage, stopCheck } from './validity/check-validity-page.tsx'
import { publishersFile } from './validity/download-publishers.ts'
import { checkValidityFile, runValidityFile } from './validity/download-validity.ts'
import { publisherPage } from './validity/publisher-page.tsx'
import { publishersPage } from './validity/publishers-page.tsx'
import { runValidityPage } from './validity/run-validity-page.tsx'

const pages: readonly PageDefinition[] = [
  { path: '/imports', handle: importsPage },
  { method: 'POST', path: '/imports', uploads: true, handle: receiveFiles },
  ...listFilePages('/imports/runs', importRunsFile),
  { path: '/imports/template.xlsx', handle: downloadTemplate },
  { path: '/imports/new/:key', handle: filePage },
  { method: 'POST', path: '/imports/new/:key', handle: decideOnFile },
  { method: 'POST', path: '/imports/new/:key/discard', handle: discard },
  { path: '/imports/new/:key/check', handle: checkFile },
  { method: 'POST', path: '/imports/new/:key/check', handle: importFromCheck },
  { path: '/imports/new/:key/validity', handle: checkValidityPage },
  { method: 'POST', path: '/imports/new/:key/validity/stop', handle: stopCheck },
  ...listFilePages('/imports/:id/validity', runValidityFile),
  ...listFilePages('/imports/new/:key/validity', checkValidityFile),
  ...listFilePages('/imports/questions', questionsFile),
  ...listFilePages('/imports/publishers', publishersFile),
  { path: '/imports/questions', handle: (request) => questionsPage(request) },
  { method: 'POST', path: '/imports/questions', handle: settleQuestion },
  { path: '/imports/questions/all', handle: settleAllPage },
  { method: 'POST', path: '/imports/questions/all', handle: settleAll },
  { path: '/imports/publishers', handle: publishersPage },
  { path: '/imports/publishers/:publisher', handle: publisherPage },
  { method: 'POST', path: '/imports/addresses', handle: addAddress },
  { path: '/imports/addresses/new', handle: newAddressPage },
  { path: '/imports/addresses/:id', handle: addressPage },
  { method: 'POST', path: '/imports/addresses/:id', handle: changeAddress },
  { path: '/imports/addresses/:id/remove', handle: removeQuestion },
  { method: 'POST', path: '/imports/addresses/:id/remove', handle: removeAddress },
  { path: '/imports/:id', handle: runPage },
  { path: '/imports/:id/problems', handle: problemsPage },
  ...listFilePages('/imports/:id/problems', problemsFile),
  { path: '/imports/:id/validity', handle: runValidityPage },
  { method: 'POST', path: '/imports/:id/pause', handle: pauseRun },
  { method: 'POST', path: '/imports/:id/resume', handle: resumeRun },
  { method: 'POST', path: '/imports/:id/cancel', handle: cancelRun },
  { path: '/imports/:id/undo', handle: undoPage },
  { method: 'POST', path: '/imports/:id/undo', handle: undoRun },
]

/** Received files and runs are for whoever may import. */
export const importPages: readonly PageDefinition[] = pages.map((page) => ({ ...page, permission: 'registry.import.run' }))
