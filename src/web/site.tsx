/**
 * What every page shares: the instance, the language in the address, the menu, the answer with its headers. A page is a function
 * from a request to content; this file puts the frame around it.
 */
import type { ComponentChildren } from 'preact'
import { listLanguages, ownNameOf, preferredLanguage } from '../i18n/languages.ts'
import { problemText } from '../i18n/problem-text.ts'
import { type Translator, translatorFor } from '../i18n/translator.ts'
import type { ImportJobs } from '../jobs/imports/import-jobs.ts'
import { type HttpRequest, type HttpResponse, type HttpRoute, seeOther, statusOfProblem } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'
import { type Actor, LOCAL_ADMINISTRATOR, type Operations } from '../operations/index.ts'
import { siteAssets } from './assets/site-assets.ts'
import { type AboutPageProps, Document, Notice, Page, renderDocument } from './components/index.ts'

/** What the installation is called and who runs it: settings, never code. */
export interface InstanceInfo {
  readonly name: string
  readonly owner: string | undefined
  readonly logo: string | undefined
  readonly version: string
  readonly arabicDigits: 'latn' | 'arab'
}

export interface WebContext {
  readonly operations: Operations
  readonly imports: ImportJobs
  readonly instance: InstanceInfo
}

/** One request in one language, with everything a page needs. */
export interface PageRequest extends HttpRequest {
  readonly t: Translator
  readonly actor: Actor
  readonly context: WebContext
  /** Address of a page in the request's language: `at('/initiatives')` is `/en/initiatives`. */
  at(path: string): string
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
  readonly status?: number
}

export type MenuKey = 'initiatives' | 'figures' | 'reports' | 'imports' | 'countries' | 'sources'

/** The menu: only places that work (domain 16, decision 36). */
const MENU: readonly { key: MenuKey; path: string }[] = [
  { key: 'initiatives', path: '/initiatives' },
  { key: 'countries', path: '/countries' },
  { key: 'figures', path: '/figures' },
  { key: 'reports', path: '/reports' },
  { key: 'imports', path: '/imports' },
]

export interface PageDefinition {
  readonly method?: 'GET' | 'POST'
  /** Without the language: `/initiatives/:id`. */
  readonly path: string
  readonly uploads?: boolean
  handle(request: PageRequest): Promise<PageContent | HttpResponse>
}

export function pageRoute(context: WebContext, page: PageDefinition): HttpRoute {
  return {
    method: page.method ?? 'GET',
    path: `/:lang${page.path === '/' ? '' : page.path}`,
    ...(page.uploads ? { uploads: true } : {}),
    async handle(request) {
      const lang = request.params.lang ?? 'en'
      if (!listLanguages().includes(lang)) throw new Problem('http.page-missing', { path: request.path })
      const pageRequest = pageRequestOf(context, request, lang)
      const content = await page.handle(pageRequest)
      return isResponse(content) ? content : renderPage(pageRequest, content)
    },
  }
}

function pageRequestOf(context: WebContext, request: HttpRequest, lang: string): PageRequest {
  return {
    ...request,
    t: translatorFor(lang, { digits: context.instance.arabicDigits }),
    actor: LOCAL_ADMINISTRATOR,
    context,
    at: (path) => `/${lang}${path === '/' ? '' : path}`,
  }
}

function isResponse(content: PageContent | HttpResponse): content is HttpResponse {
  return 'headers' in content
}

export function renderPage(request: PageRequest, content: PageContent): HttpResponse {
  const { t, context, at } = request
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
      nav={MENU.map(({ key, path }) => ({ label: t(`site.menu.${key}`), href: at(path), current: content.place === key }))}
      search={{ action: at('/initiatives') }}
      languages={listLanguages().map((lang) => ({
        lang,
        ownName: ownNameOf(lang),
        href: `/${lang}${rest}${query ? `?${query}` : ''}`,
      }))}
      about={content.about}
      footer={[
        { label: t('registry.orgs.title'), href: at('/organisations') },
        { label: t('site.footer.code-lists'), href: at('/code-lists') },
        { label: t('site.footer.sources'), href: at('/sources') },
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
  return { status: content.status ?? 200, headers: htmlHeaders(t.lang), body: html }
}

function htmlHeaders(lang: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-language': lang,
    'cache-control': 'no-cache',
    vary: 'Accept-Language',
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
  const pageRequest = pageRequestOf(context, request, lang)
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
