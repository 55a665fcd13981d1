import { expect, test } from 'vitest'
import type { SignedIn } from '../../../jobs/accounts/account-desk.ts'
import { signedInAnswer } from './session-answer.ts'

const ANSWER: SignedIn = {
  status: 'signed-in',
  token: 'token-of-the-session',
  expiresAt: new Date('2026-11-25T20:00:00Z'),
  userId: 'U1',
  lang: 'fr',
}

test.each([
  { name: 'a page of ours, in the language of the account', to: '/en/users?state=active', leadsTo: '/fr/users?state=active' },
  { name: 'the start page', to: '/en', leadsTo: '/fr' },
  {
    name: 'a download of the API, which has no language',
    to: '/api/registry/list-listings?q=x',
    leadsTo: '/api/registry/list-listings?q=x',
  },
  { name: 'another site', to: '//evil.example/x', leadsTo: '/fr' },
  { name: 'another site with a backslash', to: '/\\evil.example', leadsTo: '/fr' },
  { name: 'another site by its whole address', to: 'https://evil.example', leadsTo: '/fr' },
  { name: 'the sign-in page itself', to: '/en/sign-in?to=/en/users', leadsTo: '/fr' },
  { name: 'a link that is used up', to: '/en/invitation?token=x', leadsTo: '/fr' },
  { name: 'nothing', to: '', leadsTo: '/fr' },
])('after signing in one goes on to $name', ({ to, leadsTo }) => {
  const { status, headers, cookies } = signedInAnswer(ANSWER, to)
  expect({ status, location: headers.location }).toEqual({ status: 303, location: leadsTo })
  expect(cookies).toEqual([{ name: 'sursur-session', value: 'token-of-the-session' }])
})
