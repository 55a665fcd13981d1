/** Who has named no focal point: n of N countries of a group, n of N entities, as a list to print and to take along (R46). */
import { areaName, getCountryGroup, listCountryGroups, listM49Regions, nameIn, regionOf } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { DEFAULT_GROUP, type FocalPointCoverage, focalPointCoverage } from '../../../modules/coordination/index.ts'
import { Button, type Column, DataTable, EmptyState, Page, ProgressBar, SelectField, Tabs } from '../../components/index.ts'
import { listFileLinks } from '../../list-files.ts'
import type { PageContent, PageRequest } from '../../site.tsx'

export interface Gap {
  readonly code: string
  readonly name: string
  readonly countryCode: string | null
  /** M49. */
  readonly regionCode: string | undefined
}

export type GapsOf = 'countries' | 'entities'

export interface Gaps {
  readonly of: GapsOf
  readonly group: string
  readonly coverage: FocalPointCoverage
  readonly rows: readonly Gap[]
}

/** The rows of the page, also for its downloads. */
export async function readGaps(request: PageRequest): Promise<Gaps> {
  const { t, context, actor, query } = request
  const of: GapsOf = query.get('of') === 'entities' ? 'entities' : 'countries'
  const group = query.get('group') || DEFAULT_GROUP
  const coverage = await context.operations.run(focalPointCoverage, { group }, actor)
  const rows = of === 'countries' ? countriesOf(t, coverage) : entitiesOf(t, coverage)
  return { of, group, coverage, rows: rows.sort((a, b) => t.compare(a.name, b.name)) }
}

function countriesOf(t: Translator, { countries }: FocalPointCoverage): Gap[] {
  return countries.rows
    .filter(({ isNamed }) => !isNamed)
    .map(({ countryCode }) => ({
      code: countryCode,
      name: areaName(countryCode, t.lang),
      countryCode,
      regionCode: regionOf(countryCode)?.region,
    }))
}

function entitiesOf(t: Translator, { entities }: FocalPointCoverage): Gap[] {
  return entities.rows
    .filter(({ isNamed }) => !isNamed)
    .map(({ orgId, names, countryCode }) => ({
      code: orgId,
      name: textFor(names, t.lang)?.text ?? orgId,
      countryCode,
      regionCode: countryCode === null ? undefined : regionOf(countryCode)?.region,
    }))
}

export function regionName(t: Translator, code: string | undefined): string | undefined {
  const region = listM49Regions().find((one) => one.code === code)
  return region && (nameIn(region.names, t.lang) ?? region.code)
}

export function groupName(t: Translator, group: string): string {
  return nameIn(getCountryGroup(group).names, t.lang) ?? group
}

/** "No focal point named: 118 of 170 countries". */
export function gapsTitle(t: Translator, { of, coverage }: Gaps): string {
  const { named, total } = coverage[of]
  return t(`coordination.gaps.title.${of}`, { gaps: t.number(total - named), total: t.number(total) })
}

export async function gapsPage(request: PageRequest): Promise<PageContent> {
  const { t, at } = request
  const gaps = await readGaps(request)
  const { of, group, coverage, rows } = gaps
  const { named, total } = coverage[of]
  const title = gapsTitle(t, gaps)
  return {
    title,
    about: { downloads: listFileLinks(request, '/focal-points/gaps', rows.length) },
    body: (
      <Page
        title={title}
        trail={[{ label: t('coordination.title'), href: at('/focal-points') }]}
        lead={t(`coordination.gaps.lead.${of}`, { group: groupName(t, group), day: t.date(coverage.day) })}
      >
        <Tabs
          label={t('coordination.gaps.of')}
          tabs={(['countries', 'entities'] as const).map((one) => ({
            label: t(`coordination.gaps.tab.${one}`),
            href: addressOf(request, one, group),
            current: one === of,
            count: t.number(coverage[one].total - coverage[one].named),
          }))}
        />
        {of === 'countries' && <GroupForm request={request} group={group} />}
        <ProgressBar
          label={t('coordination.gaps.progress')}
          done={named}
          total={total}
          words={t(`coordination.coverage.${of}`, { named: t.number(named), total: t.number(total) })}
        />
        <DataTable
          caption={title}
          captionHidden
          columns={columnsOf(request, of)}
          rows={rows}
          rowKey={({ code }) => code}
          cards
          empty={<EmptyState title={t(total === 0 ? 'coordination.gaps.nobody' : 'coordination.gaps.none')} />}
        />
      </Page>
    ),
  }
}

function addressOf({ at }: PageRequest, of: GapsOf, group: string): string {
  return `${at('/focal-points/gaps')}?${new URLSearchParams({ of, ...(group === DEFAULT_GROUP ? {} : { group }) })}`
}

/** A choice that works without script. */
function GroupForm({ request: { t, at }, group }: { readonly request: PageRequest; readonly group: string }) {
  const choices = listCountryGroups()
    .map((one) => ({ value: one.group, label: nameIn(one.names, t.lang) ?? one.group }))
    .sort((a, b) => t.compare(a.label, b.label))
  return (
    <form method="get" action={at('/focal-points/gaps')} class="form">
      <input type="hidden" name="of" value="countries" />
      <SelectField name="group" label={t('coordination.gaps.group')} choices={choices} value={group} />
      <Button kind="secondary">{t('coordination.gaps.show')}</Button>
    </form>
  )
}

function columnsOf({ t, at, may }: PageRequest, of: GapsOf): Column<Gap>[] {
  return [
    {
      key: 'name',
      label: t(of === 'countries' ? 'coordination.field.country' : 'coordination.field.org'),
      cell: ({ code, name }) => (
        <a href={at(of === 'countries' ? `/countries/${code}` : `/organisations/${code}`)}>
          <bdi>{name}</bdi>
        </a>
      ),
    },
    { key: 'region', label: t('coordination.field.region'), cell: ({ regionCode }) => regionName(t, regionCode) },
    ...(may('coordination.focal-point.name') ? [nameColumn(t, at, may, of)] : []),
  ]
}

/** The way out of the gap, for whoever may close it. */
function nameColumn(t: Translator, at: PageRequest['at'], may: PageRequest['may'], of: GapsOf): Column<Gap> {
  return {
    key: 'do',
    label: t('coordination.gaps.do'),
    cell: ({ code, name }) => {
      const scope = of === 'countries' ? { orgs: [], countries: [code] } : { orgs: [code], countries: [] }
      if (!may('coordination.focal-point.name', scope)) return <span class="muted">{t('coordination.gaps.not-yours')}</span>
      const subject = of === 'countries' ? { scope: 'country', country: code } : { scope: 'org', org: code }
      return (
        <a
          href={`${at('/focal-points/new')}?${new URLSearchParams(subject)}`}
          aria-label={t('coordination.gaps.name-for', { name })}
        >
          {t('coordination.gaps.name')}
        </a>
      )
    },
  }
}
