/** Sample data: loaded and removed in one step, with a question before the removal (domain ruling 7). */
import { loadSampleData, removeSampleData } from '../../../jobs/sample-data/load-sample-data.ts'
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { listCollectionsQuery } from '../../../modules/registry/index.ts'
import { Button, ButtonLink, ButtonRow, Form, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'

export async function loadSamples({ at, context, actor }: PageRequest): Promise<HttpResponse> {
  await loadSampleData(context.operations, actor)
  return seeOther(`${at('/')}?sample=loaded`)
}

export async function removeSamples({ at, context, actor }: PageRequest): Promise<HttpResponse> {
  await removeSampleData(context.operations, actor)
  return seeOther(`${at('/')}?sample=removed`)
}

export async function confirmRemoval({ t, at, context, actor }: PageRequest): Promise<PageContent> {
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const title = t('site.home.sample.confirm')
  return {
    title,
    noIndex: true,
    body: (
      <Page title={title} lead={<p>{t('site.home.sample.confirm-text')}</p>}>
        <ul>
          {collections
            .filter(({ kind }) => kind === 'sample')
            .map(({ key, names }) => (
              <li key={key}>
                <bdi>{textFor(names, t.lang)?.text ?? key}</bdi>
              </li>
            ))}
        </ul>
        <Form action={at('/sample-data/remove')} label={title}>
          <ButtonRow>
            <Button kind="danger">{t('site.home.sample.remove')}</Button>
            <ButtonLink href={at('/')} kind="secondary">
              {t('site.home.sample.keep')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}
