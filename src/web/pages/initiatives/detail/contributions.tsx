/**
 * Contributions in their three groups (domain 8.1): A money, B in kind, C described. A and B have totals of their own; valuations
 * stand beside the quantity and are never added to money; C enters no total.
 */
import { codeName } from '../../../../codes/index.ts'
import { totalsByCurrency } from '../../../../kernel/money.ts'
import { parseQuantity, totalsByUnit } from '../../../../kernel/quantity.ts'
import { flowGroupOf, type InitiativeContribution } from '../../../../modules/registry/index.ts'
import { type Column, DataTable, SummaryList } from '../../../components/index.ts'
import { moneyText, partyLabel, periodText, quantityText } from '../words.ts'
import type { DetailProps } from './detail-page.tsx'
import { PublishedFlows } from './published-flows.tsx'

const GROUPS = ['A', 'B', 'C'] as const
type Group = (typeof GROUPS)[number]

export function ContributionsSection(props: DetailProps) {
  const { t } = props.request
  const all = props.view.record.facts.contributions ?? []
  const contributions = all.filter(({ published }) => published === undefined)
  return (
    <section aria-labelledby="contributions">
      <h2 id="contributions">{t('registry.detail.contributions')}</h2>
      {all.length === 0 && <p>{t('registry.detail.no-contributions')}</p>}
      {GROUPS.map((group) => (
        <GroupTable key={group} {...props} group={group} rows={contributions.filter((one) => flowGroupOf(one) === group)} />
      ))}
      <PublishedFlows {...props} />
    </section>
  )
}

interface GroupProps extends DetailProps {
  readonly group: Group
  readonly rows: readonly InitiativeContribution[]
}

function GroupTable({ group, rows, ...props }: GroupProps) {
  const { t } = props.request
  if (rows.length === 0) return null
  const title = t(`registry.group.${group}`)
  return (
    <>
      <h3>{title}</h3>
      <DataTable caption={title} captionHidden columns={columnsOf(props, group)} rows={rows} rowKey={(row) => row.no} />
      <Totals {...props} group={group} rows={rows} />
    </>
  )
}

function columnsOf({ request: { t }, view, naming }: DetailProps, group: Group): Column<InitiativeContribution>[] {
  const party = (no: string | undefined) => {
    const partner = (view.record.facts.partners ?? []).find((one) => one.no === no)
    return partner && partyLabel(t, partner, naming.orgs)
  }
  const columns: Column<InitiativeContribution>[] = [
    {
      key: 'modality',
      label: t('registry.fact.modality'),
      cell: (row) => row.modality && codeName('modality', row.modality, t.lang),
    },
    {
      key: 'giver',
      label: t('registry.fact.giver'),
      cell: (row) => (row.joint ? t('registry.contribution.joint') : party(row.giver)),
    },
    { key: 'taker', label: t('registry.fact.taker'), cell: (row) => party(row.taker) },
    { key: 'period', label: t('registry.fact.when'), cell: (row) => periodText(t, row.period) },
  ]
  if (group === 'A')
    return [
      ...columns,
      {
        key: 'nature',
        label: t('codes.list.contributionNature'),
        cell: (row) => row.nature && codeName('contributionNature', row.nature, t.lang),
      },
      { key: 'money', label: t('registry.fact.amount'), kind: 'number', cell: (row) => row.money && moneyText(t, row.money) },
    ]
  if (group === 'B')
    return [
      ...columns,
      {
        key: 'quantity',
        label: t('registry.fact.quantity'),
        kind: 'number',
        cell: (row) => row.quantity && quantityText(t, row.quantity),
      },
      { key: 'money', label: t('registry.fact.cost'), kind: 'number', cell: (row) => row.money && moneyText(t, row.money) },
      { key: 'value', label: t('registry.fact.valuation'), cell: (row) => valuationText(t, row) },
    ]
  return [
    ...columns,
    { key: 'description', label: t('registry.fact.description'), cell: (row) => row.description && <bdi>{row.description}</bdi> },
  ]
}

function valuationText(t: DetailProps['request']['t'], { valuations = [] }: InitiativeContribution): string | undefined {
  if (valuations.length === 0) return undefined
  return valuations
    .map((one) => t('registry.valuation', { value: moneyText(t, one), basis: t(`registry.basis.${one.basis}`) }))
    .join(' · ')
}

function Totals({ request: { t }, group, rows }: GroupProps) {
  if (group === 'C') return null
  const money = totalsByCurrency(
    rows.flatMap((row) => (row.money ? [{ amount: row.money.amount, currency: row.money.currency }] : [])),
  )
  const moneyWords = money.length > 0 ? money.map((total) => moneyText(t, total)).join(' · ') : undefined
  if (group === 'A') return <SummaryList facts={[{ label: t('registry.total.A'), value: moneyWords }]} />
  const quantities = totalsByUnit(rows.flatMap((row) => (row.quantity ? (parseQuantity(row.quantity) ?? []) : [])))
  // Of several valuations of one contribution the first counts: adding them would count the thing twice.
  const valued = totalsByCurrency(
    rows.flatMap(({ valuations = [] }) => valuations.slice(0, 1).map(({ amount, currency }) => ({ amount, currency }))),
  )
  return (
    <SummaryList
      facts={[
        {
          label: t('registry.total.B'),
          value: quantities.length > 0 ? quantities.map((one) => quantityText(t, one)).join(' · ') : undefined,
        },
        ...(moneyWords === undefined ? [] : [{ label: t('registry.total.cost'), value: moneyWords }]),
        {
          label: t('registry.total.valued'),
          value: valued.length > 0 ? valued.map((total) => moneyText(t, total)).join(' · ') : undefined,
        },
      ]}
    />
  )
}
