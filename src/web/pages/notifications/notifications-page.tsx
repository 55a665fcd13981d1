/** What waits for me, what happened, and how often I am told by mail. */
import { ownNameOf } from '../../../i18n/languages.ts'
import {
  DIGESTS,
  getOwnAccount,
  listOwnNotifications,
  type Notice as Notification,
  type Notifications,
} from '../../../modules/access/index.ts'
import { listWaiting, type WaitingPlace } from '../../../modules/registry/index.ts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Form,
  Notice,
  Page,
  Pagination,
  Panel,
  RadioGroup,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { ownPage } from '../account/own-page.ts'
import { orgNames } from '../initiatives/naming.ts'
import { WaitingLines } from '../workspace/waiting-lines.tsx'
import { workspaceName } from '../workspace/words.ts'
import { initiativeTitles } from '../workspace/workspace-page.tsx'
import { noticeAddress, noticeText } from './notice-words.ts'

const PAGE = 50

export const notificationsPage = ownPage(async (request): Promise<PageContent> => {
  const { t, context, actor, query, may } = request
  const asked = Number(query.get('from'))
  const offset = Number.isInteger(asked) && asked > 0 && asked < 10_000_000 ? asked : 0
  const list = await context.operations.run(listOwnNotifications, { offset, limit: PAGE }, actor)
  const places = may('registry.workspace.read') ? await context.operations.run(listWaiting, {}, actor) : []
  const title = t('notifications.title')
  const done = query.get('done')
  return {
    title,
    noIndex: true,
    body: (
      <Page title={title} lead={t('notifications.lead')}>
        {(done === 'marked' || done === 'saved') && <Notice kind="good" title={t(`notifications.${done}`)} live />}
        <WaitingPanel request={request} places={places} />
        <Log request={request} list={list} offset={offset} names={await namesFor(request, list.rows)} />
        <DigestPanel request={request} list={list} language={(await context.operations.run(getOwnAccount, {}, actor)).lang} />
      </Page>
    ),
  }
})

interface Names {
  readonly titles: ReadonlyMap<string, string>
  readonly orgs: ReadonlyMap<string, string>
}

/** As the reader may see them now, whatever it was when they were told. */
async function namesFor(request: PageRequest, rows: readonly Notification[]): Promise<Names> {
  const records = rows.flatMap(({ ref }) => (ref?.aggregate === 'initiatives' ? [ref.id] : []))
  const entities = rows.flatMap(({ params: { scope, scopeId } }) =>
    scope === 'entity' && scopeId !== undefined ? [scopeId] : [],
  )
  return { titles: await initiativeTitles(request, records), orgs: await orgNames(request, entities) }
}

function WaitingPanel({ request, places }: { readonly request: PageRequest; readonly places: readonly WaitingPlace[] }) {
  const { t } = request
  return (
    <Panel title={t('notifications.waiting.title')} id="waiting">
      {places.length === 0 && <p class="muted">{t('notifications.waiting.none')}</p>}
      {places.map(({ scope, names, waiting }) => (
        <div key={scope === null ? '' : scope.id}>
          <h3>{scope === null ? t('notifications.waiting.instance') : <bdi>{workspaceName(t, scope, names)}</bdi>}</h3>
          <WaitingLines request={request} scope={scope} waiting={waiting} />
        </div>
      ))}
    </Panel>
  )
}

interface LogProps {
  readonly request: PageRequest
  readonly list: Notifications
  readonly offset: number
  readonly names: Names
}

function Log({ request, list, offset, names }: LogProps) {
  const { t, at } = request
  const pageAt = (from: number) => (from > 0 ? `${at('/notifications')}?from=${from}` : at('/notifications'))
  return (
    <section>
      <h2 id="log">{t('notifications.log.title')}</h2>
      {list.unread > 0 && (
        <Form action={at('/notifications/read')} label={t('notifications.mark-all')}>
          <Button kind="secondary">{t('notifications.mark-all')}</Button>
        </Form>
      )}
      <DataTable
        caption={t('notifications.log.title')}
        captionHidden
        columns={columnsOf(request, names)}
        rows={list.rows}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('notifications.none')} />}
      />
      {list.total > PAGE && (
        <Pagination
          shown={list.rows.length}
          total={list.total}
          from={offset + 1}
          previousHref={offset > 0 ? pageAt(Math.max(0, offset - PAGE)) : undefined}
          nextHref={offset + list.rows.length < list.total ? pageAt(offset + PAGE) : undefined}
        />
      )}
    </section>
  )
}

function columnsOf(request: PageRequest, names: Names): Column<Notification>[] {
  const { t } = request
  return [
    {
      key: 'what',
      label: t('notifications.field.what'),
      rowHeader: true,
      cell: (notice) => <What request={request} notice={notice} names={names} />,
    },
    {
      key: 'state',
      label: t('notifications.field.state'),
      cell: (notice) =>
        notice.readAt === null ? <MarkForm request={request} notice={notice} names={names} /> : t('notifications.read'),
    },
  ]
}

interface NoticeProps {
  readonly request: PageRequest
  readonly notice: Notification
  readonly names: Names
}

function What({ request, notice, names }: NoticeProps) {
  const { t } = request
  const text = noticeText(request, notice, names.orgs)
  const isRecord = notice.ref?.aggregate === 'initiatives'
  const title = isRecord ? names.titles.get(notice.ref?.id ?? '') : undefined
  const href = isRecord && title === undefined ? undefined : noticeAddress(request, notice)
  return (
    <>
      {notice.readAt === null && <strong>{t('notifications.unread')} </strong>}
      {href === undefined ? text : <a href={href}>{text}</a>}
      {isRecord && <div class="muted">{title === undefined ? t('notifications.gone') : <bdi>{title}</bdi>}</div>}
      <div class="muted">{t.instant(notice.createdAt)}</div>
    </>
  )
}

function MarkForm({ request, notice, names }: NoticeProps) {
  const { t, at } = request
  const text = noticeText(request, notice, names.orgs)
  return (
    <Form action={at('/notifications/read')} hidden={{ id: notice.id }} label={t('notifications.mark-one-of', { text })}>
      <Button kind="quiet" ariaLabel={t('notifications.mark-one-of', { text })}>
        {t('notifications.mark-one')}
      </Button>
    </Form>
  )
}

interface DigestProps {
  readonly request: PageRequest
  readonly list: Notifications
  readonly language: string
}

function DigestPanel({ request: { t, at }, list, language }: DigestProps) {
  return (
    <Panel title={t('notifications.digest.title')} id="digest">
      <Form action={at('/notifications/digest')} label={t('notifications.digest.title')}>
        <RadioGroup
          name="digest"
          label={t('notifications.digest.label')}
          hint={t('notifications.digest.hint')}
          value={list.digest}
          choices={DIGESTS.map((value) => ({ value, label: t(`notifications.digest.${value}`) }))}
        />
        <Button kind="secondary">{t('notifications.digest.save')}</Button>
      </Form>
      <p>
        {t('notifications.digest.language', { language: ownNameOf(language) })}{' '}
        <a href={at('/account')}>{t('notifications.digest.account')}</a>
      </p>
    </Panel>
  )
}
