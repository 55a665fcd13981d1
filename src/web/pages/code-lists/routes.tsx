/** Addresses of the pages about code lists. */
import type { PageDefinition } from '../../site.tsx'
import { codeListPage, downloadCodeList } from './code-list-page.tsx'
import { codeListsPage } from './code-lists-page.tsx'

export const codeListPages: readonly PageDefinition[] = [
  { path: '/code-lists', handle: codeListsPage },
  { path: '/code-lists/:key', handle: codeListPage },
  { path: '/code-lists/:key/download.csv', handle: downloadCodeList },
]
