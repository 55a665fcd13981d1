/** Addresses of the sources. A symbol such as A/RES/69/239 is one part of the path, escaped. */

import { listFilePages } from '../../list-files.ts'
import type { PageDefinition } from '../../site.tsx'
import { documentPage } from './document-page.tsx'
import { documentsPage } from './documents-page.tsx'
import { documentsFile, reportedValuesFile } from './download.ts'
import { valuePage } from './value-page.tsx'

export const sourcePages: readonly PageDefinition[] = [
  { path: '/sources', handle: documentsPage },
  ...listFilePages('/sources', documentsFile),
  ...listFilePages('/sources/values', reportedValuesFile),
  { path: '/sources/values/:reference', handle: valuePage },
  { path: '/sources/:symbol', handle: documentPage },
]
