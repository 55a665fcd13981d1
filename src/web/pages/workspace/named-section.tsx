/** What names the country or entity: how often in which role, the newest, and the whole list as a page and as a file. */
import { codeName, isCode } from '../../../codes/index.ts'
import { LISTING_FORMATS } from '../../../jobs/exports/listing-table.ts'
import { formatListingFilter, type Workspace } from '../../../modules/registry/index.ts'
import { type Column, DataTable, DownloadLinks } from '../../components/index.ts'
import { titleOf } from './words.ts'
import type { WorkspaceProps } from './workspace-page.tsx'

type RoleCount = Workspace['named']['roles'][number]
type Newest = Workspace['named']['newest'][number]

export function NamedSection({ request: { t, at }, workspace: { scope, named }, name }: WorkspaceProps) {
  const filter = formatListingFilter(named.filter).toString()
  const lead = t('workspace.named.lead', { name, count: named.listings, shown: t.number(named.listings) })
  const isCountry = scope.kind === 'country'
  const roleName = (role: string) => (isCode('role', role) ? codeName('role', role, t.lang) : role)
  const roleHref = (role: string | null) =>
    isCountry ? `${at('/initiatives')}?${role}=${scope.id}` : `${at(`/organisations/${scope.id}`)}#initiatives`
  const roles: Column<RoleCount>[] = [
    {
      key: 'role',
      label: t('workspace.named.role'),
      cell: ({ role }) =>
        role === null ? t('workspace.named.no-role') : isCountry ? t(`registry.country-role.${role}`) : roleName(role),
    },
    {
      key: 'count',
      label: t(isCountry ? 'workspace.named.rows' : 'workspace.named.initiatives'),
      kind: 'number',
      cell: ({ role, count }) => (count === 0 ? t.number(0) : <a href={roleHref(role)}>{t.number(count)}</a>),
    },
  ]
  const newest: Column<Newest>[] = [
    {
      key: 'title',
      label: t('workspace.field.title'),
      cell: (row) => (
        <a href={at(`/initiatives/${row.initiativeId}`)}>
          <bdi>{titleOf(t, row)}</bdi>
        </a>
      ),
    },
    { key: 'year', label: t('registry.field.year'), cell: ({ year }) => (year === null ? undefined : String(year)) },
  ]
  return (
    <section>
      <h2 id="named">{t('workspace.named.title')}</h2>
      <p class="lead">{named.listings === 0 ? lead : <a href={`${at('/initiatives')}?${filter}`}>{lead}</a>}</p>
      {named.roles.length > 0 && (
        <DataTable
          caption={t('workspace.named.title')}
          captionHidden
          columns={roles}
          rows={named.roles}
          rowKey={({ role }) => role ?? ''}
        />
      )}
      {named.newest.length > 0 && (
        <>
          <h3>{t('workspace.named.newest')}</h3>
          <DataTable
            caption={t('workspace.named.newest')}
            captionHidden
            columns={newest}
            rows={named.newest}
            rowKey={({ id }) => id}
          />
          <p>
            <a href={`${at('/initiatives')}?${filter}`}>{t('workspace.named.all')}</a>
          </p>
          <DownloadLinks
            label={t('workspace.downloads.named')}
            links={LISTING_FORMATS.map(({ format, extension }) => ({
              format,
              href: `${at(`/initiatives.${extension}`)}?${filter}`,
            }))}
          />
        </>
      )}
    </section>
  )
}
