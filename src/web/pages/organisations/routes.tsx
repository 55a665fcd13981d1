/** Addresses of the pages about organisations. */
import type { PageDefinition } from '../../site.tsx'
import { organisationPage } from './organisation-page.tsx'
import { organisationsPage } from './organisations-page.tsx'

export const organisationPages: readonly PageDefinition[] = [
  { path: '/organisations', handle: organisationsPage },
  { path: '/organisations/:id', handle: organisationPage },
]
