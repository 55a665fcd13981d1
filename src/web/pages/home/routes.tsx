/** Addresses of the start page and of the sample data, which are shown and removed from there. */
import type { PageDefinition } from '../../site.tsx'
import { homePage } from './home-page.tsx'
import { confirmRemoval, loadSamples, removeSamples } from './sample-data.tsx'

export const homePages: readonly PageDefinition[] = [
  { path: '/', handle: homePage },
  { method: 'POST', path: '/sample-data/load', handle: loadSamples },
  { path: '/sample-data/remove', handle: confirmRemoval },
  { method: 'POST', path: '/sample-data/remove', handle: removeSamples },
]
