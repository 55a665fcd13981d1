/** The second factor: set up, recovery codes, take away. */
import { qrCode } from '../../../../credentials/index.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, Notice, Page, Panel } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { CodeField, PasswordField } from '../password-fields.tsx'
import { accountTrail } from '../password-page.tsx'
import { deskOf } from '../session-answer.ts'
import { errorOf, NOTHING_TYPED, submit, type Typed } from '../submit.ts'

export async function secondFactorPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at, actor, query } = request
  const { hasSecondFactor, hasPassword, recoveryCodesLeft } = await deskOf(request).ownAccount(actor)
  const title = t('accounts.second-factor.title')
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page title={title} trail={accountTrail(request)} lead={t('accounts.second-factor.lead')}>
        <ErrorSummary errors={typed.errors} />
        {query.get('done') === 'removed' && <Notice kind="good" live title={t('accounts.second-factor.removed')} />}
        {hasSecondFactor ? (
          <>
            <Notice kind="good" title={t('accounts.account.second-factor-on', { count: recoveryCodesLeft })} />
            <Form action={at('/account/second-factor/codes')} label={title}>
              {hasPassword && (
                <PasswordField
                  request={request}
                  label={t('accounts.field.current-password')}
                  error={errorOf(typed, 'password')}
                />
              )}
              <ButtonRow>
                <Button>{t('accounts.second-factor.new-codes')}</Button>
                <Button kind="danger" formAction={at('/account/second-factor/remove')}>
                  {t('accounts.second-factor.remove')}
                </Button>
              </ButtonRow>
            </Form>
          </>
        ) : (
          <Form action={at('/account/second-factor/begin')} label={title}>
            <p>{t('accounts.second-factor.off')}</p>
            <ButtonRow>
              <Button>{t('accounts.second-factor.begin')}</Button>
            </ButtonRow>
          </Form>
        )}
      </Page>
    ),
  }
}

export async function beginSecondFactor(request: PageRequest): Promise<PageContent | HttpResponse> {
  return submit(
    request,
    async () => scanPage(request, (await deskOf(request).beginTotp(request.actor)).uri),
    (typed) => secondFactorPage(request, typed),
  )
}

/** A code that was mistyped must not cost the scan: the address of the secret comes back in the form that it was given to. */
const TOTP_ADDRESS = /^otpauth:\/\/totp\/[\x21-\x7e]{1,900}$/

async function scanPage(request: PageRequest, uri: string, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at, actor } = request
  const { hasPassword } = await deskOf(request).ownAccount(actor)
  const { size, path } = qrCode(uri)
  const title = t('accounts.second-factor.begin')
  return {
    title,
    noIndex: true,
    noStore: true,
    status: typed.status,
    body: (
      <Page
        title={title}
        trail={[...accountTrail(request), { label: t('accounts.second-factor.title'), href: at('/account/second-factor') }]}
      >
        <ErrorSummary errors={typed.errors} />
        <Panel title={t('accounts.second-factor.scan')}>
          <p>{t('accounts.second-factor.scan-text')}</p>
          <svg
            class="qr"
            viewBox={`0 0 ${size} ${size}`}
            width={size * 5}
            height={size * 5}
            role="img"
            aria-label={t('accounts.second-factor.qr')}
            shape-rendering="crispEdges"
          >
            <path d={`M0 0h${size}v${size}h-${size}z`} fill="#fff" />
            <path d={path} fill="#000" />
          </svg>
          <p>{t('accounts.second-factor.by-hand')}</p>
          <p>
            <code dir="ltr" id="secret">
              {secretOf(uri)}
            </code>
          </p>
        </Panel>
        <Form action={at('/account/second-factor/confirm')} hidden={{ uri }} label={title}>
          <CodeField request={request} error={errorOf(typed, 'code')} />
          {hasPassword && (
            <PasswordField request={request} label={t('accounts.field.current-password')} error={errorOf(typed, 'password')} />
          )}
          <ButtonRow>
            <Button>{t('accounts.second-factor.confirm')}</Button>
            <ButtonLink href={at('/account')} kind="secondary">
              {t('accounts.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

/** In groups of four, as it is typed. */
function secretOf(uri: string): string {
  const secret = /[?&]secret=([A-Z2-7]+)/.exec(uri)?.[1] ?? ''
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}

export async function confirmSecondFactor(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, actor, at } = request
  const uri = form.get('uri') ?? ''
  if (!TOTP_ADDRESS.test(uri)) return seeOther(at('/account/second-factor'))
  return submit(
    request,
    async () => {
      const input = { code: form.get('code') ?? '', password: form.get('password') ?? '' }
      return codesPage(request, await deskOf(request).confirmTotp(actor, input))
    },
    (typed) =>
      typed.errors.some(({ field }) => field === undefined) ? secondFactorPage(request, typed) : scanPage(request, uri, typed),
  )
}

export async function newCodes(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, actor } = request
  return submit(
    request,
    async () => codesPage(request, await deskOf(request).newRecoveryCodes(actor, form.get('password') ?? '')),
    (typed) => secondFactorPage(request, typed),
  )
}

export async function removeSecondFactor(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, actor, at } = request
  return submit(
    request,
    async () => {
      await deskOf(request).removeTotp(actor, form.get('password') ?? '')
      return seeOther(`${at('/account/second-factor')}?done=removed`)
    },
    (typed) => secondFactorPage(request, typed),
  )
}

function codesPage(request: PageRequest, codes: readonly string[]): PageContent {
  const { t, at } = request
  const title = t('accounts.codes.title')
  return {
    title,
    noIndex: true,
    noStore: true,
    body: (
      <Page title={title} trail={accountTrail(request)} lead={t('accounts.codes.lead')}>
        <Notice kind="good" live title={t('accounts.codes.once')} />
        <pre dir="ltr" id="recovery-codes">
          {codes.join('\n')}
        </pre>
        <p>{t('accounts.codes.keep')}</p>
        <ButtonRow>
          <ButtonLink href={at('/account')}>{t('accounts.codes.kept')}</ButtonLink>
        </ButtonRow>
      </Page>
    ),
  }
}

/** Steps of the way were asked for by their address: the way begins on the page before. */
export async function backToSecondFactor({ at }: PageRequest): Promise<HttpResponse> {
  return seeOther(at('/account/second-factor'))
}
