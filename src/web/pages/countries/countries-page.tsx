/** All countries and areas with their counts by role; those without any stay in the list. */
import { areaName, listAreas } from '../../../codes/index.ts'
import { COUNTRY_ROLES, listListings, NOT_STATED } from '../../../modules/registry/index.ts'
import { ButtonLink, type Column, DataTable, EmptyState, NotStated, Page } from '../../components/index.ts'
import { listFileLinks } from '../../list-files.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { inScope, type Scope, ScopeForm, scopeOf } from './scope.tsx'

export interface CountryRow {
  readonly iso3: string
  readonly counts: Readonly<Record<CountedAs, number>>
}

/** In any part first: the roles do not add up to it, since one row may have a country in two. */
export const COUNTED_AS = ['country', ...COUNTRY_ROLES] as const
type CountedAs = (typeof COUNTED_AS)[number]

/** The rows of the page, also for its downloads. */
export async function readCountries(request: PageRequest) {
  const { t, context, actor } = request
  const scope = await scopeOf(request)
  const { facets, total } = await context.operations.run(listListings, { filter: scope.filter, limit: 1 }, actor)
  const counts = new Map(COUNTED_AS.map((role) => [role, new Map(facets[role].map(({ value, count }) => [value, count]))]))
  const known = listAreas().map(({ iso3 }) => iso3)
  const listed = facets.country.map(({ value }) => value).filter((code) => code !== NOT_STATED)
  const rows: CountryRow[] = [...new Set([...known, ...listed])]
    .map((iso3) => ({
      iso3,
      counts: Object.fromEntries(COUNTED_AS.map((role) => [role, counts.get(role)?.get(iso3) ?? 0])) as Record<CountedAs, number>,
    }))
    .sort((a, b) => t.compare(areaName(a.iso3, t.lang), areaName(b.iso3, t.lang)))
  const withAny = rows.filter((row) => row.counts.country > 0)
  const onlyActive = request.query.get('all') !== 'yes' && withAny.length > 0
  return { scope, facets, total, rows, withAny, onlyActive, shown: onlyActive ? withAny : rows }
}

export async function countriesPage(request: PageRequest): Promise<PageContent> {
  const { t } = request
  const { scope, facets, total, rows, withAny, onlyActive, shown } = await readCountries(request)
  const title = t('registry.countries.title')
  const isEmpty = withAny.length === 0 && request.query.get('all') !== 'yes'
  return {
    title,
    place: 'countries',
    dataKind: scope.isSample ? 'sample' : undefined,
    about: {
      definitions: [{ label: t('registry.list.unit'), href: request.at('/code-lists') }],
      downloads: listFileLinks(request, '/countries', shown.length),
    },
    body: (
      <Page
        title={title}
        lead={t('registry.countries.lead', { count: withAny.length, shown: t.number(withAny.length), rows: t.number(total) })}
        actions={
          <ButtonLink href={request.at('/organisations')} kind="secondary">
            {t('registry.orgs.title')}
          </ButtonLink>
        }
      >
        <ScopeForm request={request} scope={scope} />
        {isEmpty ? (
          <EmptyState title={t('registry.countries.none')}>
            <ul>
              <li>
                <a href={request.at('/imports')}>{t('registry.list.import')}</a>
              </li>
              <li>
                <a href={inScope(scope, `${request.at('/countries')}?all=yes`)}>
                  {t('registry.countries.show-all', { count: rows.length, shown: t.number(rows.length) })}
                </a>
              </li>
            </ul>
          </EmptyState>
        ) : (
          <>
            <ul class="provenance" aria-label={t('components.not-stated')}>
              {COUNTRY_ROLES.map((role) => (
                <li key={role}>
                  {t('components.label', { label: t(`registry.country-role.${role}`) })}{' '}
                  <NotStated count={facets[role].find(({ value }) => value === NOT_STATED)?.count ?? 0} />
                </li>
              ))}
            </ul>
            <p>
              {onlyActive ? (
                <a href={inScope(scope, `${request.at('/countries')}?all=yes`)}>
                  {t('registry.countries.show-all', { count: rows.length, shown: t.number(rows.length) })}
                </a>
              ) : (
                <a href={inScope(scope, request.at('/countries'))}>{t('registry.countries.show-active')}</a>
              )}
            </p>
            <DataTable
              caption={title}
              captionHidden
              columns={columnsOf(request, scope)}
              rows={shown}
              rowKey={({ iso3 }) => iso3}
            />
          </>
        )}
      </Page>
    ),
  }
}

export function roleHeader(t: PageRequest['t'], role: CountedAs): string {
  return t(role === 'country' ? 'registry.countries.any-part' : `registry.country-role.${role}`)
}

function columnsOf({ t, at }: PageRequest, scope: Scope): Column<CountryRow>[] {
  return [
    {
      key: 'country',
      label: t('registry.fact.country'),
      cell: ({ iso3 }) => <a href={inScope(scope, at(`/countries/${iso3}`))}>{areaName(iso3, t.lang)}</a>,
    },
    ...COUNTED_AS.map((role) => ({
      key: role,
      label: roleHeader(t, role),
      kind: 'number' as const,
      cell: ({ iso3, counts }: CountryRow) =>
        counts[role] === 0 ? (
          t.number(0)
        ) : (
          <a href={inScope(scope, `${at('/initiatives')}?${role}=${iso3}`)}>{t.number(counts[role])}</a>
        ),
    })),
  ]
}
