/**
 * Transactions, budgets and planned disbursements as a published file states them: summed by type and year, then one by one. A record
 * can have thousands: its page has the first, a page of their own has all.
 */
import type { Translator } from '../../../../i18n/translator.ts'
import { totalsByCurrency } from '../../../../kernel/money.ts'
import type { InitiativeContribution, InitiativeFacts } from '../../../../modules/registry/index.ts'
import { type Column, DataTable } from '../../../components/index.ts'
import { flowTypeText, flowYear } from '../published-names.ts'
import { moneyText, partyLabel, periodText, quantityText } from '../words.ts'
import type { DetailProps } from './detail-page.tsx'
import { statedColumns } from './stated-columns.ts'

export const SHOWN_FLOWS = 50

export function publishedFlowsOf({ contributions }: InitiativeFacts): InitiativeContribution[] {
  return (contributions ?? []).filter(({ published }) => published !== undefined)
}

export function PublishedFlows(props: DetailProps) {
  const { request, view } = props
  const { t, at } = request
  const flows = publishedFlowsOf(view.record.facts)
  if (flows.length === 0) return null
  const rest = flows.length - SHOWN_FLOWS
  const version = view.asOf === null ? '' : `?asOf=${encodeURIComponent(view.asOf.at)}`
  return (
    <>
      <FlowSums t={t} flows={flows} />
      <h3>{t('published.flows.title')}</h3>
      <FlowTable {...props} flows={flows.slice(0, SHOWN_FLOWS)} />
      {rest > 0 && (
        <p>
          {t('published.flows.first', { count: flows.length, shown: t.number(SHOWN_FLOWS), all: t.number(flows.length) })}{' '}
          <a href={`${at(`/initiatives/${view.record.id}/flows`)}${version}`}>{t('published.flows.all')}</a>
        </p>
      )}
    </>
  )
}

interface Sum {
  readonly type: string
  readonly year: string | undefined
  readonly flows: InitiativeContribution[]
}

/** Sums shown: types times years of one activity are rarely more. */
const SHOWN_SUMS = 100

export function FlowSums({ t, flows }: { readonly t: Translator; readonly flows: readonly InitiativeContribution[] }) {
  const sums = sumsOf(t, flows)
  return (
    <>
      <h3>{t('published.flows.sums')}</h3>
      <DataTable
        caption={t('published.flows.sums')}
        captionHidden
        columns={[
          { key: 'type', label: t('published.flows.type'), rowHeader: true, cell: ({ type }) => type },
          { key: 'year', label: t('registry.field.year'), cell: ({ year }) => year },
          { key: 'count', label: t('published.flows.count'), kind: 'number', cell: (sum) => t.number(sum.flows.length) },
          { key: 'total', label: t('published.flows.total'), kind: 'number', cell: (sum) => totalText(t, sum.flows) },
        ]}
        rows={sums.slice(0, SHOWN_SUMS)}
        rowKey={({ type, year }) => `${type} ${year}`}
      />
    </>
  )
}

function sumsOf(t: Translator, flows: readonly InitiativeContribution[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const flow of flows) {
    const type = flowTypeText(t, flow)
    const year = flowYear(flow)
    const key = `${type} ${year ?? ''}`
    const sum = sums.get(key) ?? { type, year, flows: [] }
    sum.flows.push(flow)
    sums.set(key, sum)
  }
  return [...sums.values()].sort((a, b) => t.compare(a.type, b.type) || ((a.year ?? '') < (b.year ?? '') ? -1 : 1))
}

export function totalText(t: Translator, flows: readonly InitiativeContribution[]): string | undefined {
  const totals = totalsByCurrency(
    flows.flatMap(({ money }) => (money ? [{ amount: money.amount, currency: money.currency }] : [])),
  )
  return totals.length > 0 ? totals.map((total) => moneyText(t, total)).join(' · ') : undefined
}

type FlowTableProps = Pick<DetailProps, 'request' | 'view' | 'naming'> & { readonly flows: readonly InitiativeContribution[] }

export function FlowTable({ request: { t }, view, naming, flows }: FlowTableProps) {
  const partners = new Map((view.record.facts.partners ?? []).map((partner) => [partner.no, partner]))
  const party = (no: string | undefined, name: string | undefined, ref: string | undefined) => {
    const partner = no === undefined ? undefined : partners.get(no)
    const text = (partner && partyLabel(t, partner, naming.orgs)) ?? name ?? ref
    return text && <bdi>{text}</bdi>
  }
  const columns: Column<InitiativeContribution>[] = [
    { key: 'type', label: t('published.flows.type'), cell: (row) => flowTypeText(t, row) },
    { key: 'when', label: t('registry.fact.when'), cell: ({ period, money }) => whenText(t, period, money?.valueDate) },
    {
      key: 'amount',
      label: t('registry.fact.amount'),
      kind: 'number',
      cell: ({ money, quantity }) => (money && moneyText(t, money)) ?? (quantity && quantityText(t, quantity)),
    },
    { key: 'giver', label: t('registry.fact.giver'), cell: (row) => party(row.giver, row.giverName, row.giverRef) },
    { key: 'taker', label: t('registry.fact.taker'), cell: (row) => party(row.taker, row.takerName, row.takerRef) },
    {
      key: 'what',
      label: t('registry.fact.description'),
      cell: ({ description }) => description && <bdi>{shortened(description)}</bdi>,
    },
  ]
  return (
    <DataTable
      caption={t('published.flows.title')}
      captionHidden
      columns={statedColumns(columns, flows)}
      rows={flows}
      rowKey={(row) => row.no}
    />
  )
}

/** In a table of many a description is a hint; the history and the exports have all of it. */
const LONGEST_DESCRIPTION = 160

function shortened(text: string): string {
  return text.length <= LONGEST_DESCRIPTION ? text : `${text.slice(0, LONGEST_DESCRIPTION)}…`
}

/** A transaction has one day; a budget has a period. */
function whenText(t: Translator, period: InitiativeContribution['period'], valueDate: string | undefined): string | undefined {
  if (period?.start !== undefined && (period.end === undefined || period.end === period.start)) return t.date(period.start)
  return periodText(t, period) ?? (valueDate === undefined ? undefined : t.date(valueDate))
}
