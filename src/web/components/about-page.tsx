/** At the end of each page: definitions used, download, cite, print, permalink. */
import { CiteBox } from './cite-box.tsx'
import { type DownloadLink, DownloadLinks } from './download-links.tsx'
import { useTranslator } from './translator-context.ts'

export interface AboutPageProps {
  readonly definitions?: readonly { readonly label: string; readonly href: string }[] | undefined
  readonly downloads?: readonly DownloadLink[] | undefined
  readonly cite?: { readonly citation: string; readonly permalink: string } | undefined
}

export function AboutPage({ definitions = [], downloads = [], cite }: AboutPageProps) {
  const t = useTranslator()
  return (
    <section class="about" aria-labelledby="about-page">
      <h2 id="about-page">{t('components.about.name')}</h2>
      <div class="about-columns">
        {definitions.length > 0 && (
          <div>
            <p class="about-label">{t('components.about.definitions')}</p>
            <ul>
              {definitions.map((definition) => (
                <li key={definition.href}>
                  <a href={definition.href}>{definition.label}</a>
                </li>
              ))}
            </ul>
          </div>
        )}
        {downloads.length > 0 && <DownloadLinks label={t('components.about.download')} links={downloads} />}
        {cite && <CiteBox {...cite} />}
        <div>
          <p class="about-label">{t('components.about.print')}</p>
          <p>{t('components.about.print-how')}</p>
        </div>
      </div>
    </section>
  )
}
