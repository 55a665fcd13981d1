/** Walking through a long list by cursor: previous, next, and where one stands. Unknown rows are counted beside. */
import { NotStated } from './not-stated.tsx'
import { useTranslator } from './translator-context.ts'

export interface PaginationProps {
  /** Rows on this page. */
  readonly shown: number
  readonly total: number
  /** Rank of the first row on this page, from 1; leave out when the cursor does not know it. */
  readonly from?: number | undefined
  readonly previousHref?: string | undefined
  readonly nextHref?: string | undefined
  /** Rows of the whole list that do not state what the list is filtered or sorted by. */
  readonly notStated?: number | undefined
}

export function Pagination({ shown, total, from, previousHref, nextHref, notStated }: PaginationProps) {
  const t = useTranslator()
  return (
    <nav class="pagination" aria-label={t('components.pagination.name')}>
      <p>
        {from === undefined
          ? t('components.pagination.of', { shown: t.number(shown), total: t.number(total), count: total })
          : t('components.pagination.range', {
              from: t.number(from),
              to: t.number(from + shown - 1),
              total: t.number(total),
              count: total,
            })}
        {notStated !== undefined && notStated > 0 && (
          <>
            {' · '}
            <NotStated count={notStated} />
          </>
        )}
      </p>
      {(previousHref !== undefined || nextHref !== undefined) && (
        <ul>
          {previousHref !== undefined && (
            <li>
              <a rel="prev" href={previousHref}>
                {t('components.pagination.previous')}
              </a>
            </li>
          )}
          {nextHref !== undefined && (
            <li>
              <a rel="next" href={nextHref}>
                {t('components.pagination.next')}
              </a>
            </li>
          )}
        </ul>
      )}
    </nav>
  )
}
