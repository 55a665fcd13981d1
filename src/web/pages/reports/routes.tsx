/** Addresses of the reports. */
import type { PageDefinition } from '../../site.tsx'
import { checkPage } from './check-page.tsx'
import { reportListPage } from './list-page.tsx'
import { reportFile, reportPage } from './report-page.tsx'
import { reportStyle } from './report-style.ts'

export const reportPages: readonly PageDefinition[] = [
  { path: '/reports', handle: reportListPage },
  { path: '/reports/style/:file', handle: reportStyle },
  { path: '/reports/:key', handle: reportPage },
  { path: '/reports/:key/check', handle: checkPage },
  { path: '/reports/:key/file', handle: reportFile },
]
