/** Signing in by password or at the organisation's own sign-in service, and the second step by a code. */

import type { SignInAnswer } from '../../../../jobs/accounts/account-desk.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, Notice, Page, TextField } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { CodeField, PasswordField } from '../password-fields.tsx'
import { deskOf, endFormerSession, signedInAnswer, signedOutAnswer, visitorOf } from '../session-answer.ts'
import { errorOf, NOTHING_TYPED, submit, type Typed } from '../submit.ts'

const DONE = ['signed-out', 'everywhere', 'deleted', 'password', 'email']

export async function signInPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent | HttpResponse> {
  const { t, at, visitor, query, form, context } = request
  if (!visitor.accountsExist) return seeOther(at('/setup'))
  if (visitor.actor.kind === 'user' && typed === NOTHING_TYPED) return seeOther(at('/account'))
  const to = form.get('to') ?? query.get('to') ?? ''
  const done = DONE.find((one) => one === query.get('done'))
  const title = t('accounts.sign-in.title')
  return {
    title,
    noIndex: true,
    noStore: true,
    status: typed.status,
    body: (
      <Page title={title} lead={to !== '' && done === undefined ? t('accounts.sign-in.to') : undefined}>
        <ErrorSummary errors={typed.errors} />
        {done !== undefined && typed === NOTHING_TYPED && <Notice kind="good" live title={t(`accounts.sign-in.done.${done}`)} />}
        <Form action={at('/sign-in')} hidden={to === '' ? {} : { to }} label={title}>
          <TextField
            name="email"
            type="email"
            label={t('accounts.field.email')}
            value={form.get('email') ?? ''}
            error={errorOf(typed, 'email')}
            autocomplete="username"
            dir="ltr"
            maxLength={254}
          />
          <PasswordField request={request} error={errorOf(typed, 'password')} />
          <ButtonRow>
            <Button>{t('accounts.sign-in.do')}</Button>
            <a href={at('/password/forgot')}>{t('accounts.sign-in.forgot')}</a>
          </ButtonRow>
        </Form>
        {deskOf(request).hasOpenId() && (
          <p class="other-way">
            {/* A link: a form may lead to no other site. */}
            <ButtonLink href={providerAddress(request, to)} kind="secondary">
              {context.openIdName === undefined
                ? t('accounts.sign-in.provider')
                : t('accounts.sign-in.provider-named', { name: context.openIdName })}
            </ButtonLink>
          </p>
        )}
        <p class="muted">{t('accounts.sign-in.no-account')}</p>
      </Page>
    ),
  }
}

function providerAddress({ at }: PageRequest, to: string): string {
  return to === '' ? at('/sign-in/provider') : `${at('/sign-in/provider')}?${new URLSearchParams({ to })}`
}

export async function signInFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form } = request
  return submit(
    request,
    async () => {
      const input = { email: form.get('email') ?? '', password: form.get('password') ?? '' }
      return afterSignIn(request, await deskOf(request).signIn(input, visitorOf(request)), form.get('to'))
    },
    (typed) => signInPage(request, typed),
  )
}

/** Either there, or one more question. */
export async function afterSignIn(
  request: PageRequest,
  answer: SignInAnswer,
  to: string | null | undefined,
): Promise<PageContent | HttpResponse> {
  if (answer.status !== 'signed-in') return codePage(request, { step: answer.step, to: to ?? '' })
  await endFormerSession(request)
  return signedInAnswer(answer, to)
}

function codePage(request: PageRequest, hidden: { step: string; to: string }, typed: Typed = NOTHING_TYPED): PageContent {
  const { t, at } = request
  const title = t('accounts.code.title')
  return {
    title,
    noIndex: true,
    noStore: true,
    status: typed.status,
    body: (
      <Page title={title} lead={t('accounts.code.lead')}>
        <ErrorSummary errors={typed.errors} />
        <Form action={at('/sign-in/code')} hidden={hidden} label={title}>
          <CodeField request={request} error={errorOf(typed, 'code')} withRecovery />
          <ButtonRow>
            <Button>{t('accounts.sign-in.do')}</Button>
            <a href={at('/sign-in')}>{t('accounts.code.again')}</a>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

/** Letters tell a recovery code from that of an app, in whatever digits it is typed. */
const HAS_LETTER = /[a-z]/i

export async function codeFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form } = request
  const step = form.get('step') ?? ''
  const code = (form.get('code') ?? '').trim()
  return submit(
    request,
    async () => {
      const input = HAS_LETTER.test(code) ? { step, recoveryCode: code } : { step, code }
      return afterSignIn(request, await deskOf(request).secondFactor(input, visitorOf(request)), form.get('to'))
    },
    async (typed) => {
      const isOver = typed.errors.some(({ field }) => field === undefined)
      // The step is used up: what is left is to begin again.
      if (isOver) return signInPage(request, typed)
      return codePage(request, { step, to: form.get('to') ?? '' }, typed)
    },
  )
}

/** A code page that was only asked for, by its address or a change of the language, has no step: the way begins before. */
export async function beginAgain({ at }: PageRequest): Promise<HttpResponse> {
  return seeOther(at('/sign-in'))
}

export async function signOut(request: PageRequest): Promise<HttpResponse> {
  await endFormerSession(request)
  return signedOutAnswer(request, 'signed-out')
}
