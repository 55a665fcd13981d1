/** From the list of imports to what concerns published files: their validity by publisher, and fields that wait for a decision. */
import type { PageRequest } from '../../../site.tsx'

export function PublishedLinks({ request: { t, at } }: { readonly request: PageRequest }) {
  return (
    <ul>
      <li>
        <a href={at('/imports/publishers')}>{t('published.publishers.title')}</a>
      </li>
      <li>
        <a href={at('/imports/questions')}>{t('published.questions.title')}</a>
      </li>
    </ul>
  )
}
