/** All transactions, budgets and planned disbursements of one initiative, page by page. */
import { textFor } from '../../../../kernel/localized-text.ts'
import { getInitiative } from '../../../../modules/registry/index.ts'
import { Page, Pagination } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { namingOf } from '../naming.ts'
import { partnerIds } from '../words.ts'
import { askedDay } from './detail-page.tsx'
import { FlowSums, FlowTable, publishedFlowsOf } from './published-flows.tsx'

const PER_PAGE = 100

export async function flowsPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const id = request.params.id ?? ''
  const asOf = askedDay(query)
  const view = await context.operations.run(getInitiative, { id, ...(asOf === undefined ? {} : { asOf }) }, actor)
  const { facts, identifier } = view.record
  const naming = await namingOf(request, partnerIds(facts))
  const flows = publishedFlowsOf(facts)
  const asked = Number(query.get('from') ?? '0')
  const from = Number.isSafeInteger(asked) && asked > 0 ? asked : 0
  const rows = flows.slice(from, from + PER_PAGE)
  const address = at(`/initiatives/${id}/flows`)
  const hrefAt = (offset: number) =>
    `${address}?${new URLSearchParams({ ...(asOf === undefined ? {} : { asOf }), ...(offset > 0 ? { from: String(offset) } : {}) })}`
  const name = textFor(facts.title, t.lang)?.text ?? t('registry.detail.untitled', { id: identifier ?? id })
  return {
    title: t('published.flows.title'),
    place: 'initiatives',
    noIndex: true,
    body: (
      <Page
        title={t('published.flows.title')}
        trail={[
          { label: t('registry.list.title'), href: at('/initiatives') },
          { label: name, href: at(`/initiatives/${id}`) },
        ]}
        lead={<bdi>{name}</bdi>}
      >
        {from === 0 && flows.length > 0 && <FlowSums t={t} flows={flows} />}
        <FlowTable request={request} view={view} naming={naming} flows={rows} />
        <Pagination
          shown={rows.length}
          total={flows.length}
          from={rows.length === 0 ? undefined : from + 1}
          previousHref={from > 0 ? hrefAt(Math.max(0, from - PER_PAGE)) : undefined}
          nextHref={from + rows.length < flows.length ? hrefAt(from + rows.length) : undefined}
        />
      </Page>
    ),
  }
}
