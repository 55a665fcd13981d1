/** Addresses of the own notifications. */
import type { PageDefinition } from '../../site.tsx'
import { chooseFromForm, markFromForm } from './actions.ts'
import { notificationsPage } from './notifications-page.tsx'

const permission = 'access.own-account.read'

export const notificationPages: readonly PageDefinition[] = [
  { path: '/notifications', permission, handle: notificationsPage },
  { method: 'POST', path: '/notifications/read', permission, handle: markFromForm },
  { method: 'POST', path: '/notifications/digest', permission, handle: chooseFromForm },
]
