/**
 * Signing in at the organisation's own service (OpenID Connect): the way there, and back. The address to which the provider leads
 * back has no language, so that it is registered once; a cookie remembers language and page meanwhile.
 */
import { listLanguages } from '../../../../i18n/languages.ts'
import { type HttpResponse, type HttpRoute, seeOther } from '../../../../kernel/http.ts'
import { type PageContent, type PageRequest, renderPage } from '../../../site.tsx'
import { deskOf, visitorOf } from '../session-answer.ts'
import { submit } from '../submit.ts'
import { afterSignIn, signInPage } from './sign-in-page.tsx'

const COOKIE = 'sursur-open-id'
/** As long as the step is kept. */
const COOKIE_SECONDS = 600

interface Kept {
  readonly token: string
  readonly lang: string
  readonly to: string
}

export async function beginAtProvider(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, query } = request
  // A page of another site must not sign somebody in who only followed a link: here it is chosen by hand.
  if (request.header('sec-fetch-site') === 'cross-site') return signInPage(request)
  return submit(
    request,
    async () => {
      const { url, cookie } = await deskOf(request).beginOpenId(t.lang)
      const kept: Kept = { token: cookie, lang: t.lang, to: (query.get('to') ?? '').slice(0, 1_000) }
      const value = Buffer.from(JSON.stringify(kept)).toString('base64url')
      return { ...seeOther(url), cookies: [{ name: COOKIE, value, maxAgeSeconds: COOKIE_SECONDS }] }
    },
    (typed) => signInPage(request, typed),
  )
}

/** The address that the provider calls; the page behind it speaks the language in which the way began. */
export const providerReturnRoute: HttpRoute = {
  method: 'GET',
  path: '/sign-in/provider/back',
  limit: 'sign-in',
  async handle({ cookies, query }) {
    return seeOther(`/${keptIn(cookies).lang}/sign-in/provider/back?${query}`)
  },
}

export async function backFromProvider(request: PageRequest): Promise<HttpResponse> {
  const { cookies, query } = request
  const { token, to } = keptIn(cookies)
  // Used once, whatever comes of it.
  const gone = [{ name: COOKIE, value: '' }]
  const answer = await submit(
    request,
    async () => afterSignIn(request, await deskOf(request).finishOpenId(`?${query}`, token, visitorOf(request)), to),
    (typed) => signInPage(request, typed),
  )
  const response = 'headers' in answer ? answer : renderPage(request, answer)
  return { ...response, cookies: [...(response.cookies ?? []), ...gone] }
}

function keptIn(cookies: PageRequest['cookies']): Kept {
  const nothing = { token: '', lang: 'en', to: '' }
  try {
    const kept: Partial<Record<keyof Kept, unknown>> = JSON.parse(
      Buffer.from(cookies?.[COOKIE] ?? '', 'base64url').toString('utf8') || '{}',
    )
    const text = (name: keyof Kept) => (typeof kept[name] === 'string' ? kept[name] : nothing[name])
    const lang = text('lang')
    return { token: text('token'), lang: listLanguages().includes(lang) ? lang : 'en', to: text('to') }
  } catch {
    // Somebody else's text: as if there were none. The desk says that the sign-in is over.
    return nothing
  }
}
