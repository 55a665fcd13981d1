/** All values of one field with their counts, for fields with more values than the filter panel shows. */
import { Problem } from '../../../../kernel/problems.ts'
import { FILTER_FIELDS, type FilterField, listListings, NOT_STATED } from '../../../../modules/registry/index.ts'
import { FilterPanel, Page } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { namingOf } from '../naming.ts'
import { allValues } from './filter-view.ts'
import { hiddenFilter, listAddress, readListQuery } from './list-address.ts'

/** Organisations beyond this are found by the search of their own list. */
const MOST_ORGS = 100

export async function valuesPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor } = request
  const field = FILTER_FIELDS.find((one) => one === request.params.field)
  if (field === undefined) throw new Problem('http.page-missing', { path: request.path })
  const query = readListQuery(request.query)
  const page = await context.operations.run(listListings, { filter: query.filter, limit: 1 }, actor)
  const facets = field === 'org' ? { ...page.facets, org: page.facets.org.slice(0, MOST_ORGS) } : page.facets
  const naming = await namingOf(request, orgIds(field, facets.org, query.filter.values.org))
  const title = t('registry.values.title', { field: t(`registry.field.${field}`) })
  return {
    title,
    place: 'initiatives',
    noIndex: true,
    body: (
      <Page
        title={title}
        trail={[{ label: t('registry.list.title'), href: listAddress(at('/initiatives'), query) }]}
        lead={t('registry.values.lead')}
      >
        <FilterPanel
          action={at('/initiatives')}
          groups={[allValues(request, query, field, facets, naming.names)]}
          hidden={{ ...hiddenFilter(query, [field]), ...(query.filter.search === undefined ? {} : { q: query.filter.search }) }}
        />
      </Page>
    ),
  }
}

function orgIds(field: FilterField, counts: readonly { value: string }[], set: readonly string[] = []): string[] {
  if (field !== 'org') return []
  return [...counts.map(({ value }) => value), ...set].filter((value) => value !== NOT_STATED)
}
