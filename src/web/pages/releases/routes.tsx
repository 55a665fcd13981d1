/** Addresses of releases: what leaves this instance, field by field, and the key that signs it. */
import type { HttpRoute } from '../../../kernel/http.ts'
import type { PageDefinition, WebContext } from '../../site.tsx'
import { confirmIt, confirmPage } from './confirm-page.tsx'
import { downloadPackage } from './download-package.ts'
import { distrust, keyPage } from './key-page.tsx'
import { draftIt, newReleasePage } from './new-release-page.tsx'
import { recordPage, withholdHere } from './record-page.tsx'
import { abandonIt, refreshIt, releasePage, withholdEverywhere, writeIt } from './release-page.tsx'
import { releasesPage } from './releases-page.tsx'

const READ = 'registry.release.read'
const EDIT = 'registry.release.edit'

export const releasePages: readonly PageDefinition[] = [
  { path: '/releases', permission: READ, handle: releasesPage },
  { path: '/releases/new', permission: 'registry.release.draft', handle: (request) => newReleasePage(request) },
  { method: 'POST', path: '/releases/new', permission: 'registry.release.draft', handle: draftIt },
  // What a receiver compares is for everybody.
  { path: '/releases/key', handle: keyPage },
  { method: 'POST', path: '/releases/key', permission: 'registry.release.trust', handle: distrust },
  { path: '/releases/:id', permission: READ, handle: (request) => releasePage(request) },
  { method: 'POST', path: '/releases/:id/fields', permission: EDIT, handle: withholdEverywhere },
  { method: 'POST', path: '/releases/:id/refresh', permission: EDIT, handle: refreshIt },
  { method: 'POST', path: '/releases/:id/abandon', permission: EDIT, handle: abandonIt },
  { method: 'POST', path: '/releases/:id/write', permission: EDIT, handle: writeIt },
  { path: '/releases/:id/records/:initiative', permission: READ, handle: (request) => recordPage(request) },
  { method: 'POST', path: '/releases/:id/records/:initiative', permission: EDIT, handle: withholdHere },
  { path: '/releases/:id/confirm', permission: 'registry.release.confirm', handle: (request) => confirmPage(request) },
  { method: 'POST', path: '/releases/:id/confirm', permission: 'registry.release.confirm', handle: confirmIt },
  { path: '/releases/:id/package.zip', permission: READ, handle: downloadPackage },
]

/** The key for programs: one address, without a language, that stays the same. */
export function releaseKeyRoute(context: WebContext): HttpRoute {
  return {
    method: 'GET',
    path: '/release-key.json',
    async handle() {
      return {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, no-cache' },
        body: `${JSON.stringify(await context.releases.publicKey(), null, 2)}\n`,
      }
    },
  }
}
