/** Problems one after another under a filter, page by page, with the download of all that were chosen. */
import { problemText } from '../../../../i18n/problem-text.ts'
import type { ProblemReport } from '../../../../kernel/problems.ts'
import type { RuleCount } from '../../../../modules/registry/index.ts'
import { DataTable, DownloadLinks, FilterPanel, Pagination } from '../../../components/index.ts'
import { listFileLinks } from '../../../list-files.ts'
import type { PageRequest } from '../../../site.tsx'
import { LevelTag } from '../kinds-table.tsx'
import { filterQuery, type ProblemFilter } from './filter.ts'
import { acceptedText, Code, foundText } from './problem-columns.tsx'

export const PROBLEMS_PER_PAGE = 50

export interface ShownProblem extends ProblemReport {
  readonly key: string
  /** Found by an earlier import, in an activity that has not changed since. */
  readonly isEarlier?: boolean
}

interface ProblemsSectionProps {
  readonly request: PageRequest
  /** Of this page, without the language; downloads stand beside it with their ending. */
  readonly path: string
  readonly rules: readonly RuleCount[]
  readonly filter: ProblemFilter
  readonly rows: readonly ShownProblem[]
  readonly total: number
  readonly from: number
}

export function ProblemsSection({ request, path, rules, filter, rows, total, from }: ProblemsSectionProps) {
  const { t, at } = request
  const address = at(path)
  const hrefAt = (offset: number) => `${address}${filterQuery(filter, offset > 0 ? { from: String(offset) } : {})}#problems`
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{t('published.validity.problems')}</h2>
      <FilterForm request={request} address={address} rules={rules} filter={filter} />
      <ProblemsTable request={request} rows={rows} />
      <Pagination
        shown={rows.length}
        total={total}
        from={rows.length === 0 ? undefined : from + 1}
        previousHref={from > 0 ? hrefAt(Math.max(0, from - PROBLEMS_PER_PAGE)) : undefined}
        nextHref={from + rows.length < total ? hrefAt(from + rows.length) : undefined}
      />
      {total > 0 && (
        <DownloadLinks
          label={t(Object.keys(filter).length === 0 ? 'imports.kinds.download' : 'published.validity.download-chosen')}
          links={listFileLinks(request, path, total)}
        />
      )}
    </section>
  )
}

type FilterFormProps = Pick<ProblemsSectionProps, 'request' | 'rules' | 'filter'> & { readonly address: string }

function FilterForm({ request: { t }, address, rules, filter }: FilterFormProps) {
  const codes = [...new Set(rules.map(({ code }) => code))].sort()
  const option = (value: string, label: string, chosen: string | undefined) => ({ value, label, checked: value === chosen })
  return (
    <FilterPanel
      action={`${address}#problems`}
      hidden={filter.file === undefined ? {} : { file: filter.file }}
      search={{ name: 'activity', label: t('published.validity.activity-part'), value: filter.activity }}
      groups={[
        {
          name: 'level',
          legend: t('imports.kinds.level'),
          kind: 'one',
          options: (['error', 'warning'] as const).map((level) => option(level, t(`imports.level.${level}`), filter.level)),
        },
        {
          name: 'rule',
          legend: t('published.validity.rule'),
          kind: 'one',
          options: codes.map((code) => option(code, code, filter.rule)),
        },
      ]}
      setCount={Object.keys(filter).length}
      clearHref={`${address}#problems`}
    />
  )
}

function ProblemsTable({ request: { t }, rows }: Pick<ProblemsSectionProps, 'request' | 'rows'>) {
  return (
    <DataTable
      caption={t('published.validity.problems')}
      captionHidden
      columns={[
        { key: 'level', label: t('imports.kinds.level'), cell: ({ level }) => <LevelTag t={t} level={level ?? 'error'} /> },
        {
          key: 'activity',
          label: t('published.validity.activity'),
          rowHeader: true,
          cell: ({ place }) => (place?.activity === undefined ? t('imports.kinds.whole-file') : <Code text={place.activity} />),
        },
        {
          key: 'line',
          label: t('published.validity.line'),
          kind: 'number',
          cell: ({ place, isEarlier }) =>
            place?.line === undefined ? (
              '–'
            ) : (
              <>
                {place.line}
                {isEarlier && <div class="muted">{t('published.validity.earlier')}</div>}
              </>
            ),
        },
        {
          key: 'element',
          label: t('published.validity.element'),
          cell: ({ place }) => (place?.element === undefined ? '–' : <Code text={place.element} />),
        },
        { key: 'found', label: t('imports.kinds.found'), cell: (row) => <bdi>{foundText(row) ?? '–'}</bdi> },
        { key: 'accepted', label: t('published.validity.accepted'), cell: (row) => <bdi>{acceptedText(row) ?? '–'}</bdi> },
        {
          key: 'message',
          label: t('imports.kinds.message'),
          cell: ({ code, params }) => problemText(t, { code, params }),
        },
      ]}
      rows={rows}
      rowKey={({ key }) => key}
    />
  )
}
