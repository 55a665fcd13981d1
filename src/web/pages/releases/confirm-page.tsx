/** The last look before it can leave: what leaves, what stays, and who says so. */
import type { HttpResponse } from '../../../kernel/http.ts'
import { confirmRelease, getRelease } from '../../../modules/registry/index.ts'
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, type FormError, Notice, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { LeavingSummary } from './leaving-summary.tsx'
import { nameOfField, orAgain, releaseTrail, versionIn } from './words.ts'

export async function confirmPage(request: PageRequest, errors: readonly FormError[] = [], status = 200): Promise<PageContent> {
  const { t, at, context, actor, params } = request
  const view = await context.operations.run(getRelease, { id: params.id ?? '' }, actor)
  const { release, fields, changedSince } = view
  const title = t('releases.confirm-title')
  return {
    title,
    noIndex: true,
    status,
    body: (
      <Page title={title} trail={releaseTrail(request, release)} lead={t('releases.confirm-lead')}>
        <ErrorSummary errors={errors} />
        {changedSince > 0 && (
          <Notice title={t('releases.changed-since', { count: changedSince, shown: t.number(changedSince) })}>
            <p>{t('releases.changed-since-text')}</p>
          </Notice>
        )}
        <LeavingSummary request={request} view={view} />
        <h2>{t('releases.leaving-fields')}</h2>
        <ul>
          {fields
            .filter(({ leaving }) => leaving > 0)
            .map(({ field, leaving, stated }) => (
              <li key={field}>
                {t('components.label', { label: nameOfField(t, field) })}{' '}
                {t('releases.records-of', { leaving: t.number(leaving), stated: t.number(stated) })}
              </li>
            ))}
        </ul>
        <Form
          action={at(`/releases/${release.id}/confirm`)}
          hidden={{ version: String(release.version) }}
          label={t('releases.confirm-title')}
        >
          <ButtonRow>
            {release.state === 'drafted' && (
              <Button>{t('releases.confirm', { count: view.leaving, shown: t.number(view.leaving) })}</Button>
            )}
            <ButtonLink href={at(`/releases/${release.id}`)} kind="secondary">
              {t('releases.back')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export function confirmIt(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, params, form } = request
  const id = params.id ?? ''
  return orAgain(
    async () => {
      await context.operations.run(confirmRelease, { id, version: versionIn(form) }, actor)
      return `${at(`/releases/${id}`)}?done=confirmed`
    },
    (errors, status) => confirmPage(request, errors, status),
    t,
  )
}
