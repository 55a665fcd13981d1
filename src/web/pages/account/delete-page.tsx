/** The end of the own account, after a page that names what stays behind. */
import type { HttpResponse } from '../../../kernel/http.ts'
import type { OpenWork } from '../../../modules/access/index.ts'
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, Notice, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { PasswordField } from './password-fields.tsx'
import { accountTrail } from './password-page.tsx'
import { deskOf, signedOutAnswer } from './session-answer.ts'
import { errorOf, NOTHING_TYPED, submit, type Typed } from './submit.ts'

export async function deletePage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at, actor } = request
  const { hasPassword } = await deskOf(request).ownAccount(actor)
  const open = await deskOf(request).openWork(actor)
  const title = t('accounts.delete.title')
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page title={title} trail={accountTrail(request)} lead={t('accounts.delete.lead')}>
        <ErrorSummary errors={typed.errors} />
        <OpenWorkList request={request} work={open} />
        <Form action={at('/account/delete')} label={title}>
          {hasPassword && (
            <PasswordField request={request} label={t('accounts.field.current-password')} error={errorOf(typed, 'password')} />
          )}
          <ButtonRow>
            <Button kind="danger">{t('accounts.delete.do')}</Button>
            <ButtonLink href={at('/account')} kind="secondary">
              {t('accounts.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export function OpenWorkList({
  request: { t, at },
  work,
}: {
  readonly request: PageRequest
  readonly work: readonly OpenWork[]
}) {
  if (work.length === 0) return <p>{t('accounts.delete.no-work')}</p>
  return (
    <Notice title={t('accounts.delete.work', { count: work.length, shown: t.number(work.length) })}>
      <ul>
        {work.map(({ module, aggregate, id, state }) => (
          <li key={`${module}/${aggregate}/${id}`}>
            {aggregate === 'initiatives' ? (
              <a href={at(`/initiatives/${id}`)}>
                <code dir="ltr">{id}</code>
              </a>
            ) : (
              <code dir="ltr">{`${module}/${aggregate}/${id}`}</code>
            )}{' '}
            {t(`components.state.${state}`)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

export async function deleteFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  return submit(
    request,
    async () => {
      await deskOf(request).deleteOwnAccount(request.actor, request.form.get('password') ?? '')
      return signedOutAnswer(request, 'deleted')
    },
    (typed) => deletePage(request, typed),
  )
}
