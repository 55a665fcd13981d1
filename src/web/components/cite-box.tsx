/** How to quote this page: a text to copy and an address that does not move. */
import { useTranslator } from './translator-context.ts'

export interface CiteBoxProps {
  readonly citation: string
  readonly permalink: string
}

export function CiteBox({ citation, permalink }: CiteBoxProps) {
  const t = useTranslator()
  return (
    <div class="cite">
      <p class="cite-label">{t('components.cite.how')}</p>
      <blockquote dir="auto">{citation}</blockquote>
      <p>
        {t('components.label', { label: t('components.cite.permalink') })}{' '}
        <a href={permalink} class="address">
          <bdi dir="ltr">{permalink}</bdi>
        </a>
      </p>
    </div>
  )
}
