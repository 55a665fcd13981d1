/** Messages to people: what waits, what was kept because no mail is set up, what failed; each to read and to send once more. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { getMessage, type ListedMessage, listMessages, MESSAGE_STATES, resendMessage } from '../../../modules/access/index.ts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  FilterPanel,
  Form,
  Notice,
  Page,
  StatePill,
  SummaryList,
  WithSidebar,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { usersTrail } from './invite-page.tsx'

const TONES = { waiting: 'waiting', sent: 'done', failed: 'closed', kept: 'open' } as const

export async function outboxPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const state = MESSAGE_STATES.find((one) => one === query.get('state'))
  const cursor = query.get('after') || undefined
  const page = await context.operations.run(listMessages, { ...(state && { state }), ...(cursor && { cursor }) }, actor)
  const title = t('accounts.outbox.title')
  return {
    title,
    noIndex: true,
    body: (
      <Page title={title} trail={usersTrail(request)} lead={t('accounts.outbox.lead')}>
        <WithSidebar
          aside={
            <FilterPanel
              action={at('/users/outbox')}
              groups={[
                {
                  name: 'state',
                  legend: t('accounts.field.state'),
                  kind: 'one',
                  options: MESSAGE_STATES.map((one) => ({
                    value: one,
                    label: t(`accounts.outbox.state.${one}`),
                    checked: one === state,
                  })),
                },
              ]}
              setCount={state === undefined ? 0 : 1}
              clearHref={at('/users/outbox')}
            />
          }
        >
          <DataTable
            caption={title}
            captionHidden
            columns={columnsOf(request)}
            rows={page.rows}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('accounts.outbox.none')} />}
          />
          {page.next !== null && (
            <p>
              <a rel="next" href={`${at('/users/outbox')}?${new URLSearchParams({ ...(state && { state }), after: page.next })}`}>
                {t('audit.older')}
              </a>
            </p>
          )}
        </WithSidebar>
      </Page>
    ),
  }
}

function columnsOf({ t, at }: PageRequest): Column<ListedMessage>[] {
  return [
    {
      key: 'subject',
      label: t('accounts.outbox.subject'),
      cell: ({ id, subject, lang, toAddress }) => (
        <>
          <a href={at(`/users/outbox/${id}`)}>
            <bdi lang={lang}>{subject}</bdi>
          </a>
          <div class="muted">
            <bdi dir="ltr">{toAddress}</bdi>
          </div>
        </>
      ),
    },
    { key: 'written', label: t('accounts.outbox.written'), cell: ({ createdAt }) => t.instant(createdAt) },
    {
      key: 'state',
      label: t('accounts.field.state'),
      cell: ({ state }) => <StatePill state={state} label={t(`accounts.outbox.state.${state}`)} tone={TONES[state]} />,
    },
  ]
}

export async function messagePage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, params, query } = request
  const message = await context.operations.run(getMessage, { id: params.id ?? '' }, actor)
  return {
    title: message.subject,
    noIndex: true,
    noStore: true,
    body: (
      <Page
        title={<bdi lang={message.lang}>{message.subject}</bdi>}
        kicker={t('accounts.outbox.message')}
        trail={[...usersTrail(request), { label: t('accounts.outbox.title'), href: at('/users/outbox') }]}
      >
        {query.get('done') === 'resent' && <Notice kind="good" live title={t('accounts.outbox.resent')} />}
        <SummaryList
          facts={[
            { label: t('accounts.outbox.to'), value: <bdi dir="ltr">{message.toAddress}</bdi> },
            { label: t('accounts.outbox.written'), value: t.instant(message.createdAt) },
            {
              label: t('accounts.field.state'),
              value: (
                <StatePill
                  state={message.state}
                  label={t(`accounts.outbox.state.${message.state}`)}
                  tone={TONES[message.state]}
                />
              ),
            },
            ...(message.failure === null
              ? []
              : [{ label: t('accounts.outbox.failure'), value: <code dir="ltr">{message.failure}</code> }]),
          ]}
        />
        <pre class="message" lang={message.lang} dir="auto" id="message">
          {message.body}
        </pre>
        {message.state !== 'sent' && (
          <>
            <p class="muted">{t('accounts.outbox.careful')}</p>
            <Form action={at(`/users/outbox/${message.id}`)} label={t('accounts.outbox.resend')}>
              <Button kind="secondary">{t('accounts.outbox.resend')}</Button>
            </Form>
          </>
        )}
      </Page>
    ),
  }
}

export async function resendFromForm({ context, actor, params, at }: PageRequest): Promise<HttpResponse> {
  const id = params.id ?? ''
  await context.operations.run(resendMessage, { id }, actor)
  return seeOther(`${at(`/users/outbox/${id}`)}?done=resent`)
}
