/** Where the account is signed in: one ended, or all. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { type ListedSession, listOwnSessions } from '../../../modules/access/index.ts'
import { Button, type Column, DataTable, Form, Notice, Page, Tag } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { accountTrail } from './password-page.tsx'
import { deskOf, signedOutAnswer } from './session-answer.ts'
import { browserName } from './words.ts'

export async function sessionsPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const sessions = await context.operations.run(listOwnSessions, {}, actor)
  const title = t('accounts.sessions.title')
  return {
    title,
    noIndex: true,
    body: (
      <Page title={title} trail={accountTrail(request)} lead={t('accounts.sessions.lead')}>
        {query.get('done') === 'ended' && <Notice kind="good" live title={t('accounts.sessions.ended')} />}
        <SessionsTable
          request={request}
          sessions={sessions}
          action={({ id, current }) =>
            current ? (
              <Tag>{t('accounts.sessions.this')}</Tag>
            ) : (
              <Form action={at('/account/sessions/end')} hidden={{ id }} label={t('accounts.sessions.end')}>
                <Button kind="quiet">{t('accounts.sessions.end')}</Button>
              </Form>
            )
          }
        />
        <Form action={at('/account/sessions/end-all')} label={t('accounts.sessions.end-all')}>
          <p>{t('accounts.sessions.end-all-text')}</p>
          <Button kind="danger">{t('accounts.sessions.end-all')}</Button>
        </Form>
      </Page>
    ),
  }
}

export function SessionsTable({
  request: { t },
  sessions,
  action,
}: {
  readonly request: PageRequest
  readonly sessions: readonly ListedSession[]
  readonly action?: Column<ListedSession>['cell']
}) {
  const columns: Column<ListedSession>[] = [
    { key: 'browser', label: t('accounts.sessions.browser'), cell: ({ agent }) => browserName(t, agent) },
    { key: 'address', label: t('accounts.sessions.address'), cell: ({ address }) => address && <bdi dir="ltr">{address}</bdi> },
    { key: 'since', label: t('accounts.sessions.since'), cell: ({ createdAt }) => t.instant(createdAt) },
    { key: 'seen', label: t('accounts.sessions.seen'), cell: ({ seenAt }) => t.instant(seenAt) },
    {
      key: 'method',
      label: t('accounts.sessions.method'),
      cell: ({ method, secondFactor }) => (
        <>
          {t(`accounts.sessions.method.${method}`)}
          {secondFactor && <div class="muted">{t('accounts.sessions.with-code')}</div>}
        </>
      ),
    },
    ...(action ? [{ key: 'action', label: t('accounts.field.action'), cell: action }] : []),
  ]
  return (
    <DataTable
      caption={t('accounts.sessions.title')}
      captionHidden
      columns={columns}
      rows={sessions}
      rowKey={({ id }) => id}
      empty={<p class="muted">{t('accounts.sessions.none')}</p>}
    />
  )
}

export async function endSessionFromForm(request: PageRequest): Promise<HttpResponse> {
  await deskOf(request).endSession(request.actor, request.form.get('id') ?? '')
  return seeOther(`${request.at('/account/sessions')}?done=ended`)
}

export async function signOutEverywhere(request: PageRequest): Promise<HttpResponse> {
  await deskOf(request).signOutEverywhere(request.actor)
  return signedOutAnswer(request, 'everywhere')
}
