/** Addresses of the pages about countries and areas. */

import { listFilePages } from '../../list-files.ts'
import type { PageDefinition } from '../../site.tsx'
import { countriesPage } from './countries-page.tsx'
import { countryPage } from './country-page.tsx'
import { countriesFile } from './download.ts'

export const countryPages: readonly PageDefinition[] = [
  { path: '/countries', handle: countriesPage },
  ...listFilePages('/countries', countriesFile),
  { path: '/countries/:iso3', handle: countryPage },
]
