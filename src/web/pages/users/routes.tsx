/** Addresses of the pages about accounts, for the administrator. */

import { listFilePages } from '../../list-files.ts'
import type { PageDefinition } from '../../site.tsx'
import { ACTS, actFromForm, actPage, revokeFromForm, revokePage, sendLinkFromForm } from './act-page.tsx'
import { usersFile } from './download.ts'
import { giveFromForm, grantPage } from './grant-page.tsx'
import { inviteFromForm, invitePage } from './invite-page.tsx'
import { messagePage, outboxPage, resendFromForm } from './outbox-page.tsx'
import { userPage } from './user-page.tsx'
import { usersPage } from './users-page.tsx'

const EDIT = 'access.user.edit'

export const userPages: readonly PageDefinition[] = [
  { path: '/users', handle: usersPage },
  ...listFilePages('/users', usersFile),
  { path: '/users/new', permission: EDIT, handle: (request) => invitePage(request) },
  { method: 'POST', path: '/users/new', permission: EDIT, handle: inviteFromForm },
  { path: '/users/outbox', handle: outboxPage },
  { path: '/users/outbox/:id', handle: messagePage },
  { method: 'POST', path: '/users/outbox/:id', handle: resendFromForm },
  { path: '/users/:id', handle: userPage },
  { method: 'POST', path: '/users/:id/link', permission: EDIT, handle: sendLinkFromForm },
  { path: '/users/:id/roles/new', permission: 'access.grant.give', handle: (request) => grantPage(request) },
  { method: 'POST', path: '/users/:id/roles/new', permission: 'access.grant.give', handle: giveFromForm },
  { path: '/users/:id/roles/:grant/revoke', permission: 'access.grant.give', handle: (request) => revokePage(request) },
  { method: 'POST', path: '/users/:id/roles/:grant/revoke', permission: 'access.grant.give', handle: revokeFromForm },
  ...ACTS.flatMap((act): PageDefinition[] => [
    { path: `/users/:id/${act}`, permission: EDIT, handle: (request) => actPage(request, act) },
    { method: 'POST', path: `/users/:id/${act}`, permission: EDIT, handle: (request) => actFromForm(request, act) },
  ]),
]
