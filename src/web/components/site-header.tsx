/** Top bar: name of the instance, its places, search, language by its own name, me. Shows only what exists. */
import { useTranslator } from './translator-context.ts'

export interface NavItem {
  readonly label: string
  readonly href: string
  readonly current?: boolean | undefined
}

export interface LanguageLink {
  readonly lang: string
  /** The language's name in itself. */
  readonly ownName: string
  /** This very page, with its filters, in that language. */
  readonly href: string
}

export interface Instance {
  readonly name: string
  readonly href: string
  readonly logo?: { readonly src: string; readonly width: number; readonly height: number } | undefined
}

export interface SiteHeaderProps {
  readonly instance: Instance
  readonly nav: readonly NavItem[]
  readonly search?:
    | { readonly action: string; readonly name?: string | undefined; readonly value?: string | undefined }
    | undefined
  readonly languages: readonly LanguageLink[]
  readonly account?: NavItem | undefined
  /** What happened that the reader should know of; `count` is how much of it is new, already formatted. */
  readonly notices?: { readonly label: string; readonly href: string; readonly count?: string } | undefined
}

export function SiteHeader({ instance, nav, search, languages, account, notices }: SiteHeaderProps) {
  const t = useTranslator()
  return (
    <header class="site-header">
      <div class="wrap site-bar">
        <a class="site-name" href={instance.href}>
          {instance.logo ? (
            <img src={instance.logo.src} width={instance.logo.width} height={instance.logo.height} alt="" />
          ) : (
            <Mark />
          )}
          <span>{instance.name}</span>
        </a>
        <div class="site-tools">
          {notices && (
            <a href={notices.href} class="site-notices">
              <Bell />
              <span class="visually-hidden">{notices.label}</span>
              {notices.count !== undefined && (
                <span class="site-notices-count" aria-hidden="true">
                  {notices.count}
                </span>
              )}
            </a>
          )}
          {account && (
            <a href={account.href} aria-current={account.current ? 'page' : undefined}>
              {account.label}
            </a>
          )}
          {languages.length > 1 && <LanguageMenu languages={languages} />}
        </div>
      </div>
      {(nav.length > 0 || search) && (
        <details class="site-menu">
          <summary class="wrap">{t('components.header.menu')}</summary>
          <div class="wrap site-menu-inner">
            {nav.length > 0 && (
              <nav aria-label={t('components.header.nav')}>
                <ul>
                  {nav.map((item) => (
                    <li key={item.href}>
                      <a href={item.href} aria-current={item.current ? 'page' : undefined}>
                        {item.label}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
            )}
            {search && (
              <search class="site-search">
                <form method="get" action={search.action}>
                  <label class="visually-hidden" for="site-search">
                    {t('components.header.search')}
                  </label>
                  <input id="site-search" type="search" name={search.name ?? 'q'} value={search.value} dir="auto" />
                  <button type="submit">{t('components.header.search')}</button>
                </form>
              </search>
            )}
          </div>
        </details>
      )}
    </header>
  )
}

function LanguageMenu({ languages }: { readonly languages: readonly LanguageLink[] }) {
  const t = useTranslator()
  const current = languages.find((language) => language.lang === t.lang)
  return (
    <details class="language-menu">
      <summary>
        <span class="visually-hidden">{t('components.label', { label: t('components.header.language') })} </span>
        {current?.ownName ?? t.lang}
      </summary>
      <ul>
        {languages.map((language) => (
          <li key={language.lang}>
            <a
              href={language.href}
              hreflang={language.lang}
              lang={language.lang}
              aria-current={language.lang === t.lang ? 'true' : undefined}
            >
              {language.ownName}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Bell() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d="M4 14h12c-1.5-1.6-1.5-3-1.5-5a4.5 4.5 0 0 0-9 0c0 2 0 3.4-1.5 5zM8.2 16.5a1.9 1.9 0 0 0 3.6 0"
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linejoin="round"
      />
    </svg>
  )
}

/** Our own sign: two equals, joined both ways. */
function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
      <path d="M6 13C9 3 23 3 26 13M6 19c3 10 17 10 20 0" fill="none" stroke="currentColor" stroke-width="2.2" />
      <circle cx="6" cy="16" r="4" fill="currentColor" />
      <circle cx="26" cy="16" r="4" fill="currentColor" />
    </svg>
  )
}
