/** What the published file (IATI 2.03) of a collection does not hold: each initiative by its identifier, with what it lacks. */
import { problemText } from '../../../i18n/problem-text.ts'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import { type Column, DataTable, EmptyState, Page, Pagination } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { leftOutAddress } from './addresses.ts'

const ROWS_PER_PAGE = 100

export async function leftOutPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, query, params } = request
  const subject = (await context.openData.subjects()).find(({ key }) => key === params.key)
  if (!subject) throw new Problem('registry.collection-missing', { collection: params.key ?? '' })
  const { leftOut, problems } = await context.openData.leftOut(subject)
  const errors = problems.filter(({ level }) => level !== 'warning')
  const from = Math.min(Number(/^\d{1,7}$/.exec(query.get('from') ?? '')?.[0] ?? 0), errors.length)
  const shown = errors.slice(from, from + ROWS_PER_PAGE)
  const here = at(`/data/left-out/${encodeURIComponent(subject.key)}`)
  const title = t('data.left-out.title', { collection: subject.names === null ? t('data.all') : subject.key })
  return {
    title,
    body: (
      <Page title={title} trail={[{ label: t('data.title'), href: at('/data') }]} lead={t('data.left-out.lead')}>
        <p>{t('data.left-out.sentence', { count: leftOut, shown: t.number(leftOut) })}</p>
        <DataTable
          caption={title}
          captionHidden
          columns={columnsOf(request)}
          rows={shown}
          rowKey={({ place }) => place?.activity ?? ''}
          empty={<EmptyState title={t('data.left-out.none')} />}
        />
        {errors.length > 0 && (
          <Pagination
            shown={shown.length}
            total={errors.length}
            from={from + 1}
            previousHref={from > 0 ? `${here}?from=${Math.max(0, from - ROWS_PER_PAGE)}` : undefined}
            nextHref={from + ROWS_PER_PAGE < errors.length ? `${here}?from=${from + ROWS_PER_PAGE}` : undefined}
          />
        )}
        <p>
          <a href={leftOutAddress(subject.key)}>{t('data.left-out.programs')}</a>
        </p>
      </Page>
    ),
  }
}

function columnsOf({ t }: PageRequest): Column<ProblemReport>[] {
  return [
    {
      key: 'identifier',
      label: t('registry.column.identifier'),
      cell: ({ place }) => <bdi dir="ltr">{place?.activity}</bdi>,
    },
    { key: 'why', label: t('data.left-out.why'), cell: ({ code, params }) => problemText(t, { code, params }) },
  ]
}
