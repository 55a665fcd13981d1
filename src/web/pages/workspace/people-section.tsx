/** Who holds a role in the workspace, until when, on whose behalf; and the way to lend the own role within it. */
import { type Column, DataTable, EmptyState } from '../../components/index.ts'
import type { WorkspaceProps } from './workspace-page.tsx'

export function PeopleSection({ request: { t, at, may }, workspace: { scope } }: WorkspaceProps) {
  const columns: Column<(typeof scope.holders)[number]>[] = [
    {
      key: 'person',
      label: t('workspace.field.person'),
      cell: ({ userName, onBehalfOfName, role }) => (
        <>
          <bdi>{userName}</bdi>
          <div class="muted">{t(`permissions.role.${role}`)}</div>
          {onBehalfOfName !== null && (
            <div class="muted">{t('workspace.people.on-behalf', { name: `\u2068${onBehalfOfName}\u2069` })}</div>
          )}
        </>
      ),
    },
    {
      key: 'until',
      label: t('workspace.field.until'),
      cell: ({ endsAt }) => (endsAt === null ? t('workspace.field.no-end') : t.instant(endsAt)),
    },
  ]
  return (
    <section>
      <h2 id="people">{t('workspace.people.title')}</h2>
      <DataTable
        caption={t('workspace.people.title')}
        captionHidden
        columns={columns}
        rows={scope.holders}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('workspace.people.none')} />}
      />
      {may('access.delegation.give') && (
        <p>
          <a href={at('/account/delegations')}>{t('workspace.people.delegate')}</a>
        </p>
      )}
    </section>
  )
}
