/** The links of the frame: menu, notifications, account, footer. Only what the visitor can open. */
import type { DocumentProps, NavItem } from './components/index.ts'
import type { PageRequest } from './site.tsx'

export type MenuKey = 'initiatives' | 'figures' | 'reports' | 'imports' | 'countries' | 'sources' | 'workspace'

/** The menu: only places that work (domain 16, decision 36). */
const MENU: readonly { key: MenuKey; path: string; permission?: string; label?: string; own?: true }[] = [
  { key: 'initiatives', path: '/initiatives' },
  { key: 'countries', path: '/countries' },
  { key: 'figures', path: '/figures' },
  { key: 'reports', path: '/reports' },
  { key: 'imports', path: '/imports', permission: 'registry.import.run' },
  // Of those who work for a country or an entity; whoever may open any has none of the own.
  { key: 'workspace', path: '/workspace', permission: 'registry.workspace.read', label: 'workspace.menu', own: true },
]

export function menuLinks(request: PageRequest, place: MenuKey | undefined): NavItem[] {
  const { t, at } = request
  return MENU.filter((entry) => isShown(request, entry)).map(({ key, path, label }) => ({
    label: t(label ?? `site.menu.${key}`),
    href: at(path),
    current: place === key,
  }))
}

function isShown({ may, actor }: PageRequest, { permission, own }: (typeof MENU)[number]): boolean {
  if (permission !== undefined && !may(permission)) return false
  return !own || (actor.grants ?? []).some(({ scope }) => scope === 'country' || scope === 'entity')
}

export function noticesLink({ t, at, actor }: PageRequest): DocumentProps['notices'] {
  if (actor.kind !== 'user') return undefined
  const { unread = 0 } = actor
  return {
    href: at('/notifications'),
    label: unread > 0 ? t('notifications.header', { count: unread, shown: t.number(unread) }) : t('notifications.title'),
    ...(unread > 0 ? { count: t.number(unread) } : {}),
  }
}

export function accountLink({ t, at, visitor, path }: PageRequest): NavItem {
  const { actor, accountsExist } = visitor
  if (!accountsExist) return { label: t('site.account.set-up'), href: at('/setup') }
  if (actor.kind === 'anonymous') {
    return { label: t('site.account.sign-in'), href: `${at('/sign-in')}?${new URLSearchParams({ to: path })}` }
  }
  return { label: actor.name, href: at('/account') }
}

export function footerLinks({ t, at, may }: PageRequest): NavItem[] {
  return [
    { label: t('registry.orgs.title'), href: at('/organisations') },
    ...(may('directory.person.read') ? [{ label: t('people.title'), href: at('/people') }] : []),
    { label: t('coordination.title'), href: at('/focal-points') },
    { label: t('data.title'), href: at('/data') },
    ...(may('registry.release.read') ? [{ label: t('releases.title'), href: at('/releases') }] : []),
    { label: t('site.footer.code-lists'), href: at('/code-lists') },
    { label: t('site.footer.sources'), href: at('/sources') },
    { label: t('programs.title'), href: at('/api') },
    { label: t('permissions.title'), href: at('/permissions') },
    { label: t('site.footer.components'), href: at('/components') },
  ]
}
