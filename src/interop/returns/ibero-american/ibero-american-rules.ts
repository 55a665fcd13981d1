/**
 * A table in the manner of the Ibero-American report on South-South cooperation: a row for each initiative with who provides, who
 * supports, who receives, who does both, and what each partner put in, budgeted and executed.
 */
import { dollarsOf, type MicroDollars, type Partner, type ReturnRecord } from '../../../modules/registry/index.ts'
import { partyOfPartner } from '../flows/party-of-flow.ts'
import type { ReturnFlow } from '../flows/state-flow.ts'
import type { ReturnRow, ReturnRules } from '../return-rows.ts'
import { dacSectorsOf, goalsOf, listed, orNull, textIn, titleOf, usdText } from '../stated-values.ts'
import { type MissingField, verdictFrom } from '../verdict.ts'

const COOPERATION = ['SSC', 'TRC', 'MSS']

export const iberoAmericanRules: ReturnRules = {
  form: 'ibero-american',
  columns: [
    { key: 'identifier' },
    { key: 'title' },
    { key: 'kind', list: 'initiativeKind' },
    { key: 'cooperation', words: 'cooperation' },
    { key: 'firstProviders' },
    { key: 'secondProviders' },
    { key: 'recipients' },
    { key: 'both' },
    { key: 'sector', list: 'sector' },
    { key: 'phase', list: 'phase' },
    { key: 'start' },
    { key: 'end' },
    { key: 'goals' },
    { key: 'objective' },
    { key: 'budgetedMoney', form: 'decimal' },
    { key: 'budgetedInKind', form: 'decimal' },
    { key: 'executedMoney', form: 'decimal' },
    { key: 'executedInKind', form: 'decimal' },
    { key: 'costByPartner' },
  ],
  totals: [
    { key: 'budgeted-money', group: 'A' },
    { key: 'budgeted-in-kind', group: 'B' },
    { key: 'executed-money', group: 'A' },
    { key: 'executed-in-kind', group: 'B' },
  ],
  meetsFunding: true,
  judge(flow) {
    const { record, direction, value, year, contribution } = flow
    const isBudget = direction === 'committed' || direction === 'planned'
    return verdictFrom(
      [
        isKnownOther(record) && 'not_cooperation',
        (direction === 'incoming' || direction === 'incoming_promise') && 'incoming',
        direction === 'pledged' && 'not_delivered',
        direction === 'repaid' && 'repayment',
        direction === 'guarantee' && 'guarantee',
        value.group === 'C' && 'described_only',
        isBudget && !budgetNumbers(record).has(contribution.no) && 'superseded_plan',
      ],
      [
        !isCooperation(record) && 'partners',
        direction === undefined && 'nature',
        year === undefined && 'year',
        value.group === 'B' && value.basis === 'none' && 'valuation',
        value.original !== undefined && value.micros === undefined && 'rate',
      ],
    )
  },
  rows: (record, counted, lang) => (isCooperation(record) ? [rowOf(record, counted, lang)] : []),
  gaps: (record, counted) => {
    if (isKnownOther(record)) return []
    return gapsOf(record, counted).map((field) => ({ contributionNo: null, field }))
  },
}

function isCooperation({ label }: ReturnRecord): boolean {
  return label !== undefined && COOPERATION.includes(label)
}

/** Not determined is another matter: then facts are missing. */
function isKnownOther(record: ReturnRecord): boolean {
  return record.label !== undefined && record.label !== 'UNDETERMINED' && !isCooperation(record)
}

const budgets = new WeakMap<object, ReadonlySet<string>>()

/**
 * Commitments where there are any, else budgets, revised ones in place of the original ones. Planned disbursements say when the same
 * money will be paid.
 */
function budgetNumbers({ facts }: ReturnRecord): ReadonlySet<string> {
  const known = budgets.get(facts)
  if (known) return known
  const all = facts.contributions ?? []
  const commitments = all.filter(({ nature }) => nature === 'commitment')
  const plans = all.filter(({ nature, published }) => nature === 'plan' && published?.element !== 'planned-disbursement')
  const revised = plans.filter(({ published }) => published?.type === '2')
  const counted = commitments.length > 0 ? commitments : revised.length > 0 ? revised : plans
  const numbers = new Set(counted.map(({ no }) => no))
  budgets.set(facts, numbers)
  return numbers
}

type Kind = 'budgeted' | 'executed'

