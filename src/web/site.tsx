/**
 * What every page shares: the instance, the language in the address, the menu, the answer with its headers. A page is a function
 * from a request to content; this file puts the frame around it.
 */
import type { ComponentChildren } from 'preact'
import { listLanguages, ownNameOf, preferredLanguage } from '../i18n/languages.ts'
import { problemText } from '../i18n/problem-text.ts'
import { type Translator, translatorFor } from '../i18n/translator.ts'
import type { AccountDesk } from '../jobs/accounts/account-desk.ts'
import type { ImportJobs } from '../jobs/imports/import-jobs.ts'
import { type HttpRequest, type HttpResponse, type HttpRoute, seeOther, statusOfProblem } from '../kernel/http.ts'
import { defineProblems, Problem } from '../kernel/problems.ts'
import { permits } from '../modules/access/index.ts'
import { type Actor, ANONYMOUS, type Operations, type RecordScope } from '../operations/index.ts'
import { siteAssets } from './assets/site-assets.ts'
import {
  type AboutPageProps,
  Document,
  type DocumentProps,
  type NavItem,
  Notice,
  Page,
  renderDocument,
} from './components/index.ts'
import { withNames } from './people-names.ts'

defineProblems('site', { 'form-not-ours': { kind: 'refused', params: [] } })

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
  readonly noIndex?: boolean
  /** Holds or asks for a secret: kept in no cache, whoever sees it. */
  readonly noStore?: boolean
  readonly status?: number
}

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

/** Name of the hidden field that carries the token. */
const FORM_TOKEN = '_form'

/** A form of somebody who is signed in must be one that we gave to this session. */
function requireOwnForm({ method, visitor, form, context }: PageRequest): void {
  const given = form.get(FORM_TOKEN) ?? ''
  form.delete(FORM_TOKEN)
  if (method === 'POST' && visitor.formToken !== undefined && !context.isFormTokenOf(visitor, given)) {
    throw new Problem('site.form-not-ours')
  }
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
      nav={MENU.filter((entry) => isShown(request, entry)).map(({ key, path, label }) => ({
        label: t(label ?? `site.menu.${key}`),
        href: at(path),
        current: content.place === key,
      }))}
      search={{ action: at('/initiatives') }}
      languages={listLanguages().map((lang) => ({
        lang,
        ownName: ownNameOf(lang),
        href: `/${lang}${rest}${query ? `?${query}` : ''}`,
      }))}
      about={content.about}
      footer={[
        { label: t('registry.orgs.title'), href: at('/organisations') },
        ...(request.may('directory.person.read') ? [{ label: t('people.title'), href: at('/people') }] : []),
        { label: t('site.footer.code-lists'), href: at('/code-lists') },
        { label: t('site.footer.sources'), href: at('/sources') },
        { label: t('programs.title'), href: at('/api') },
        { label: t('permissions.title'), href: at('/permissions') },
        { label: t('site.footer.components'), href: at('/components') },
      ]}
      unreviewedTexts={t.lang !== 'en'}
      dataKind={content.dataKind}
      refreshSeconds={content.refreshSeconds}
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

/** Every form that posts, whoever wrote it: one that was forgotten could not be sent. */
function withFormToken(html: string, token: string | undefined): string {
  if (token === undefined) return html
  return html.replace(
    /<form\b[^>]*\bmethod="post"[^>]*>/g,
    (form) => `${form}<input type="hidden" name="${FORM_TOKEN}" value="${token}"/>`,
  )
}

function isShown({ may, actor }: PageRequest, { permission, own }: (typeof MENU)[number]): boolean {
  if (permission !== undefined && !may(permission)) return false
  return !own || (actor.grants ?? []).some(({ scope }) => scope === 'country' || scope === 'entity')
}

function noticesLink({ t, at, actor }: PageRequest): DocumentProps['notices'] {
  if (actor.kind !== 'user') return undefined
  const { unread = 0 } = actor
  return {
    href: at('/notifications'),
    label: unread > 0 ? t('notifications.header', { count: unread, shown: t.number(unread) }) : t('notifications.title'),
    ...(unread > 0 ? { count: t.number(unread) } : {}),
  }
}

function accountLink({ t, at, visitor, path }: PageRequest): NavItem {
  const { actor, accountsExist } = visitor
  if (!accountsExist) return { label: t('site.account.set-up'), href: at('/setup') }
  if (actor.kind === 'anonymous') {
    return { label: t('site.account.sign-in'), href: `${at('/sign-in')}?${new URLSearchParams({ to: path })}` }
  }
  return { label: actor.name, href: at('/account') }
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

/** `/` leads to the reader's language. */
export function entranceRoute(): HttpRoute {
  return {
    method: 'GET',
    path: '/',
    async handle(request) {
      return seeOther(`/${preferredLanguage(request.header('accept-language'), listLanguages())}`)
    },
  }
}

export function assetRoutes(): HttpRoute[] {
  return Object.values(siteAssets()).map((asset) => ({
    method: 'GET',
    path: asset.href,
    handle: async () => ({
      status: 200,
      headers: { 'content-type': asset.mediaType, 'cache-control': 'public, max-age=31536000, immutable' },
      body: asset.body,
    }),
  }))
}

/** The page that says what went wrong, in the reader's language; a fault gets a reference number that stands in the log too. */
export function errorPage(context: WebContext, error: unknown, request: HttpRequest, reference: string): HttpResponse {
  const inPath = request.path.split('/')[1] ?? ''
  const lang = listLanguages().includes(inPath) ? inPath : preferredLanguage(request.header('accept-language'), listLanguages())
  return problemPage(pageRequestOf(context, request, lang, STRANGER), error, reference)
}

function problemPage(pageRequest: PageRequest, error: unknown, reference: string): HttpResponse {
  const { t } = pageRequest
  const problem = error instanceof Problem ? error : undefined
  const title = t(`site.error.${problem?.kind ?? 'fault'}`)
  return renderPage(pageRequest, {
    title,
    status: problem ? statusOfProblem(problem) : 500,
    noIndex: true,
    body: (
      <Page title={title}>
        <Notice kind="bad" title={problem ? problemText(t, problem) : t('site.error.fault-text', { reference })}>
          {(problem?.details ?? []).length > 0 && (
            <ul>
              {problem?.details.map((detail) => (
                <li key={`${detail.code} ${detail.place?.field ?? ''}`}>{problemText(t, detail)}</li>
              ))}
            </ul>
          )}
          <p>
            <a href={pageRequest.at('/')}>{t('site.error.home')}</a>
          </p>
        </Notice>
      </Page>
    ),
  })
}
