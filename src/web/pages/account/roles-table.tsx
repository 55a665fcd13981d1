/** Roles that somebody holds, in words: where, until when, on whose behalf. */
import type { ComponentChildren } from 'preact'
import { type Column, DataTable, StatePill } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { roleName } from './words.ts'

export interface ShownRole {
  readonly key: string
  readonly role: string
  readonly scopeName: string
  readonly startsAt?: string | null | undefined
  readonly endsAt?: string | null | undefined
  readonly onBehalfOfName?: string | null | undefined
  readonly state?: string | undefined
  readonly reason?: string | null | undefined
  readonly action?: ComponentChildren
}

export function RolesTable({
  request: { t },
  caption,
  rows,
  empty,
}: {
  readonly request: PageRequest
  readonly caption: string
  readonly rows: readonly ShownRole[]
  readonly empty: string
}) {
  const columns: Column<ShownRole>[] = [
    {
      key: 'role',
      label: t('accounts.field.role'),
      cell: ({ role, onBehalfOfName, reason }) => (
        <>
          {roleName(t, role)}
          {onBehalfOfName && <div class="muted">{t('accounts.roles.on-behalf', { name: onBehalfOfName })}</div>}
          {reason && (
            <div class="muted">
              <bdi>{reason}</bdi>
            </div>
          )}
        </>
      ),
    },
    { key: 'scope', label: t('accounts.field.scope'), cell: ({ scopeName }) => <bdi>{scopeName}</bdi> },
  ]
  if (rows.some(({ endsAt, startsAt }) => endsAt !== undefined || startsAt !== undefined)) {
    columns.push({
      key: 'until',
      label: t('accounts.roles.time'),
      cell: ({ startsAt, endsAt }) => (
        <>
          {startsAt && t('accounts.roles.since', { at: t.instant(startsAt) })}{' '}
          {endsAt && t('accounts.roles.until', { at: t.instant(endsAt) })}
          {endsAt === null && !startsAt && t('accounts.roles.no-end')}
        </>
      ),
    })
  }
  if (rows.some(({ state }) => state !== undefined)) {
    columns.push({
      key: 'state',
      label: t('accounts.field.state'),
      cell: ({ state }) =>
        state && (
          <StatePill state={state} label={t(`accounts.roles.state.${state}`)} tone={state === 'current' ? 'done' : 'closed'} />
        ),
    })
  }
  if (rows.some(({ action }) => action)) {
    columns.push({ key: 'action', label: t('accounts.field.action'), cell: ({ action }) => action || '–' })
  }
  return (
    <DataTable
      caption={caption}
      captionHidden
      columns={columns}
      rows={rows}
      rowKey={({ key }) => key}
      empty={<p class="muted">{empty}</p>}
    />
  )
}
