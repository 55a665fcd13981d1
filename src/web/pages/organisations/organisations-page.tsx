/** The directory: organisations by name, found by any name, acronym or identifier. */
import { areaName, codeName } from '../../../codes/index.ts'
import { listOrgs, type Org, type OrgPage } from '../../../modules/directory/index.ts'
import {
  ButtonLink,
  type Column,
  DataTable,
  EmptyState,
  FilterPanel,
  LocalizedTextView,
  Page,
  Pagination,
  WithSidebar,
} from '../../components/index.ts'
import { listFileLinks } from '../../list-files.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { choicesOf } from '../initiatives/value-names.ts'

export function orgFilter({ t, query }: PageRequest): { readonly search?: string; readonly orgType?: Org['orgType'][] } {
  const search = query.get('q')?.trim() || undefined
  const type = choicesOf(t, 'orgType').find(({ value }) => value === query.get('type'))?.value as Org['orgType'] | undefined
  return { ...(search === undefined ? {} : { search }), ...(type === undefined ? {} : { orgType: [type] }) }
}

export async function organisationsPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query, may } = request
  const filter = orgFilter(request)
  const { search, orgType: [type] = [] } = filter
  const types = choicesOf(t, 'orgType')
  const cursor = query.get('after') ?? undefined
  const page = await context.operations.run(
    listOrgs,
    {
      lang: t.lang,
      ...filter,
      ...(cursor === undefined ? {} : { cursor }),
    },
    actor,
  )
  const title = t('registry.orgs.title')
  return {
    title,
    place: 'initiatives',
    about: { downloads: listFileLinks(request, '/organisations', page.total) },
    body: (
      <Page
        title={title}
        lead={t('registry.orgs.lead', { count: page.total, shown: t.number(page.total) })}
        actions={
          <>
            {may('directory.org.register') && (
              <ButtonLink href={at('/organisations/new')} kind="secondary">
                {t('registry.orgs.new')}
              </ButtonLink>
            )}
            {may('directory.person.read') && (
              <ButtonLink href={at('/people')} kind="secondary">
                {t('people.title')}
              </ButtonLink>
            )}
            {may('directory.org.merge') && (
              <ButtonLink href={at('/organisations/merge')} kind="secondary">
                {t('directory.merge.title')}
              </ButtonLink>
            )}
          </>
        }
      >
        <WithSidebar
          aside={
            <FilterPanel
              action={at('/organisations')}
              search={{ name: 'q', label: t('registry.orgs.search'), value: search }}
              groups={[
                {
                  name: 'type',
                  legend: t('codes.list.orgType'),
                  kind: 'one',
                  options: types.map((choice) => ({ ...choice, checked: choice.value === type })),
                },
              ]}
              setCount={(search === undefined ? 0 : 1) + (type === undefined ? 0 : 1)}
              clearHref={at('/organisations')}
            />
          }
        >
          <DataTable
            caption={title}
            captionHidden
            columns={columnsOf(request)}
            rows={page.rows}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('registry.orgs.none')} />}
          />
          <Pages request={request} page={page} />
        </WithSidebar>
      </Page>
    ),
  }
}

function Pages({ request: { at, query }, page }: { readonly request: PageRequest; readonly page: OrgPage }) {
  if (page.rows.length === 0) return null
  const address = (after: string | undefined) => {
    const params = new URLSearchParams(query)
    params.delete('after')
    if (after !== undefined) params.set('after', after)
    return `${at('/organisations')}?${params}`
  }
  return (
    <Pagination
      shown={page.rows.length}
      total={page.total}
      previousHref={query.has('after') ? address(undefined) : undefined}
      nextHref={page.next === null ? undefined : address(page.next)}
    />
  )
}

function columnsOf({ t, at }: PageRequest): Column<Org>[] {
  return [
    {
      key: 'name',
      label: t('registry.orgs.name'),
      cell: (org) => (
        <a href={at(`/organisations/${org.id}`)}>
          <LocalizedTextView value={org.names} />
        </a>
      ),
    },
    { key: 'acronym', label: t('registry.orgs.acronym'), cell: (org) => acronymOf(org, t.lang) ?? '–' },
    { key: 'type', label: t('codes.list.orgType'), cell: (org) => codeName('orgType', org.orgType, t.lang) },
    {
      key: 'country',
      label: t('registry.fact.country'),
      cell: (org) =>
        org.countryCode === null ? '–' : <a href={at(`/countries/${org.countryCode}`)}>{areaName(org.countryCode, t.lang)}</a>,
    },
  ]
}

export function acronymOf(org: Org, lang: string): string | undefined {
  return org.acronyms[lang] ?? org.acronyms.en ?? Object.values(org.acronyms)[0]
}
