/**
 * What every page shares: the instance, the language in the address, the menu, the answer with its headers. A page is a function
 * from a request to content; this file puts the frame around it.
 */
import type { ComponentChildren } from 'preact'
import { listLanguages, ownNameOf, preferredLanguage } from '../i18n/languages.ts'
import { type Translator, translatorFor } from '../i18n/translator.ts'
import type { AccountDesk } from '../jobs/accounts/account-desk.ts'
import type { BulkFiles } from '../jobs/exports/bulk-files.ts'
import type { ImportJobs } from '../jobs/imports/import-jobs.ts'
import type { PartialFilesDesk } from '../jobs/imports/partial/partial-files.ts'
import type { ReleaseDesk } from '../jobs/releases/release-desk.ts'
import { type HttpRequest, type HttpResponse, type HttpRoute, seeOther } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'
import { permits } from '../modules/access/index.ts'
import { type Actor, ANONYMOUS, type Operations, type RecordScope } from '../operations/index.ts'
import { type SiteScript, siteAssets } from './assets/site-assets.ts'
import { type AboutPageProps, Document, renderDocument } from './components/index.ts'
import { requireOwnForm, withFormToken } from './form-token.ts'
import { accountLink, footerLinks, type MenuKey, menuLinks, noticesLink } from './frame-links.ts'
import { withNames } from './people-names.ts'
import { problemContent } from './problem-page.tsx'

/** What the installation is called and who runs it: settings, never code. */
export interface InstanceInfo {
  readonly name: string
  readonly owner: string | undefined
  readonly logo: string | undefined
  readonly version: string
  readonly arabicDigits: 'latn' | 'arab'
}

/** Who sends a request, and what the pages need to know of it beside. */
export interface Visitor {
  readonly actor: Actor
  /** Travels in every form of somebody who is signed in, so that another site cannot send it. */
  readonly formToken?: string
  /** Whether anybody can sign in here: before the first account the person at this machine is the administrator (ruling 18). */
  readonly accountsExist: boolean
}

/** Name of the cookie that holds the token of a session. */
export const SESSION_COOKIE = 'sursur-session'

export const STRANGER: Visitor = { actor: ANONYMOUS, accountsExist: true }

export interface WebContext {
  readonly operations: Operations
  visitorOf(request: HttpRequest): Promise<Visitor>
  /** Whether the token is that of the session. */
  isFormTokenOf(visitor: Visitor, token: string): boolean
  /** Hears of every problem that became a page, for the log of refusals. */
  noteRefusal?(problem: Problem): void
  readonly imports: ImportJobs
  /** Files that arrive in parts, for the imports. */
  readonly partialFiles: PartialFilesDesk
  /** Whole collections as files for everybody. */
  readonly openData: BulkFiles
  /** The key of this instance, and what writes signed packages. */
  readonly releases: ReleaseDesk
  /** Where people become known. */
  readonly accounts: AccountDesk
  /** What the sign-in service of the organisation is called, for its button. */
  readonly openIdName?: string | undefined
  readonly instance: InstanceInfo
}

/** One request in one language, with everything a page needs. */
export interface PageRequest extends HttpRequest {
  readonly t: Translator
  readonly visitor: Visitor
  readonly actor: Actor
  readonly context: WebContext
  /** Address of a page in the request's language: `at('/initiatives')` is `/en/initiatives`. */
  at(path: string): string
  /** For showing only what can be done; the operation itself asks again. */
  may(permission: string, scope?: RecordScope): boolean
}

export interface PageContent {
  /** Of the browser's tab; the page itself brings its `h1`. */
  readonly title: string
  readonly body: ComponentChildren
  /** Which menu entry the page belongs to. */
  readonly place?: MenuKey
  readonly about?: AboutPageProps
  readonly dataKind?: 'sample' | 'fictional' | undefined
  readonly refreshSeconds?: number
  /** A script that makes the page more comfortable; it works without. */
  readonly script?: SiteScript
  readonly noIndex?: boolean
  /** Holds or asks for a secret: kept in no cache, whoever sees it. */
  readonly noStore?: boolean
  readonly status?: number
}

export interface PageDefinition {
  readonly method?: 'GET' | 'POST'
  /** Without the language: `/initiatives/:id`. */
  readonly path: string
  readonly uploads?: boolean
  /** Without it nobody gets as far as the page, and no file is stored. */
  readonly permission?: string
  /** Attempts at it are counted as those to sign in. */
  readonly limit?: HttpRoute['limit']
  handle(request: PageRequest): Promise<PageContent | HttpResponse>
}

