/** All pairs of countries as a table in pages; the matrix shows those named most. */
import { areaName } from '../../../codes/index.ts'
import { yearName } from '../../../documents/figure-words.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type ListingFilter, NOT_STATED, parseListingFilter } from '../../../modules/registry/index.ts'
import type { CountryPair } from '../../../modules/reporting/index.ts'
import { DataTable, Page, Pagination, Tabs } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { namingOf } from '../initiatives/naming.ts'
import { askedYear } from './figure-address.ts'
import { bestPairs } from './figures-page.tsx'
import { PairMatrix, pairHref, SIDES } from './pair-matrix.tsx'

const PAIRS_PER_PAGE = 100

export async function pairsPage(request: PageRequest): Promise<PageContent> {
  const { t, at, query } = request
  const filter: ListingFilter = parseListingFilter(query)
  const naming = await namingOf(request)
  const unknown = filter.values.collection?.find((asked) => !naming.collections.some(({ key }) => key === asked))
  if (unknown !== undefined) throw new Problem('registry.collection-missing', { collection: unknown })
  for (const year of filter.values.year ?? []) askedYear(year)
  const found = await bestPairs(request, filter)
  const from = Math.max(1, Number(query.get('from')) || 1)
  const rows = found.pairs.slice(from - 1, from - 1 + PAIRS_PER_PAGE)
  const [portfolio = ''] = filter.values.collection ?? []
  const scope = t('reporting.figures.scope', {
    portfolio: naming.names('collection', portfolio),
    year: yearName(t, filter.values.year?.[0] ?? null),
  })
  const address = (changes: Readonly<Record<string, string>>) => {
    const params = new URLSearchParams(query)
    params.delete('from')
    for (const [name, value] of Object.entries(changes)) params.set(name, value)
    return `${at('/figures/pairs')}?${params}`
  }
  const title = t('reporting.figures.group.matrix')
  const name = (code: string) => (code === NOT_STATED ? undefined : areaName(code, t.lang))
  const [fromSide, toSide] = SIDES[found.sides]
  return {
    title: `${title}: ${scope}`,
    place: 'figures',
    dataKind: naming.collections.find(({ key }) => key === portfolio)?.kind === 'sample' ? 'sample' : undefined,
    body: (
      <Page title={title} kicker={scope} trail={[{ label: t('reporting.figures.title'), href: `${at('/figures')}?${query}` }]}>
        <Tabs
          label={t('reporting.figures.column.reading')}
          tabs={(['host-partner', 'provider-recipient'] as const).map((sides) => ({
            label: t(`reporting.figures.pair.${sides}`),
            href: address({ sides }),
            current: sides === found.sides,
          }))}
        />
        {from === 1 && <PairMatrix request={request} found={found} filter={filter} scope={scope} />}
        <DataTable
          caption={t('reporting.figures.matrix.caption')}
          rows={rows}
          rowKey={(pair) => `${pair.from} ${pair.to}`}
          columns={[
            { key: 'from', label: t(`reporting.figures.matrix.side.${fromSide}`), cell: (pair: CountryPair) => name(pair.from) },
            { key: 'to', label: t(`reporting.figures.matrix.side.${toSide}`), cell: (pair) => name(pair.to) },
            {
              key: 'rows',
              label: t('components.chart.rows'),
              kind: 'number',
              cell: (pair) => {
                const { href } = pairHref(at, filter, found, pair)
                return href === undefined ? t.number(pair.rows) : <a href={href}>{t.number(pair.rows)}</a>
              },
            },
          ]}
        />
        <Pagination
          shown={rows.length}
          total={found.pairs.length}
          from={from}
          previousHref={from > 1 ? address({ from: String(Math.max(1, from - PAIRS_PER_PAGE)) }) : undefined}
          nextHref={from + rows.length <= found.pairs.length ? address({ from: String(from + PAIRS_PER_PAGE) }) : undefined}
        />
      </Page>
    ),
  }
}