function kindOf({ direction }: ReturnFlow): Kind {
  return direction === 'committed' || direction === 'planned' ? 'budgeted' : 'executed'
}

function totalOf(flow: ReturnFlow): string {
  return `${kindOf(flow)}-${flow.value.group === 'B' ? 'in-kind' : 'money'}`
}

function rowOf(record: ReturnRecord, counted: readonly ReturnFlow[], lang: string): ReturnRow {
  const { facts } = record
  const adds: Record<string, MicroDollars> = {}
  for (const flow of counted) adds[totalOf(flow)] = (adds[totalOf(flow)] ?? 0n) + (flow.value.micros ?? 0n)
  const names = (roles: readonly string[]) => listed(partiesIn(record, roles, lang))
  const period = facts.actualPeriod ?? facts.plannedPeriod
  return {
    initiativeId: record.id,
    collection: record.collection,
    contributionNo: null,
    values: {
      identifier: record.identifier,
      title: titleOf(record, lang),
      kind: facts.kind ?? null,
      cooperation: formOf(record),
      firstProviders: names(['first_provider']),
      secondProviders: names(['second_provider', 'funder']),
      recipients: names(['recipient']),
      both: names(['peer']),
      sector: listed(dacSectorsOf(record)),
      phase: facts.phase ?? null,
      start: orNull(period?.start),
      end: orNull(period?.end),
      goals: listed(goalsOf(record)),
      objective: textIn(facts.objective, lang) ?? textIn(facts.summary, lang),
      budgetedMoney: usdText(adds['budgeted-money']),
      budgetedInKind: usdText(adds['budgeted-in-kind']),
      executedMoney: usdText(adds['executed-money']),
      executedInKind: usdText(adds['executed-in-kind']),
      costByPartner: listed(costsByPartner(counted)),
    },
    adds,
  }
}

/** Bilateral, triangular or regional; a multilateral second provider makes it triangular there, and the word says so. */
function formOf({ label, facts }: ReturnRecord): string {
  if (label === 'TRC') return 'triangular'
  if (label === 'MSS') return 'triangular-multilateral'
  return facts.scale === 'regional' ? 'regional' : 'bilateral'
}

function partiesIn(record: ReturnRecord, roles: readonly string[], lang: string): string[] {
  const partners = (record.facts.partners ?? []).filter(({ role }) => role !== undefined && roles.includes(role))
  return [...new Set(partners.flatMap((partner) => partyText(record, partner, lang) ?? []))]
}

/** Country first, because the table is read by country: "BRA (Brazilian Cooperation Agency)". */
function partyText(record: ReturnRecord, partner: Partner, lang: string): string | undefined {
  const { name, iso3 } = partyOfPartner(record, partner, lang)
  if (iso3 === undefined) return name
  return name === undefined ? iso3 : `${iso3} (${name})`
}

/** "BRA: 13800 USD (B)": executed amounts of each giver, money and in kind apart. */
function costsByPartner(counted: readonly ReturnFlow[]): string[] {
  const sums = new Map<string, MicroDollars>()
  for (const flow of counted) {
    if (kindOf(flow) !== 'executed' || flow.value.micros === undefined) continue
    const giver = flow.giver?.iso3 ?? flow.giver?.name ?? '?'
    const key = `${giver}\u0000${flow.value.group}`
    sums.set(key, (sums.get(key) ?? 0n) + flow.value.micros)
  }
  return [...sums].map(([key, micros]) => {
    const [giver, group] = key.split('\u0000')
    return `${giver}: ${dollarsOf(micros)} USD (${group})`
  })
}

function gapsOf(record: ReturnRecord, counted: readonly ReturnFlow[]): MissingField[] {
  const { facts } = record
  const roles = (facts.partners ?? []).map(({ role }) => role)
  const checks: (MissingField | false)[] = [
    !isCooperation(record) && 'partners',
    facts.title === undefined && 'title',
    facts.kind === undefined && 'kind',
    !roles.some((role) => role === 'first_provider' || role === 'peer') && 'first_provider',
    !roles.some((role) => role === 'recipient' || role === 'peer') && 'receiving_side',
    dacSectorsOf(record).length === 0 && 'sector',
    facts.phase === undefined && 'phase',
    (facts.actualPeriod ?? facts.plannedPeriod)?.start === undefined && 'period',
    goalsOf(record).length === 0 && 'goals',
    counted.length === 0 && 'contributions',
  ]
  return checks.filter((field) => field !== false)
}
