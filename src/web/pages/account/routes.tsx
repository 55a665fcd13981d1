/** Addresses of the pages by which people become known, and of the own account. */
import type { PageDefinition } from '../../site.tsx'
import { accountPage, saveProfile } from './account-page.tsx'
import { delegationsPage, endDelegationFromForm, lendFromForm } from './delegations-page.tsx'
import { deleteFromForm, deletePage } from './delete-page.tsx'
import { createKeyFromForm, keysPage, revokeKeyFromForm } from './keys-page.tsx'
import { downloadMyData, myDataPage } from './my-data-page.tsx'
import { ownPage } from './own-page.ts'
import { changeEmailFromForm, changePasswordFromForm, emailPage, passwordPage } from './password-page.tsx'
import {
  backToSecondFactor,
  beginSecondFactor,
  confirmSecondFactor,
  newCodes,
  removeSecondFactor,
  secondFactorPage,
} from './second-factor/second-factor-page.tsx'
import { endSessionFromForm, sessionsPage, signOutEverywhere } from './sessions-page.tsx'
import {
  confirmEmailFromForm,
  confirmEmailPage,
  forgotFromForm,
  forgotPage,
  invitationPage,
  redeemFromForm,
  resetFromForm,
  resetPage,
} from './sign-in/link-pages.tsx'
import { backFromProvider, beginAtProvider, providerReturnRoute } from './sign-in/provider.tsx'
import { setUpFromForm, setupPage } from './sign-in/setup-page.tsx'
import { beginAgain, codeFromForm, signInFromForm, signInPage, signOut } from './sign-in/sign-in-page.tsx'

export { providerReturnRoute }

const get = (path: string, handle: PageDefinition['handle']): PageDefinition => ({ path, handle: (request) => handle(request) })
const post = (path: string, handle: PageDefinition['handle']): PageDefinition => ({ method: 'POST', path, handle })
/** Tried again and again by whoever guesses. */
const attempt = (page: PageDefinition): PageDefinition => ({ ...page, limit: 'sign-in' })

export const accountPages: readonly PageDefinition[] = [
  get('/setup', (request) => setupPage(request)),
  attempt(post('/setup', setUpFromForm)),
  get('/sign-in', (request) => signInPage(request)),
  attempt(post('/sign-in', signInFromForm)),
  get('/sign-in/code', beginAgain),
  attempt(post('/sign-in/code', codeFromForm)),
  attempt(get('/sign-in/provider', beginAtProvider)),
  attempt(get('/sign-in/provider/back', backFromProvider)),
  post('/sign-out', signOut),
  get('/invitation', (request) => invitationPage(request)),
  attempt(post('/invitation', redeemFromForm)),
  get('/password/forgot', forgotPage),
  attempt(post('/password/forgot', forgotFromForm)),
  get('/password/reset', (request) => resetPage(request)),
  attempt(post('/password/reset', resetFromForm)),
  get('/account/email/confirm', (request) => confirmEmailPage(request)),
  attempt(post('/account/email/confirm', confirmEmailFromForm)),

  get(
    '/account',
    ownPage((request) => accountPage(request)),
  ),
  post('/account', ownPage(saveProfile)),
  get(
    '/account/password',
    ownPage((request) => passwordPage(request)),
  ),
  attempt(post('/account/password', ownPage(changePasswordFromForm))),
  get(
    '/account/email',
    ownPage((request) => emailPage(request)),
  ),
  attempt(post('/account/email', ownPage(changeEmailFromForm))),
  get(
    '/account/second-factor',
    ownPage((request) => secondFactorPage(request)),
  ),
  post('/account/second-factor/begin', ownPage(beginSecondFactor)),
  get('/account/second-factor/begin', backToSecondFactor),
  attempt(post('/account/second-factor/confirm', ownPage(confirmSecondFactor))),
  get('/account/second-factor/confirm', backToSecondFactor),
  attempt(post('/account/second-factor/codes', ownPage(newCodes))),
  get('/account/second-factor/codes', backToSecondFactor),
  attempt(post('/account/second-factor/remove', ownPage(removeSecondFactor))),
  get('/account/second-factor/remove', backToSecondFactor),
  get('/account/sessions', ownPage(sessionsPage)),
  post('/account/sessions/end', ownPage(endSessionFromForm)),
  post('/account/sessions/end-all', ownPage(signOutEverywhere)),
  get(
    '/account/keys',
    ownPage((request) => keysPage(request)),
  ),
  post('/account/keys', ownPage(createKeyFromForm)),
  post('/account/keys/revoke', ownPage(revokeKeyFromForm)),
  get(
    '/account/delegations',
    ownPage((request) => delegationsPage(request)),
  ),
  post('/account/delegations', ownPage(lendFromForm)),
  post('/account/delegations/end', ownPage(endDelegationFromForm)),
  get('/account/my-data', ownPage(myDataPage)),
  get('/account/my-data.json', ownPage(downloadMyData)),
  get(
    '/account/delete',
    ownPage((request) => deletePage(request)),
  ),
  attempt(post('/account/delete', ownPage(deleteFromForm))),
]
