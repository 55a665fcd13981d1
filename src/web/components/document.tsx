/**
 * The whole HTML page around a page's content. Everything that differs between instances and pages comes in by props;
 * the language comes from the translator.
 */
import type { ComponentChildren } from 'preact'
import { AboutPage, type AboutPageProps } from './about-page.tsx'
import { createFootnotes, FootnoteList, FootnotesProvider } from './footnotes.tsx'
import { type Instance, type LanguageLink, type NavItem, SiteHeader, type SiteHeaderProps } from './site-header.tsx'
import { useTranslator } from './translator-context.ts'

export interface DocumentProps {
  /** Title of the page without the instance's name. */
  readonly title: string
  readonly description?: string | undefined
  readonly instance: Instance
  /** Address of the one style sheet (`siteStylesheet().href`). */
  readonly stylesheet: string
  readonly icon?: string | undefined
  readonly nav: readonly NavItem[]
  readonly search?: SiteHeaderProps['search']
  readonly languages: readonly LanguageLink[]
  readonly account?: NavItem | undefined
  readonly notices?: SiteHeaderProps['notices']
  readonly about?: AboutPageProps | undefined
  /** Links in the footer: about this instance, accessibility, contact. */
  readonly footer?: readonly NavItem[] | undefined
  /** The texts of this language have not been accepted by a named person yet (domain ruling 19). */
  readonly unreviewedTexts?: boolean | undefined
  /** The page shows data that must not be taken for the instance's own (domain ruling 7). */
  readonly dataKind?: 'sample' | 'fictional' | undefined
  /** The page asks again by itself, for a running job. */
  readonly refreshSeconds?: number | undefined
  /** Address of the page's script, if it has one; every page works without. */
  readonly script?: string | undefined
  /** Keeps the page out of search engines: forms, private records, searches. */
  readonly noIndex?: boolean | undefined
  readonly children: ComponentChildren
}

export function Document(props: DocumentProps) {
  const t = useTranslator()
  return (
    <FootnotesProvider value={createFootnotes()}>
      <html lang={t.lang} dir={t.dir}>
        <head>
          <meta charset="utf-8" />
          <title>{t('components.document.title', { page: props.title, instance: props.instance.name })}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          {props.description !== undefined && <meta name="description" content={props.description} />}
          {props.noIndex && <meta name="robots" content="noindex" />}
          {props.refreshSeconds !== undefined && <meta http-equiv="refresh" content={String(props.refreshSeconds)} />}
          <meta name="theme-color" content="#06414a" />
          <link rel="stylesheet" href={props.stylesheet} />
          {props.script !== undefined && <script type="module" src={props.script} />}
          {props.icon !== undefined && <link rel="icon" href={props.icon} type="image/svg+xml" />}
          {props.languages
            .filter((language) => language.lang !== t.lang)
            .map((language) => (
              <link key={language.lang} rel="alternate" hreflang={language.lang} href={language.href} />
            ))}
        </head>
        <body>
          <a class="skip" href="#content">
            {t('components.document.skip')}
          </a>
          <SiteHeader
            instance={props.instance}
            nav={props.nav}
            search={props.search}
            languages={props.languages}
            account={props.account}
            notices={props.notices}
          />
          <Banners {...props} />
          <main id="content" tabIndex={-1} class="wrap">
            {props.children}
            <FootnoteList />
          </main>
          <footer class="site-footer">
            <div class="wrap">
              {props.about && <AboutPage {...props.about} />}
              <p class="site-footer-line">
                <bdi>{props.instance.name}</bdi>
                {(props.footer ?? []).map((item) => (
                  <a key={item.href} href={item.href}>
                    {item.label}
                  </a>
                ))}
              </p>
            </div>
          </footer>
        </body>
      </html>
    </FootnotesProvider>
  )
}

function Banners({ unreviewedTexts, dataKind }: DocumentProps) {
  const t = useTranslator()
  if (!unreviewedTexts && dataKind === undefined) return null
  return (
    <aside class="banners" aria-label={t('components.banner.name')}>
      {dataKind !== undefined && <p class="banner banner-data wrap">{t(`components.banner.${dataKind}`)}</p>}
      {unreviewedTexts && <p class="banner wrap">{t('components.banner.unreviewed')}</p>}
    </aside>
  )
}
