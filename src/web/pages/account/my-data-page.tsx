/** What is kept about me: to read, to take away as a file, to correct, to remove. */
import type { HttpResponse } from '../../../kernel/http.ts'
import { whatIsKeptAboutMe } from '../../../modules/access/index.ts'
import { type KeptAboutPerson, whatIsKeptAboutPerson } from '../../../modules/directory/index.ts'
import { ButtonLink, type Column, DataTable, DownloadLinks, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { ConsentsTable } from '../people/consents-table.tsx'
import { accountTrail } from './password-page.tsx'
import { RolesTable } from './roles-table.tsx'
import { deskOf } from './session-answer.ts'
import { SessionsTable } from './sessions-page.tsx'
import { scopeNames } from './words.ts'

/** On the page; the file holds all. */
const NEWEST_EVENTS = 20

type Row = Readonly<Record<string, unknown>>

export async function myDataPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor } = request
  const kept = await context.operations.run(whatIsKeptAboutMe, {}, actor)
  const person = await context.operations.run(whatIsKeptAboutPerson, {}, actor)
  const roles = kept.roles.filter(({ userId }) => userId === actor.id)
  const nameOf = await scopeNames(
    request,
    roles.map((row) => ({ role: text(row, 'role'), scope: text(row, 'scope'), scopeId: text(row, 'scopeId') || null })),
  )
  const title = t('accounts.my-data.title')
  const table = (caption: string, columns: Column<Row>[], rows: readonly Row[]) => (
    <>
      <h2>{caption}</h2>
      <DataTable
        caption={caption}
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={(row) => text(row, 'id') || JSON.stringify(row)}
        empty={<p class="muted">{t('accounts.my-data.nothing')}</p>}
      />
    </>
  )
  return {
    title,
    noIndex: true,
    body: (
      <Page title={title} trail={accountTrail(request)} lead={t('accounts.my-data.lead')}>
        <DownloadLinks
          label={t('accounts.my-data.download')}
          links={[{ format: 'JSON', href: at('/account/my-data.json'), detail: t('accounts.my-data.download-all') }]}
        />
        <h2>{t('accounts.account.title')}</h2>
        <SummaryList facts={accountFacts(request, kept)} />
        <p>
          <a href={at('/account#profile')}>{t('accounts.my-data.correct')}</a>
        </p>
        <h2>{t('accounts.roles.title')}</h2>
        <RolesTable
          request={request}
          caption={t('accounts.roles.title')}
          empty={t('accounts.roles.none')}
          rows={roles.map((row) => ({
            key: text(row, 'id'),
            role: text(row, 'role'),
            scopeName: nameOf({ role: text(row, 'role'), scope: text(row, 'scope'), scopeId: text(row, 'scopeId') || null }),
            startsAt: text(row, 'startsAt'),
            endsAt: text(row, 'revokedAt') || text(row, 'endsAt') || null,
            reason: text(row, 'reason'),
          }))}
        />
        <h2>{t('accounts.sessions.title')}</h2>
        <SessionsTable request={request} sessions={kept.sessions} />
        {table(
          t('accounts.keys.title'),
          [
            { key: 'name', label: t('accounts.keys.name'), cell: (row) => <bdi>{text(row, 'name')}</bdi> },
            { key: 'expires', label: t('accounts.keys.expires'), cell: (row) => t.instant(text(row, 'expiresAt')) },
          ],
          kept.keys,
        )}
        {table(t('accounts.my-data.messages'), messageColumns(t), kept.messages)}
        {table(
          t('accounts.my-data.trail', { count: kept.audit.events, shown: t.number(kept.audit.events) }),
          trailColumns(t),
          kept.audit.newest.slice(0, NEWEST_EVENTS),
        )}
        <PersonPart request={request} kept={person} />
        <h2>{t('accounts.delete.title')}</h2>
        <p>{t('accounts.delete.lead')}</p>
        <p>
          <ButtonLink href={at('/account/delete')} kind="secondary">
            {t('accounts.delete.title')}
          </ButtonLink>
        </p>
      </Page>
    ),
  }
}

function messageColumns(t: PageRequest['t']): Column<Row>[] {
  return [
    { key: 'subject', label: t('accounts.outbox.subject'), cell: (row) => <bdi>{text(row, 'subject')}</bdi> },
    { key: 'at', label: t('accounts.outbox.written'), cell: (row) => t.instant(text(row, 'createdAt')) },
  ]
}

function trailColumns(t: PageRequest['t']): Column<Row>[] {
  return [
    { key: 'at', label: t('audit.column.at'), cell: (row) => t.instant(text(row, 'at')) },
    { key: 'operation', label: t('audit.column.operation'), cell: (row) => <code dir="ltr">{text(row, 'operation')}</code> },
    { key: 'outcome', label: t('audit.filter.outcome'), cell: (row) => t(`audit.outcome.${text(row, 'outcome')}`) },
  ]
}

function accountFacts({ t }: PageRequest, { account, signIn, identities }: Awaited<ReturnType<typeof keptOf>>) {
  const at = (value: unknown) => (typeof value === 'string' ? t.instant(value) : t('accounts.my-data.never'))
  return [
    { label: t('accounts.field.name'), value: <bdi>{account.name}</bdi> },
    { label: t('accounts.field.email'), value: account.email && <bdi dir="ltr">{account.email}</bdi> },
    { label: t('accounts.field.timezone'), value: account.timezone },
    { label: t('accounts.my-data.created'), value: t.instant(account.createdAt) },
    { label: t('accounts.my-data.password-set'), value: at(signIn.passwordSetAt) },
    { label: t('accounts.second-factor.title'), value: at(signIn.secondFactorSetAt) },
    { label: t('accounts.account.providers'), value: identities.map((row) => text(row, 'issuer')).join(', ') || '–' },
  ]
}

function keptOf({ context, actor }: PageRequest) {
  return context.operations.run(whatIsKeptAboutMe, {}, actor)
}

function PersonPart({ request, kept }: { readonly request: PageRequest; readonly kept: KeptAboutPerson | null }) {
  const { t, at } = request
  return (
    <>
      <h2>{t('accounts.my-data.person')}</h2>
      {kept === null ? (
        <p class="muted">{t('accounts.my-data.no-person')}</p>
      ) : (
        <>
          <p>
            <a href={at(`/people/${kept.person.id}`)}>
              <bdi>{kept.person.name}</bdi>
            </a>
          </p>
          <ConsentsTable request={request} person={{ ...kept.person, consents: kept.consents } as never} />
        </>
      )}
    </>
  )
}

function text(row: Row, name: string): string {
  const value = row[name]
  return typeof value === 'string' ? value : ''
}

export async function downloadMyData(request: PageRequest): Promise<HttpResponse> {
  const kept = await deskOf(request).downloadOwn(request.actor)
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="my-data.json"',
      'cache-control': 'no-store',
    },
    body: `${JSON.stringify(kept, null, 2)}\n`,
  }
}
