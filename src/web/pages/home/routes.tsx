/** The start page: what this is, what waits, three doors, and the worked example beside them. */
import { Page } from '../../components/index.ts'
import type { PageDefinition } from '../../site.tsx'

export const homePages: readonly PageDefinition[] = [
  {
    path: '/',
    async handle({ t, context }) {
      return { title: t('site.home.title'), body: <Page title={context.instance.name}>{t('site.home.title')}</Page> }
    },
  },
]
