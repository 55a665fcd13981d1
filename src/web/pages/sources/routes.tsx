/** Addresses of the sources. A symbol such as A/RES/69/239 is one part of the path, escaped. */
import type { PageDefinition } from '../../site.tsx'
import { documentPage } from './document-page.tsx'
import { documentsPage } from './documents-page.tsx'
import { valuePage } from './value-page.tsx'

export const sourcePages: readonly PageDefinition[] = [
  { path: '/sources', handle: documentsPage },
  { path: '/sources/values/:reference', handle: valuePage },
  { path: '/sources/:symbol', handle: documentPage },
]
