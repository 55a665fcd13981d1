/** Addresses of the pages about code lists. */

import { listFilePages } from '../../list-files.ts'
import type { PageDefinition } from '../../site.tsx'
import { codeListFile, codeListPage, downloadCodeList } from './code-list-page.tsx'
import { codeListsPage } from './code-lists-page.tsx'

export const codeListPages: readonly PageDefinition[] = [
  { path: '/code-lists', handle: codeListsPage },
  { path: '/code-lists/:key', handle: codeListPage },
  { path: '/code-lists/:key/download.csv', handle: downloadCodeList },
  ...listFilePages('/code-lists/:key/download', codeListFile, { but: ['csv'] }),
]
