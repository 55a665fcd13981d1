/** Addresses of the pages about the formats that the program writes. They stand in exported files, so they must not move. */
import type { PageDefinition } from '../../site.tsx'
import { iatiExtensionsPage } from './iati-extensions-page.tsx'
import { iatiTagsPage } from './iati-tags-page.tsx'

export const standardsPages: readonly PageDefinition[] = [
  { path: '/standards/iati', handle: iatiExtensionsPage },
  { path: '/standards/iati/tags', handle: iatiTagsPage },
]
