/** One country or area: names, groups with their dates, counts and first years by role (R04), and with whom it worked. */
import {
  areaName,
  codeName,
  explainSouth,
  findArea,
  getCountryGroup,
  groupsOf,
  listCountryGroups,
  nameIn,
  regionOf,
} from '../../../codes/index.ts'
import { listLanguages, ownNameOf } from '../../../i18n/languages.ts'
import { Problem } from '../../../kernel/problems.ts'
import { COUNTRY_ROLES, type CountryProfile, type CountryRole, getCountryProfile } from '../../../modules/registry/index.ts'
import { type Column, DataTable, EmptyState, NotStated, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { inScope, type Scope, ScopeForm, scopeOf } from './scope.tsx'

/** Year of the 2014 lists and today: membership is dated, and both are asked for most often. */
const EARLIER_DAY = '2014-07-01'

export async function countryPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor } = request
  const area = findArea(request.params.iso3 ?? '')
  if (!area) throw new Problem('http.page-missing', { path: request.path })
  const scope = await scopeOf(request)
  const profile = await context.operations.run(getCountryProfile, { iso3: area.iso3, filter: scope.filter }, actor)
  const title = areaName(area.iso3, t.lang)
  const region = regionOf(area.iso3)
  return {
    title,
    place: 'countries',
    dataKind: scope.isSample ? 'sample' : undefined,
    about: { definitions: [{ label: t('registry.country.groups'), href: at('/code-lists/area-group-members') }] },
    body: (
      <Page
        title={title}
        kicker={t('registry.fact.country')}
        trail={[{ label: t('registry.countries.title'), href: inScope(scope, at('/countries')) }]}
      >
        <ScopeForm request={request} scope={scope} />
        <Roles request={request} scope={scope} profile={profile} />
        <WithWhom request={request} scope={scope} profile={profile} />
        <section>
          <h2 id="groups">{t('registry.country.groups')}</h2>
          <Groups request={request} iso3={area.iso3} />
        </section>
        <section>
          <h2 id="names">{t('registry.country.names')}</h2>
          <SummaryList
            facts={[
              ...listLanguages().map((lang) => ({
                label: ownNameOf(lang),
                value: <bdi lang={lang}>{areaName(area.iso3, lang)}</bdi>,
              })),
              {
                label: t('registry.country.codes'),
                value: [area.iso3, area.iso2, area.m49].filter((code) => code !== undefined).join(' · '),
              },
              {
                label: t('registry.country.m49'),
                value:
                  region &&
                  [region.region, region.subregion, region.intermediate]
                    .flatMap((code) => (code === undefined ? [] : [codeName('m49Region', code, t.lang)]))
                    .join(' · '),
              },
            ]}
          />
        </section>
      </Page>
    ),
  }
}

interface PartProps {
  readonly request: PageRequest
  readonly scope: Scope
  readonly profile: CountryProfile
}

function Roles({ request: { t, at }, scope, profile }: PartProps) {
  const tookPart = t('registry.country.took-part', {
    country: areaName(profile.iso3, t.lang),
    count: profile.listings,
    shown: t.number(profile.listings),
  })
  const columns: Column<CountryRole>[] = [
    { key: 'role', label: t('registry.country.role'), cell: (role) => t(`registry.country-role.${role}`) },
    {
      key: 'listings',
      label: t('registry.country.listings'),
      kind: 'number',
      cell: (role) => {
        const { listings } = profile.roles[role]
        if (listings === 0) return t.number(0)
        return <a href={inScope(scope, `${at('/initiatives')}?${role}=${profile.iso3}`)}>{t.number(listings)}</a>
      },
    },
    // A role in which the country never occurs has no first year; that is not the same as an unknown year.
    {
      key: 'first',
      label: t('registry.country.first'),
      kind: 'number',
      cell: (role) => yearOf(profile.roles[role].listings, profile.roles[role].firstYear),
    },
    {
      key: 'last',
      label: t('registry.country.last'),
      kind: 'number',
      cell: (role) => yearOf(profile.roles[role].listings, profile.roles[role].lastYear),
    },
  ]
  return (
    <section>
      <h2 id="roles">{t('registry.country.roles')}</h2>
      <p class="lead">
        {profile.listings === 0 ? (
          tookPart
        ) : (
          <a href={inScope(scope, `${at('/initiatives')}?country=${profile.iso3}`)}>{tookPart}</a>
        )}
      </p>
      <DataTable
        caption={t('registry.country.roles')}
        captionHidden
        columns={columns}
        rows={COUNTRY_ROLES}
        rowKey={(role) => role}
      />
      {profile.roleNotStated > 0 && (
        <p>
          {t('registry.country.role-of', { count: profile.listings, shown: t.number(profile.listings) })}{' '}
          <NotStated count={profile.roleNotStated} />
        </p>
      )}
    </section>
  )
}

function yearOf(listings: number, year: number | null): string | undefined {
  return listings === 0 ? '–' : year === null ? undefined : String(year)
}

function WithWhom({ request: { t, at }, scope, profile }: PartProps) {
  type Other = CountryProfile['withWhom'][number]
  const columns: Column<Other>[] = [
    {
      key: 'country',
      label: t('registry.fact.country'),
      cell: ({ iso3 }) => <a href={inScope(scope, at(`/countries/${iso3}`))}>{areaName(iso3, t.lang)}</a>,
    },
    { key: 'listings', label: t('registry.country.listings'), kind: 'number', cell: ({ listings }) => t.number(listings) },
  ]
  return (
    <section>
      <h2 id="with-whom">{t('registry.country.with-whom')}</h2>
      <DataTable
        caption={t('registry.country.with-whom')}
        captionHidden
        columns={columns}
        rows={profile.withWhom}
        rowKey={({ iso3 }) => iso3}
        empty={<EmptyState title={t('registry.country.nobody')} />}
      />
    </section>
  )
}

/** Membership on two days, so that a change between them is seen; the South is computed from it for each profile. */
function Groups({ request: { t }, iso3 }: { readonly request: PageRequest; readonly iso3: string }) {
  const today = new Date().toISOString().slice(0, 10)
  const days = [EARLIER_DAY, today]
  const memberships = days.map((day) => new Set(groupsOf(iso3, day)))
  const groups = listCountryGroups().filter(({ group }) => memberships.some((members) => members.has(group)))
  const mark = (isMember: boolean) => t(isMember ? 'registry.yes' : 'registry.no')
  type Row = { readonly key: string; readonly label: string; readonly answers: readonly boolean[] }
  const rows: Row[] = [
    ...['un_default', 'g77_only', 'dac'].map((profile) => ({
      key: `south-${profile}`,
      label: t('registry.country.south', { profile: t(`cooperation.profile.${profile}`) }),
      answers: days.map((day) => explainSouth(iso3, day, profile).isSouth),
    })),
    ...groups.map(({ group }) => ({
      key: group,
      label: nameIn(getCountryGroup(group).names, t.lang) ?? group,
      answers: memberships.map((members) => members.has(group)),
    })),
  ]
  const columns: Column<Row>[] = [
    { key: 'group', label: t('registry.country.group'), cell: ({ label }) => label },
    ...days.map((day, index) => ({ key: day, label: t.date(day), cell: ({ answers }: Row) => mark(answers[index] === true) })),
  ]
  return (
    <DataTable caption={t('registry.country.groups')} captionHidden columns={columns} rows={rows} rowKey={({ key }) => key} />
  )
}
