/** A new password, and a new address: both ask for the password that holds now. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, Notice, Page, TextField } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { AccountName, NewPasswordField, PasswordField } from './password-fields.tsx'
import { deskOf } from './session-answer.ts'
import { errorOf, NOTHING_TYPED, submit, type Typed } from './submit.ts'

export function accountTrail({ t, at }: PageRequest) {
  return [{ label: t('accounts.account.title'), href: at('/account') }]
}

export async function passwordPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at, actor } = request
  const { email, hasPassword } = await deskOf(request).ownAccount(actor)
  const title = t('accounts.password.title')
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page title={title} trail={accountTrail(request)} lead={hasPassword ? t('accounts.password.lead') : undefined}>
        <ErrorSummary errors={typed.errors} />
        {hasPassword ? (
          <Form action={at('/account/password')} label={title}>
            <AccountName request={request} email={email ?? ''} />
            <PasswordField
              request={request}
              name="current"
              label={t('accounts.field.current-password')}
              error={errorOf(typed, 'current')}
            />
            <NewPasswordField request={request} name="next" error={errorOf(typed, 'next')} />
            <ButtonRow>
              <Button>{t('accounts.password.do')}</Button>
              <ButtonLink href={at('/account')} kind="secondary">
                {t('accounts.cancel')}
              </ButtonLink>
            </ButtonRow>
          </Form>
        ) : (
          <Notice title={t('access.problem.password-not-set')}>
            <p>
              <a href={at('/password/forgot')}>{t('accounts.sign-in.forgot')}</a>
            </p>
          </Notice>
        )}
      </Page>
    ),
  }
}

export async function changePasswordFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, actor, at } = request
  return submit(
    request,
    async () => {
      await deskOf(request).changePassword(actor, { current: form.get('current') ?? '', next: form.get('next') ?? '' })
      return seeOther(`${at('/account')}?done=password`)
    },
    (typed) => passwordPage(request, typed),
    (place) => (place === 'password' ? 'next' : place),
  )
}

export async function emailPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at, actor, form } = request
  const { hasPassword } = await deskOf(request).ownAccount(actor)
  const title = t('accounts.email.title')
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page title={title} trail={accountTrail(request)} lead={t('accounts.email.lead')}>
        <ErrorSummary errors={typed.errors} />
        <Form action={at('/account/email')} label={title}>
          <TextField
            name="email"
            type="email"
            label={t('accounts.field.new-email')}
            value={form.get('email') ?? ''}
            error={errorOf(typed, 'email')}
            autocomplete="email"
            dir="ltr"
            maxLength={254}
          />
          {hasPassword && (
            <PasswordField request={request} label={t('accounts.field.current-password')} error={errorOf(typed, 'password')} />
          )}
          <ButtonRow>
            <Button>{t('accounts.email.do')}</Button>
            <ButtonLink href={at('/account')} kind="secondary">
              {t('accounts.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function changeEmailFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, actor, at } = request
  return submit(
    request,
    async () => {
      await deskOf(request).changeEmail(actor, { email: form.get('email') ?? '', password: form.get('password') ?? '' })
      return seeOther(`${at('/account')}?done=email-sent`)
    },
    (typed) => emailPage(request, typed),
  )
}
