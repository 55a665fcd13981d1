/** The gallery of components. Everything on it is invented, and the page says so. */
import type { PageDefinition } from '../../site.tsx'
import { ComponentGallery } from './page.tsx'

export const componentPages: readonly PageDefinition[] = [
  {
    path: '/components',
    async handle({ t }) {
      return { title: t('components.gallery.title'), body: <ComponentGallery />, dataKind: 'fictional', noIndex: true }
    },
  },
]
