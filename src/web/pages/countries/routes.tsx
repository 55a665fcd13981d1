/** Addresses of the pages about countries and areas. */
import type { PageDefinition } from '../../site.tsx'
import { countriesPage } from './countries-page.tsx'
import { countryPage } from './country-page.tsx'

export const countryPages: readonly PageDefinition[] = [
  { path: '/countries', handle: countriesPage },
  { path: '/countries/:iso3', handle: countryPage },
]
