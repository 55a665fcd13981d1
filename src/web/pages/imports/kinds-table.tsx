/** Problems by kind: what must be repaired first, how often each occurs, and where to find it. */
import { placeText, problemText } from '../../../i18n/problem-text.ts'
import type { Translator } from '../../../i18n/translator.ts'
import type { ProblemKindCount } from '../../../jobs/imports/problem-kinds.ts'
import { DataTable, EmptyState, Tag } from '../../components/index.ts'
import { inLanguage } from './problem-areas.ts'
import { isolated } from './words.ts'

interface KindsTableProps {
  readonly t: Translator
  readonly kinds: readonly ProblemKindCount[]
  /** Address of all problems of a kind; without it the examples are all there is. */
  readonly hrefOf?: (kind: ProblemKindCount) => string
}

export function KindsTable({ t, kinds, hrefOf }: KindsTableProps) {
  return (
    <DataTable
      caption={t('imports.kinds.title')}
      captionHidden
      columns={[
        { key: 'level', label: t('imports.kinds.level'), cell: (kind) => <LevelTag t={t} level={kind.level} /> },
        {
          key: 'what',
          label: t('imports.kinds.what'),
          rowHeader: true,
          cell: (kind) => {
            const [example] = kind.examples
            // A sentence in the page's language: its direction is that of the page, whatever word it begins with.
            return (
              <>
                {example ? problemText(t, inLanguage(t, { code: example.code, params: example.params })) : kind.code}
                <FoundTexts t={t} kind={kind} />
              </>
            )
          },
        },
        {
          key: 'where',
          label: t('imports.kinds.where'),
          cell: (kind) => {
            const places = kind.examples.map((example) => placeText(t, example.place)).filter((place) => place !== undefined)
            return places.length === 0
              ? t('imports.kinds.whole-file')
              : [...new Set(places)].map((place) => <div key={place}>{place}</div>)
          },
        },
        {
          key: 'count',
          label: t('imports.kinds.count'),
          kind: 'number',
          cell: (kind) => (hrefOf ? <a href={hrefOf(kind)}>{t.number(kind.count)}</a> : t.number(kind.count)),
        },
      ]}
      rows={kinds}
      rowKey={(kind) => `${kind.level} ${kind.code}`}
      empty={<EmptyState title={t('imports.kinds.none')} />}
    />
  )
}

/** All that was found, not only the example: 27 unknown words are 27 words to look at. */
function FoundTexts({ t, kind: { found, distinct } }: { readonly t: Translator; readonly kind: ProblemKindCount }) {
  if (distinct < 2) return null
  const rest = distinct - found.length
  return (
    <details open>
      <summary>{t('imports.kinds.distinct', { count: distinct, shown: t.number(distinct) })}</summary>
      <ul>
        {found.map(({ column, text, count }) => {
          const words = { text: isolated(text), shown: t.number(count) }
          return (
            <li key={`${column} ${text}`}>
              {column === undefined
                ? t('imports.kinds.value', words)
                : t('imports.kinds.value-in', { ...words, column: isolated(column) })}
            </li>
          )
        })}
        {rest > 0 && <li class="muted">{t('imports.kinds.more-values', { count: rest, shown: t.number(rest) })}</li>}
      </ul>
    </details>
  )
}

export function LevelTag({ t, level }: { readonly t: Translator; readonly level: 'error' | 'warning' }) {
  return <Tag tone={level === 'error' ? 'bad' : 'note'}>{t(`imports.level.${level}`)}</Tag>
}
