/** A browser as far as it matters here: it keeps cookies, sends the Origin of the page it is on, and follows nothing by itself. */
import type { LightMyRequestResponse as Response } from 'fastify'
import { FROM_OUR_PAGE, HOST, type OpenSite } from './open-site.ts'

export const OWNER = {
  name: 'Ana Silva',
  email: 'ana.silva@mofa.example',
  lang: 'en',
  password: 'seven violet kettles hum at dawn',
} as const

export interface Browser {
  readonly cookies: Map<string, string>
  get(url: string, headers?: Record<string, string>): Promise<Response>
  /** As a form of ours is sent, with the token that the page gave. */
  post(url: string, fields: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Response>
  /** The token in the forms of a page. */
  formToken(url?: string): Promise<string>
}

export function openBrowser({ server }: OpenSite, always: Record<string, string> = {}): Browser {
  const cookies = new Map<string, string>()

  function keep(response: Response): Response {
    for (const { name, value } of response.cookies) {
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  const cookieHeader = () =>
    cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }

  const browser: Browser = {
    cookies,
    async get(url, headers = {}) {
      return keep(await server.inject({ url, headers: { host: HOST, ...always, ...cookieHeader(), ...headers } }))
    },
    async post(url, fields, headers = {}) {
      const type = { 'content-type': 'application/x-www-form-urlencoded' }
      const payload = new URLSearchParams(fields).toString()
      const sent = { ...FROM_OUR_PAGE, ...type, ...always, ...cookieHeader(), ...headers }
      return keep(await server.inject({ method: 'POST', url, headers: sent, payload }))
    },
    async formToken(url = '/en/account') {
      return / name="_form" value="([^"]+)"/.exec((await browser.get(url)).body)?.[1] ?? ''
    },
  }
  return browser
}

export function signIn(browser: Browser, to?: string): Promise<Response> {
  const { email, password } = OWNER
  return browser.post('/en/sign-in', { email, password, ...(to === undefined ? {} : { to }) })
}
