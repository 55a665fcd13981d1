/** The accounts of the installation, for the administrator. */
import { type ListedUser, listUsers, USER_STATES, type UserState } from '../../../modules/access/index.ts'
import {
  ButtonLink,
  type Column,
  DataTable,
  EmptyState,
  FilterPanel,
  Page,
  Pagination,
  StatePill,
  WithSidebar,
} from '../../components/index.ts'
import { listFileLinks } from '../../list-files.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { roleName } from '../account/words.ts'

export function userFilter({ query }: PageRequest): { readonly search?: string; readonly state?: UserState } {
  const search = query.get('q')?.trim()
  const state = USER_STATES.find((one) => one === query.get('state'))
  return { ...(search && { search }), ...(state && { state }) }
}

export async function usersPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query, may } = request
  const filter = userFilter(request)
  const { search, state } = filter
  const cursor = query.get('after') || undefined
  const page = await context.operations.run(listUsers, { ...filter, ...(cursor && { cursor }) }, actor)
  const title = t('accounts.users.title')
  return {
    title,
    noIndex: true,
    about: { downloads: listFileLinks(request, '/users', page.total) },
    body: (
      <Page
        title={title}
        lead={t('accounts.users.lead', { count: page.total, shown: t.number(page.total) })}
        actions={
          <>
            {may('access.user.edit') && <ButtonLink href={at('/users/new')}>{t('accounts.users.invite')}</ButtonLink>}
            <ButtonLink href={at('/users/outbox')} kind="secondary">
              {t('accounts.outbox.title')}
            </ButtonLink>
          </>
        }
      >
        <WithSidebar
          aside={
            <FilterPanel
              action={at('/users')}
              search={{ name: 'q', label: t('accounts.users.search'), value: search }}
              groups={[
                {
                  name: 'state',
                  legend: t('accounts.field.state'),
                  kind: 'one',
                  options: USER_STATES.map((one) => ({ value: one, label: stateName(t, one), checked: one === state })),
                },
              ]}
              setCount={[search, state].filter((one) => one !== undefined).length}
              clearHref={at('/users')}
            />
          }
        >
          <DataTable
            caption={title}
            captionHidden
            columns={columnsOf(request)}
            rows={page.rows}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('accounts.users.none')} />}
          />
          {page.rows.length > 0 && (
            <Pagination
              shown={page.rows.length}
              total={page.total}
              previousHref={cursor === undefined ? undefined : addressWith(request, null)}
              nextHref={page.next === null ? undefined : addressWith(request, page.next)}
            />
          )}
        </WithSidebar>
      </Page>
    ),
  }
}

function addressWith({ at, query }: PageRequest, after: string | null): string {
  const params = new URLSearchParams(query)
  params.delete('after')
  if (after !== null) params.set('after', after)
  return params.size > 0 ? `${at('/users')}?${params}` : at('/users')
}

export function stateName(t: PageRequest['t'], state: UserState): string {
  return t(`accounts.state.${state}`)
}

const TONES = { invited: 'waiting', active: 'done', suspended: 'closed', deleted: 'closed' } as const

export function UserStatePill({ t, state }: { readonly t: PageRequest['t']; readonly state: UserState }) {
  return <StatePill state={state} label={stateName(t, state)} tone={TONES[state]} />
}

function columnsOf({ t, at }: PageRequest): Column<ListedUser>[] {
  return [
    {
      key: 'name',
      label: t('accounts.field.name'),
      cell: ({ id, name, email }) => (
        <>
          <a href={at(`/users/${id}`)}>
            <bdi>{name || t('accounts.users.nameless')}</bdi>
          </a>
          {email !== null && (
            <div class="muted">
              <bdi dir="ltr">{email}</bdi>
            </div>
          )}
        </>
      ),
    },
    { key: 'state', label: t('accounts.field.state'), cell: ({ state }) => <UserStatePill t={t} state={state} /> },
    {
      key: 'roles',
      label: t('accounts.roles.title'),
      cell: ({ roles }) => (roles.length === 0 ? roleName(t, 'member') : t.list(roles.map((role) => roleName(t, role)))),
    },
    {
      key: 'second',
      label: t('accounts.second-factor.title'),
      cell: ({ hasSecondFactor }) => t(hasSecondFactor ? 'accounts.users.yes' : 'accounts.users.no'),
    },
    {
      key: 'seen',
      label: t('accounts.users.signed-in'),
      cell: ({ signedInAt }) => (signedInAt === null ? t('accounts.keys.never') : t.instant(signedInAt)),
    },
  ]
}
