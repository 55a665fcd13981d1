/** What the browser is given when somebody has signed in or out, and who sends a request as the desk wants to know it. */
import { listLanguages } from '../../../i18n/languages.ts'
import type { AccountDesk, AccountVisitor, SignedIn } from '../../../jobs/accounts/account-desk.ts'
import { type HttpResponse, ownPath, seeOther } from '../../../kernel/http.ts'
import { type PageRequest, SESSION_COOKIE } from '../../site.tsx'

export function deskOf({ context }: PageRequest): AccountDesk {
  return context.accounts
}

export function visitorOf({ address, header, id }: PageRequest): AccountVisitor {
  return { address, agent: header('user-agent'), requestId: id }
}

/**
 * A new token replaces whatever the browser had. It goes when the browser is closed: people share machines. The page that follows is
 * in the language of the account.
 */
export function signedInAnswer({ token, lang }: SignedIn, to: string | null | undefined, otherwise = ''): HttpResponse {
  return {
    ...seeOther(returnPath(to, lang) ?? `/${lang}${otherwise}`),
    cookies: [{ name: SESSION_COOKIE, value: token }],
  }
}

/** Whoever signs in anew, by a password, a link or the first account, leaves nothing open behind: the session that the browser had ends. */
export async function endFormerSession(request: PageRequest): Promise<void> {
  const token = request.cookies?.[SESSION_COOKIE]
  if (token !== undefined) await deskOf(request).signOut(token)
}

export function signedOutAnswer(request: PageRequest, done: 'signed-out' | 'everywhere' | 'deleted'): HttpResponse {
  return {
    ...seeOther(`${request.at('/sign-in')}?done=${done}`),
    cookies: [{ name: SESSION_COOKIE, value: '' }],
  }
}

/** Where somebody wanted to go, when it is a page of ours that is not part of signing in. */
function returnPath(to: string | null | undefined, lang: string): string | undefined {
  const path = ownPath(to)
  const [, first = '', second = ''] = /^\/([^/?]*)\/?([^/?]*)/.exec(path ?? '') ?? []
  if (path === undefined || ['sign-in', 'sign-out', 'setup', 'password', 'invitation'].includes(second)) return undefined
  return listLanguages().includes(first) ? `/${lang}${path.slice(first.length + 1)}` : path
}
