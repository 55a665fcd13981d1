/** The first rows as they would be stored: names resolved, codes in words, so that a wrong column shows at once. */
import { areaName, codeName } from '../../../../codes/index.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import { type LocalizedText, textFor } from '../../../../kernel/localized-text.ts'
import type { ImportedRow } from '../../../../modules/registry/index.ts'
import { DataTable, SummaryList } from '../../../components/index.ts'

interface StoredRowsProps {
  readonly t: Translator
  readonly rows: readonly ImportedRow[]
}

interface ShownFact {
  readonly label: string
  readonly value: string
}

/** One record under the other: columns differ from file to file, and a record may have forty. */
export function StoredRows({ t, rows }: StoredRowsProps) {
  return (
    <>
      {rows.map((row) => (
        <details key={row.seq} open={row.seq === rows[0]?.seq}>
          <summary>
            {t('imports.check.row', { row: String(row.listed.sourceRow ?? row.seq + 1) })}{' '}
            <bdi>{textOf(t, row.facts.title as LocalizedText | undefined)}</bdi>
          </summary>
          <SummaryList facts={factsOf(t, row)} />
          {row.facts.kept && (
            <DataTable
              caption={t('tables.field.kept')}
              columns={[
                { key: 'name', label: t('imports.columns.header'), cell: ([name]) => <bdi>{name}</bdi> },
                { key: 'text', label: t('imports.check.text'), cell: ([, text]) => <bdi>{text}</bdi> },
              ]}
              rows={Object.entries(row.facts.kept)}
              rowKey={([name]) => name}
            />
          )}
        </details>
      ))}
    </>
  )
}

function factsOf(t: Translator, { identifier, facts, listed }: ImportedRow): ShownFact[] {
  const areas = (codes: readonly string[] | undefined) => codes?.map((iso3) => areaName(iso3, t.lang))
  const coded = (list: string, codes: readonly string[] | undefined) => codes?.map((code) => codeName(list, code, t.lang))
  const inRole = (role: string | undefined) =>
    facts.partners
      ?.filter((partner) => partner.role === role)
      .map((partner) => partner.name ?? (partner.iso3 === undefined ? '' : areaName(partner.iso3, t.lang)))
  const rows: [string, readonly (string | undefined)[] | undefined][] = [
    ['identifier', [identifier.startsWith('~') ? undefined : identifier]],
    ['listYear', [listed.year === null ? undefined : String(listed.year)]],
    ['revision', [listed.revision ?? undefined]],
    ['groupKey', [listed.groupKey ?? undefined]],
    ['summary', [textOf(t, facts.summary as LocalizedText | undefined)]],
    ['objective', [textOf(t, facts.objective as LocalizedText | undefined)]],
    ['exchangeDescription', [textOf(t, facts.exchange as LocalizedText | undefined)]],
    ['kind', coded('initiativeKind', facts.kind === undefined ? undefined : [facts.kind])],
    ['phase', coded('phase', facts.phase === undefined ? undefined : [facts.phase])],
    ['scale', coded('scale', facts.scale === undefined ? undefined : [facts.scale])],
    ['hosts', areas(facts.hosts)],
    ['partnerCountries', [...(areas(facts.engagedCountries) ?? []), ...(inRole(undefined) ?? [])]],
    ['firstProviders', inRole('first_provider')],
    ['secondProviders', inRole('second_provider')],
    ['recipients', inRole('recipient')],
    ['peers', inRole('peer')],
    ['funders', inRole('funder')],
    ['implementers', inRole('implementer')],
    ['partnerTypes', coded('partnerType', facts.partnerTypes)],
    [
      'agencyRoles',
      coded(
        'agencyRole',
        facts.agencyRoles?.map(({ role }) => role),
      ),
    ],
    [
      'regions',
      coded(
        'region',
        facts.regions?.map(({ code }) => code),
      ),
    ],
    ['territorialFocus', coded('territorialFocus', facts.territorialFocus)],
    ['theme', coded('theme', facts.theme === undefined ? undefined : [facts.theme])],
    [
      'sectors',
      coded(
        'sector',
        facts.sectors?.map(({ code }) => code),
      ),
    ],
    [
      'sdgGoals',
      coded(
        'sdg',
        facts.goals?.map(({ goal, target }) => target ?? goal),
      ),
    ],
    ['modalities', coded('modality', facts.modalities)],
    ['startDate', [facts.plannedPeriod?.start && t.date(facts.plannedPeriod.start)]],
    ['endDate', [facts.plannedPeriod?.end && t.date(facts.plannedPeriod.end)]],
    ['reportingOrg', [facts.reportingOrg?.name]],
    ['budgetAmount', [budgetText(t, facts.budget)]],
    ['links', facts.documents?.map(({ url }) => url)],
    ['contact', [facts.contact]],
    ['notes', [facts.note]],
  ]
  return rows.flatMap(([field, values]) => {
    const stated = (values ?? []).filter((value) => value !== undefined && value !== '')
    return stated.length === 0 ? [] : [{ label: t(`tables.field.${field}`), value: t.list(stated as string[]) }]
  })
}

function budgetText(t: Translator, budget: ImportedRow['facts']['budget']): string | undefined {
  if (budget === undefined) return undefined
  return budget.currency === undefined ? budget.amount : t.money(budget.amount, budget.currency)
}

function textOf(t: Translator, text: LocalizedText | undefined): string | undefined {
  const found = textFor(text, t.lang)?.text
  return found !== undefined && found.length > 400 ? `${found.slice(0, 399)}…` : found
}
