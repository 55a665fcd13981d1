/** Takes a run back as a whole, after a question; refused, with the reason, when something was changed since. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { getImportRun, undoImportRun } from '../../../../modules/registry/index.ts'
import { Button, ButtonLink, ButtonRow, Form, Notice, Page, TextArea } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'

export function undoPage(request: PageRequest): Promise<PageContent> {
  return question(request)
}

export async function undoRun(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { at, context, actor, params, form } = request
  const runId = params.id ?? ''
  const reason = (form.get('reason') ?? '').trim().slice(0, 2000)
  try {
    await context.operations.run(undoImportRun, { runId, ...(reason === '' ? {} : { reason }) }, actor)
    return seeOther(at(`/imports/${runId}`))
  } catch (error) {
    if (error instanceof Problem && error.kind === 'conflict') return question(request, error, reason)
    throw error
  }
}

async function question(request: PageRequest, refused?: Problem, reason = ''): Promise<PageContent> {
  const { t, at, context, actor, params } = request
  const { run } = await context.operations.run(getImportRun, { id: params.id ?? '', limit: 1 }, actor)
  const title = t('imports.undo.title')
  const described = (run.organisations?.created ?? 0) + (run.organisations?.changed ?? 0)
  return {
    title,
    place: 'imports',
    noIndex: true,
    ...(refused ? { status: 409 } : {}),
    body: (
      <Page
        title={title}
        kicker={run.fileName}
        trail={[
          { label: t('imports.title'), href: at('/imports') },
          { label: run.fileName, href: at(`/imports/${run.id}`) },
        ]}
        lead={
          <p>
            {t('imports.undo.removes', { count: run.created, shown: t.number(run.created) })}{' '}
            {t('imports.undo.restores', { count: run.changed, shown: t.number(run.changed) })}{' '}
            {described > 0 && t('published.run.organisations-undo', { count: described, shown: t.number(described) })}
          </p>
        }
      >
        {refused && (
          <Notice kind="bad" live title={problemText(t, refused)}>
            <p>{t('imports.undo.refused')}</p>
          </Notice>
        )}
        <p>{t('imports.undo.trail')}</p>
        <Form action={at(`/imports/${run.id}/undo`)} label={title}>
          <TextArea name="reason" label={t('imports.undo.reason')} value={reason} optional rows={3} />
          <ButtonRow>
            {run.state === 'applied' && <Button kind="danger">{t('imports.undo.do')}</Button>}
            <ButtonLink href={at(`/imports/${run.id}`)} kind="secondary">
              {t('imports.undo.keep')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}
