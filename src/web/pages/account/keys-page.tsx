/** Keys for programs that act for the owner of the account: narrower than the owner, with an end and a limit. */
import type { HttpResponse } from '../../../kernel/http.ts'
import { seeOther } from '../../../kernel/http.ts'
import { createApiKey, listApiKeys, revokeApiKey } from '../../../modules/access/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  CheckboxGroup,
  type Column,
  DataTable,
  DateField,
  ErrorSummary,
  Form,
  Notice,
  Page,
  StatePill,
  TextField,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { FormValues } from '../initiatives/form/form-values.ts'
import { accountTrail } from './password-page.tsx'
import { errorOf, NOTHING_TYPED, submit, type Typed } from './submit.ts'
import { endOfDay, permissionChoices } from './words.ts'

type Key = Awaited<ReturnType<typeof listKeys>>['keys'][number]

function listKeys({ context, actor }: PageRequest) {
  return context.operations.run(listApiKeys, {}, actor)
}

export async function keysPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, query } = request
  const { keys, permissions } = await listKeys(request)
  const title = t('accounts.keys.title')
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page title={title} trail={accountTrail(request)} lead={t('accounts.keys.lead')}>
        <ErrorSummary errors={typed.errors} />
        {query.get('done') === 'revoked' && <Notice kind="good" live title={t('accounts.keys.revoked')} />}
        <DataTable
          caption={title}
          captionHidden
          columns={columnsOf(request)}
          rows={keys}
          rowKey={({ id }) => id}
          empty={<p class="muted">{t('accounts.keys.none')}</p>}
        />
        <h2 id="new">{t('accounts.keys.new')}</h2>
        <KeyForm request={request} permissions={permissions} typed={typed} />
      </Page>
    ),
  }
}

function columnsOf({ t, at }: PageRequest): Column<Key>[] {
  const isOver = ({ expiresAt }: Key) => new Date(expiresAt) <= new Date()
  const stateOf = (key: Key) => (key.revokedAt !== null ? 'revoked' : isOver(key) ? 'ended' : 'current')
  return [
    {
      key: 'name',
      label: t('accounts.keys.name'),
      cell: ({ name, id }) => (
        <>
          <bdi>{name}</bdi>
          <div class="muted">
            <code dir="ltr">{id}</code>
          </div>
        </>
      ),
    },
    {
      key: 'permissions',
      label: t('accounts.keys.permissions'),
      cell: ({ permissions }) => (
        <details>
          <summary>{t('accounts.keys.permissions-count', { count: permissions.length })}</summary>
          {permissions.map((permission) => (
            <div key={permission}>
              <code dir="ltr">{permission}</code>
            </div>
          ))}
        </details>
      ),
    },
    { key: 'quota', label: t('accounts.keys.quota'), kind: 'number', cell: ({ hourlyQuota }) => t.number(hourlyQuota) },
    { key: 'expires', label: t('accounts.keys.expires'), cell: ({ expiresAt }) => t.instant(expiresAt) },
    {
      key: 'used',
      label: t('accounts.keys.used'),
      cell: ({ usedAt }) => (usedAt === null ? t('accounts.keys.never') : t.instant(usedAt)),
    },
    {
      key: 'state',
      label: t('accounts.field.state'),
      cell: (key) => {
        const state = stateOf(key)
        return (
          <StatePill state={state} label={t(`accounts.roles.state.${state}`)} tone={state === 'current' ? 'done' : 'closed'} />
        )
      },
    },
    {
      key: 'revoke',
      label: t('accounts.field.action'),
      cell: (key) =>
        stateOf(key) === 'current' ? (
          <Form action={at('/account/keys/revoke')} hidden={{ id: key.id }} label={t('accounts.keys.revoke')}>
            <Button kind="quiet">{t('accounts.keys.revoke')}</Button>
          </Form>
        ) : (
          '–'
        ),
    },
  ]
}

function KeyForm({ request, permissions, typed }: { request: PageRequest; permissions: readonly string[]; typed: Typed }) {
  const { t, at, form } = request
  const values = new FormValues(form)
  return (
    <Form action={at('/account/keys')} label={t('accounts.keys.new')}>
      <TextField
        name="name"
        label={t('accounts.keys.name')}
        hint={t('accounts.keys.name-hint')}
        value={values.get('name') ?? ''}
        error={errorOf(typed, 'name')}
        maxLength={200}
      />
      <CheckboxGroup
        name="permissions"
        label={t('accounts.keys.permissions')}
        hint={t('accounts.keys.permissions-hint')}
        choices={permissionChoices(t, permissions)}
        values={values.all('permissions')}
        error={errorOf(typed, 'permissions')}
      />
      <DateField
        name="expiresAt"
        label={t('accounts.keys.expires')}
        hint={t('accounts.keys.expires-hint')}
        value={values.date('expiresAt')}
        error={errorOf(typed, 'expiresAt')}
      />
      <TextField
        name="hourlyQuota"
        label={t('accounts.keys.quota')}
        inputMode="numeric"
        width="short"
        dir="ltr"
        value={values.get('hourlyQuota') ?? '1000'}
        error={errorOf(typed, 'hourlyQuota')}
        maxLength={6}
      />
      <ButtonRow>
        <Button>{t('accounts.keys.do')}</Button>
      </ButtonRow>
    </Form>
  )
}

export async function createKeyFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, form } = request
  const values = new FormValues(form)
  return submit(
    request,
    async () => {
      const input = {
        name: values.get('name') ?? '',
        permissions: values.all('permissions'),
        hourlyQuota: Number(values.get('hourlyQuota') ?? ''),
        expiresAt: endOfDay(values.date('expiresAt')) ?? '',
      }
      return shownOnce(request, await context.operations.run(createApiKey, input, actor))
    },
    (typed) => keysPage(request, typed),
  )
}

function shownOnce(request: PageRequest, { key, name }: { key: string; name: string }): PageContent {
  const { t, at } = request
  const title = t('accounts.keys.made')
  return {
    title,
    noIndex: true,
    noStore: true,
    body: (
      <Page
        title={title}
        kicker={name}
        trail={[...accountTrail(request), { label: t('accounts.keys.title'), href: at('/account/keys') }]}
      >
        <Notice kind="good" live title={t('accounts.keys.once')} />
        <p class="address">
          <code dir="ltr" id="api-key">
            {key}
          </code>
        </p>
        <p>{t('accounts.keys.how')}</p>
        <ButtonRow>
          <ButtonLink href={at('/account/keys')}>{t('accounts.keys.kept')}</ButtonLink>
        </ButtonRow>
      </Page>
    ),
  }
}

export async function revokeKeyFromForm({ context, actor, form, at }: PageRequest): Promise<HttpResponse> {
  await context.operations.run(revokeApiKey, { id: form.get('id') ?? '' }, actor)
  return seeOther(`${at('/account/keys')}?done=revoked`)
}
