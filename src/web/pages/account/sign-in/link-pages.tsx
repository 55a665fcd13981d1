/** Pages behind links of mails: accept an invitation, choose a new password, confirm an address. A link that is over says so. */
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, Notice, Page, TextField } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { AccountName, NewPasswordField } from '../password-fields.tsx'
import { deskOf, endFormerSession, signedInAnswer, visitorOf } from '../session-answer.ts'
import { errorOf, NOTHING_TYPED, submit, type Typed } from '../submit.ts'

function tokenOf({ form, query }: PageRequest): string {
  return form.get('token') ?? query.get('token') ?? ''
}

export async function invitationPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at, form } = request
  const token = tokenOf(request)
  const invitation = await deskOf(request).findInvitation(token)
  const title = t('accounts.invitation.title')
  if (!invitation) return linkOverPage(request, title)
  return {
    title,
    noIndex: true,
    noStore: true,
    status: typed.status,
    body: (
      <Page title={title} lead={t('accounts.invitation.lead')}>
        <ErrorSummary errors={typed.errors} />
        <Form action={at('/invitation')} hidden={{ token }} label={title}>
          <AccountName request={request} email={invitation.email} />
          <TextField
            name="name"
            label={t('accounts.field.name')}
            hint={t('accounts.hint.name')}
            value={form.get('name') ?? invitation.name}
            error={errorOf(typed, 'name')}
            autocomplete="name"
            maxLength={120}
          />
          <NewPasswordField request={request} error={errorOf(typed, 'password')} />
          <ButtonRow>
            <Button>{t('accounts.invitation.do')}</Button>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function redeemFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form } = request
  return submit(
    request,
    async () => {
      const input = { token: tokenOf(request), name: form.get('name') ?? '', password: form.get('password') ?? '' }
      const session = await deskOf(request).redeemInvitation(input, visitorOf(request))
      await endFormerSession(request)
      return signedInAnswer(session, undefined, '/account?done=welcome')
    },
    (typed) => invitationPage(request, typed),
  )
}

export async function forgotPage({ t, at, query }: PageRequest): Promise<PageContent> {
  const title = t('accounts.forgot.title')
  const sent = query.get('done') === 'sent'
  return {
    title,
    noIndex: true,
    body: (
      <Page title={title} lead={sent ? undefined : t('accounts.forgot.lead')}>
        {sent ? (
          <Notice kind="good" live title={t('accounts.forgot.sent')}>
            <p>{t('accounts.forgot.sent-text')}</p>
            <p>
              <a href={at('/sign-in')}>{t('accounts.sign-in.title')}</a>
            </p>
          </Notice>
        ) : (
          <Form action={at('/password/forgot')} label={title}>
            <TextField
              name="email"
              type="email"
              label={t('accounts.field.email')}
              autocomplete="username"
              dir="ltr"
              maxLength={254}
            />
            <ButtonRow>
              <Button>{t('accounts.forgot.do')}</Button>
            </ButtonRow>
          </Form>
        )}
      </Page>
    ),
  }
}

/** The same answer whoever asks for whom: nobody learns here who has an account. */
export async function forgotFromForm(request: PageRequest): Promise<HttpResponse> {
  await deskOf(request).requestPasswordReset(request.form.get('email') ?? '', visitorOf(request))
  return seeOther(`${request.at('/password/forgot')}?done=sent`)
}

export async function resetPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at } = request
  const token = tokenOf(request)
  const title = t('accounts.reset.title')
  if (!(await deskOf(request).canResetPassword(token))) return linkOverPage(request, title)
  return {
    title,
    noIndex: true,
    noStore: true,
    status: typed.status,
    body: (
      <Page title={title} lead={t('accounts.reset.lead')}>
        <ErrorSummary errors={typed.errors} />
        <Form action={at('/password/reset')} hidden={{ token }} label={title}>
          <NewPasswordField request={request} error={errorOf(typed, 'password')} />
          <ButtonRow>
            <Button>{t('accounts.reset.do')}</Button>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function resetFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  return submit(
    request,
    async () => {
      const input = { token: tokenOf(request), password: request.form.get('password') ?? '' }
      await deskOf(request).resetPassword(input, visitorOf(request))
      return seeOther(`${request.at('/sign-in')}?done=password`)
    },
    (typed) => resetPage(request, typed),
  )
}

/** By a button: a program that looks into mails calls every address in them, and must not use the link up. */
export async function confirmEmailPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at } = request
  const title = t('accounts.email.confirm-title')
  return {
    title,
    noIndex: true,
    noStore: true,
    status: typed.status,
    body: (
      <Page title={title} lead={t('accounts.email.confirm-lead')}>
        <ErrorSummary errors={typed.errors} />
        <Form action={at('/account/email/confirm')} hidden={{ token: tokenOf(request) }} label={title}>
          <ButtonRow>
            <Button>{t('accounts.email.confirm-do')}</Button>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function confirmEmailFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { actor, at } = request
  return submit(
    request,
    async () => {
      await deskOf(request).confirmEmail(tokenOf(request))
      return seeOther(actor.kind === 'user' ? `${at('/account')}?done=email` : `${at('/sign-in')}?done=email`)
    },
    (typed) => confirmEmailPage(request, typed),
  )
}

function linkOverPage({ t, at }: PageRequest, title: string): PageContent {
  return {
    title,
    noIndex: true,
    noStore: true,
    status: 404,
    body: (
      <Page title={title}>
        <Notice kind="bad" title={t('access.problem.link-over')}>
          <p>{t('accounts.link-over.text')}</p>
          <ButtonRow>
            <ButtonLink href={at('/sign-in')}>{t('accounts.sign-in.do')}</ButtonLink>
            <ButtonLink href={at('/password/forgot')} kind="secondary">
              {t('accounts.sign-in.forgot')}
            </ButtonLink>
          </ButtonRow>
        </Notice>
      </Page>
    ),
  }
}