export function pageRoute(context: WebContext, page: PageDefinition): HttpRoute {
  return {
    method: page.method ?? 'GET',
    path: `/:lang${page.path === '/' ? '' : page.path}`,
    ...(page.uploads ? { uploads: true } : {}),
    ...(page.limit === undefined ? {} : { limit: page.limit }),
    ...(page.uploads && page.permission !== undefined
      ? { admit: (request) => admit(context, request, page.permission ?? '') }
      : {}),
    async handle(request) {
      const lang = request.params.lang ?? 'en'
      if (!listLanguages().includes(lang)) throw new Problem('http.page-missing', { path: request.path })
      const visitor = await context.visitorOf(request)
      const pageRequest = pageRequestOf(context, request, lang, visitor)
      try {
        requireOwnForm(pageRequest)
        if (page.permission !== undefined) requirePermission(visitor.actor, page.permission)
        const content = await page.handle(pageRequest)
        return isResponse(content) ? keptNowhere(content, visitor) : renderPage(pageRequest, content)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        context.noteRefusal?.(error)
        return asksToSignIn(pageRequest, error) ?? problemPage(pageRequest, await withNames(pageRequest, error), '')
      }
    },
  }
}

/** What somebody gets who is signed in stays in no cache, unless it is the same for everybody. */
function keptNowhere(response: HttpResponse, { actor }: Visitor): HttpResponse {
  if (actor.kind !== 'user' || response.headers['cache-control']?.startsWith('public')) return response
  return { ...response, headers: { ...response.headers, 'cache-control': 'no-store' } }
}

async function admit(context: WebContext, request: HttpRequest, permission: string): Promise<void> {
  requirePermission((await context.visitorOf(request)).actor, permission)
}

function requirePermission(actor: Actor, permission: string): void {
  if (!permits(actor, permission)) throw new Problem('operations.permission-lacking', { permission })
}

/** Who is not signed in and asks for a page that needs it, is shown the way there and comes back. */
function asksToSignIn({ method, visitor, path, query, at }: PageRequest, { code }: Problem): HttpResponse | undefined {
  if (method !== 'GET' || visitor.actor.kind !== 'anonymous' || code !== 'operations.permission-lacking') return undefined
  const asked = query.size > 0 ? `${path}?${query}` : path
  return seeOther(`${at('/sign-in')}?${new URLSearchParams({ to: asked })}`)
}

function pageRequestOf(context: WebContext, request: HttpRequest, lang: string, visitor: Visitor): PageRequest {
  return {
    ...request,
    t: translatorFor(lang, { digits: context.instance.arabicDigits }),
    visitor,
    actor: visitor.actor,
    context,
    at: (path) => `/${lang}${path === '/' ? '' : path}`,
    may: (permission, scope) => permits(visitor.actor, permission, scope),
  }
}

function isResponse(content: PageContent | HttpResponse): content is HttpResponse {
  return 'headers' in content
}

export function renderPage(request: PageRequest, content: PageContent): HttpResponse {
  const { t, context, at, visitor } = request
  const { instance } = context
  const { stylesheet, icon } = siteAssets()
  const rest = request.path.replace(/^\/[^/]+/, '')
  const query = request.query.toString()
  const html = renderDocument(
    <Document
      title={content.title}
      instance={{
        name: instance.name,
        href: at('/'),
        ...(instance.logo ? { logo: { src: instance.logo, width: 120, height: 40 } } : {}),
      }}
      stylesheet={stylesheet.href}
      icon={icon.href}
      account={accountLink(request)}
      notices={noticesLink(request)}
      nav={menuLinks(request, content.place)}
      search={{ action: at('/initiatives') }}
      languages={listLanguages().map((lang) => ({
        lang,
        ownName: ownNameOf(lang),
        href: `/${lang}${rest}${query ? `?${query}` : ''}`,
      }))}
      about={content.about}
      footer={footerLinks(request)}
      unreviewedTexts={t.lang !== 'en'}
      dataKind={content.dataKind}
      refreshSeconds={content.refreshSeconds}
      script={content.script === undefined ? undefined : siteAssets()[content.script].href}
      noIndex={content.noIndex}
    >
      {content.body}
    </Document>,
    t,
  )
  return {
    status: content.status ?? 200,
    headers: htmlHeaders(t.lang, visitor, content.noStore),
    body: withFormToken(html, visitor.formToken),
  }
}

function htmlHeaders(lang: string, { actor }: Visitor, noStore = false): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-language': lang,
    // What somebody sees who is signed in stays in no cache: the next person at the machine may be another.
    'cache-control': noStore || actor.kind === 'user' ? 'no-store' : 'no-cache',
    vary: 'Accept-Language, Cookie',
  }
}

/** The page that says what went wrong, in the reader's language; a fault gets a reference number that stands in the log too. */
export function errorPage(context: WebContext, error: unknown, request: HttpRequest, reference: string): HttpResponse {
  const inPath = request.path.split('/')[1] ?? ''
  const lang = listLanguages().includes(inPath) ? inPath : preferredLanguage(request.header('accept-language'), listLanguages())
  return problemPage(pageRequestOf(context, request, lang, STRANGER), error, reference)
}

function problemPage(pageRequest: PageRequest, error: unknown, reference: string): HttpResponse {
  return renderPage(pageRequest, problemContent(pageRequest, error, reference))
}
