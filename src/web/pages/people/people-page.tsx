/** The directory of people: by name, found by any spelling of it, by organisation, language and country. No contact data here. */
import { areaName } from '../../../codes/index.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { getOrgQuery, type ListedPerson, listPersons, type PersonPage } from '../../../modules/directory/index.ts'
import {
  ButtonLink,
  Chips,
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
import { countryChoices, languageChoices, languageName } from './words.ts'

interface PersonFilter {
  readonly search?: string
  readonly language?: string
  readonly country?: string
  readonly orgId?: string
}

export function personFilter({ query }: PageRequest): PersonFilter {
  const search = query.get('q')?.trim()
  const language = query.get('language')
  const country = query.get('country')
  const orgId = query.get('org')
  return { ...(search && { search }), ...(language && { language }), ...(country && { country }), ...(orgId && { orgId }) }
}

export async function peoplePage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query, may } = request
  const cursor = query.get('after') || undefined
  const set = personFilter(request)
  const { search, language, country, orgId } = set
  const page = await context.operations.run(listPersons, { ...set, ...(cursor && { cursor }) }, actor)
  const org = orgId === undefined ? undefined : await context.operations.run(getOrgQuery, { org: orgId }, actor)
  const title = t('people.title')
  return {
    title,
    noIndex: true,
    about: { downloads: listFileLinks(request, '/people', page.total) },
    body: (
      <Page
        title={title}
        lead={t('people.lead', { count: page.total, shown: t.number(page.total) })}
        actions={may('directory.person.edit') && <ButtonLink href={at('/people/new')}>{t('people.new')}</ButtonLink>}
      >
        <WithSidebar
          aside={
            <FilterPanel
              action={at('/people')}
              search={{ name: 'q', label: t('people.search'), value: search }}
              hidden={orgId === undefined ? {} : { org: orgId }}
              groups={[
                group('language', t('people.field.languages'), languageChoices(t), language),
                group('country', t('people.field.countryCode'), countryChoices(t), country),
              ]}
              setCount={Object.keys(set).length}
              clearHref={at('/people')}
            />
          }
        >
          {org && (
            <Chips
              chips={[
                {
                  group: t('people.field.org'),
                  value: textFor(org.names, t.lang)?.text ?? org.id,
                  removeHref: addressWithout(request, 'org'),
                },
              ]}
            />
          )}
          <DataTable
            caption={title}
            captionHidden
            columns={columnsOf(request)}
            rows={page.rows}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t(Object.keys(set).length > 0 ? 'people.none-match' : 'people.none')} />}
          />
          <Pages request={request} page={page} />
        </WithSidebar>
      </Page>
    ),
  }
}

function group(name: string, legend: string, choices: readonly { value: string; label: string }[], value: string | undefined) {
  return { name, legend, kind: 'one' as const, options: choices.map((one) => ({ ...one, checked: one.value === value })) }
}

function addressWithout({ at, query }: PageRequest, name: string): string {
  const params = new URLSearchParams(query)
  params.delete(name)
  params.delete('after')
  return params.size > 0 ? `${at('/people')}?${params}` : at('/people')
}

function Pages({ request, page }: { readonly request: PageRequest; readonly page: PersonPage }) {
  if (page.rows.length === 0) return null
  const params = new URLSearchParams(request.query)
  params.set('after', page.next ?? '')
  return (
    <Pagination
      shown={page.rows.length}
      total={page.total}
      previousHref={request.query.has('after') ? addressWithout(request, 'after') : undefined}
      nextHref={page.next === null ? undefined : `${request.at('/people')}?${params}`}
    />
  )
}

function columnsOf({ t, at }: PageRequest): Column<ListedPerson>[] {
  return [
    {
      key: 'name',
      label: t('people.field.name'),
      cell: ({ id, name, otherNames }) => (
        <>
          <a href={at(`/people/${id}`)}>
            <bdi>{name}</bdi>
          </a>
          {otherNames.length > 0 && (
            <div class="muted">
              <bdi>{otherNames.join(' · ')}</bdi>
            </div>
          )}
        </>
      ),
    },
    {
      key: 'org',
      label: t('people.field.org'),
      cell: ({ affiliations }) =>
        affiliations.length === 0
          ? undefined
          : affiliations.map(({ orgId, orgNames }) => (
              <div key={orgId}>
                <a href={at(`/organisations/${orgId}`)}>
                  <LocalizedTextView value={orgNames} />
                </a>
              </div>
            )),
    },
    {
      key: 'title',
      label: t('people.field.title'),
      cell: ({ affiliations }) => {
        const titles = affiliations.flatMap(({ title }) => title ?? [])
        return titles.length === 0 ? undefined : titles.map((title) => <bdi key={title}>{title} </bdi>)
      },
    },
    {
      key: 'languages',
      label: t('people.field.languages'),
      cell: ({ languages }) => (languages.length === 0 ? undefined : t.list(languages.map((tag) => languageName(t, tag)))),
    },
    {
      key: 'country',
      label: t('people.field.countryCode'),
      cell: ({ countryCode }) => countryCode && areaName(countryCode, t.lang),
    },
  ]
}
