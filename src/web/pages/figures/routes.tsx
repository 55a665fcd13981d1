/** Addresses of the figures. */
import type { PageDefinition } from '../../site.tsx'
import { figureDownloads } from './download.ts'
import { figuresPage } from './figures-page.tsx'
import { numberCardPage } from './number-card-page.tsx'
import { pairsPage } from './pairs-page.tsx'

export const figurePages: readonly PageDefinition[] = [
  { path: '/figures', handle: figuresPage },
  ...figureDownloads,
  { path: '/figures/pairs', handle: pairsPage },
  { path: '/figures/:portfolio/:year/:definition', handle: numberCardPage },
]
