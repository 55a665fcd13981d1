/** One account, for the administrator: its state, its roles, where it is signed in. */
import { getUser, type ListedGrant, listGrants, type UserDetails } from '../../../modules/access/index.ts'
import { Button, ButtonLink, Form, Notice, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { RolesTable, type ShownRole } from '../account/roles-table.tsx'
import { SessionsTable } from '../account/sessions-page.tsx'
import { scopeNames } from '../account/words.ts'
import { usersTrail } from './invite-page.tsx'
import { UserStatePill } from './users-page.tsx'

const DONE = ['suspend', 'restore', 'reset-second-factor', 'given', 'revoked']

export async function userPage(request: PageRequest): Promise<PageContent> {
  const { t, context, actor, params, query } = request
  const id = params.id ?? ''
  const user = await context.operations.run(getUser, { id }, actor)
  const grants = await context.operations.run(listGrants, { userId: id, past: true }, actor)
  const done = DONE.find((one) => one === query.get('done'))
  const title = user.name || t('accounts.users.nameless')
  return {
    title,
    noIndex: true,
    body: (
      <Page
        title={<bdi>{title}</bdi>}
        kicker={t('accounts.user.kicker')}
        trail={usersTrail(request)}
        actions={<Actions request={request} user={user} />}
      >
        {done !== undefined && <Notice kind="good" live title={t(`accounts.user.done.${done}`)} />}
        <SummaryList facts={factsOf(request, user)} />
        <h2 id="roles">{t('accounts.roles.title')}</h2>
        <RolesTable
          request={request}
          caption={t('accounts.roles.title')}
          rows={await rolesOf(request, user, grants)}
          empty={t('accounts.roles.none')}
        />
        {(user.state === 'active' || user.state === 'invited') && (
          <p>
            <ButtonLink href={request.at(`/users/${id}/roles/new`)} kind="secondary">
              {t('accounts.grant.title')}
            </ButtonLink>
          </p>
        )}
        <h2 id="sessions">{t('accounts.sessions.title')}</h2>
        <SessionsTable request={request} sessions={user.sessions} />
      </Page>
    ),
  }
}

async function rolesOf(request: PageRequest, { id }: UserDetails, grants: readonly ListedGrant[]): Promise<ShownRole[]> {
  const nameOf = await scopeNames(request, grants)
  const { t, at, may } = request
  return grants.map((grant) => ({
    key: grant.id,
    role: grant.role,
    scopeName: nameOf(grant),
    startsAt: grant.startsAt,
    endsAt: grant.endsAt,
    onBehalfOfName: grant.onBehalfOfName,
    state: grant.state,
    reason: grant.reason,
    action:
      may('access.grant.give') && (grant.state === 'current' || grant.state === 'waiting') ? (
        <a href={at(`/users/${id}/roles/${grant.id}/revoke`)}>{t('accounts.grant.revoke')}</a>
      ) : undefined,
  }))
}

function factsOf({ t }: PageRequest, user: UserDetails) {
  return [
    { label: t('accounts.field.state'), value: <UserStatePill t={t} state={user.state} /> },
    { label: t('accounts.field.email'), value: user.email && <bdi dir="ltr">{user.email}</bdi> },
    {
      label: t('accounts.field.password'),
      value: t(user.hasPassword ? 'accounts.account.password-set' : 'accounts.account.password-not-set'),
    },
    { label: t('accounts.second-factor.title'), value: t(user.hasSecondFactor ? 'accounts.users.yes' : 'accounts.users.no') },
    ...(user.providers.length > 0
      ? [{ label: t('accounts.account.providers'), value: <bdi dir="ltr">{user.providers.join(', ')}</bdi> }]
      : []),
    { label: t('accounts.my-data.created'), value: t.instant(user.createdAt) },
    {
      label: t('accounts.users.signed-in'),
      value: user.signedInAt === null ? t('accounts.keys.never') : t.instant(user.signedInAt),
    },
  ]
}

function Actions({ request: { t, at, may }, user }: { readonly request: PageRequest; readonly user: UserDetails }) {
  if (!may('access.user.edit') || user.state === 'deleted') return null
  const link = (act: string) => (
    <ButtonLink key={act} href={at(`/users/${user.id}/${act}`)} kind="secondary">
      {t(`accounts.user.${act}.title`)}
    </ButtonLink>
  )
  return (
    <>
      {user.state !== 'suspended' && (
        <Form action={at(`/users/${user.id}/link`)} label={t('accounts.user.link')}>
          <Button kind="secondary">{t(user.state === 'invited' ? 'accounts.user.link' : 'accounts.user.link-password')}</Button>
        </Form>
      )}
      {user.state === 'active' && link('suspend')}
      {user.state === 'suspended' && link('restore')}
      {user.hasSecondFactor && link('reset-second-factor')}
      {link('delete')}
    </>
  )
}
