/**
 * Fields of the United Nations system's financial data standards, by contribution and year: what an entity receives (revenue, by
 * contributor) and what it spends (expense), with entity, function, location, financing instrument and Goals. The two are apart:
 * what is received is spent later, and a sum of both would count it twice.
 */
import { findArea } from '../../../codes/index.ts'
import type { ReturnFlow } from '../flows/state-flow.ts'
import type { ReturnRow, ReturnRules } from '../return-rows.ts'
import { AMOUNT_COLUMNS, amountValues, goalsOf, listed, orNull, titleOf, usdText } from '../stated-values.ts'
import { type MissingField, type Verdict, verdictFrom } from '../verdict.ts'

type Kind = 'revenue' | 'expense'

export const unDataCubeRules: ReturnRules = {
  form: 'un-data-cube',
  columns: [
    { key: 'year', form: 'integer' },
    { key: 'flowKind', words: 'flow-kind' },
    { key: 'entity' },
    { key: 'function', list: 'unFunction' },
    { key: 'location', list: 'country' },
    { key: 'm49' },
    { key: 'instrument', list: 'modality' },
    { key: 'goals' },
    { key: 'contributor' },
    { key: 'contributorCountry', list: 'country' },
    { key: 'title' },
    { key: 'identifier' },
    { key: 'usd', form: 'decimal' },
    ...AMOUNT_COLUMNS,
  ],
  totals: [
    { key: 'revenue-money', group: 'A' },
    { key: 'revenue-in-kind', group: 'B' },
    { key: 'expense-money', group: 'A' },
    { key: 'expense-in-kind', group: 'B' },
  ],
  meetsFunding: false,
  judge,
  rows: (_record, counted, lang) => counted.flatMap((flow) => rowsOfFlow(flow, lang)),
  gaps: (_record, counted) =>
    counted.flatMap((flow) => gapsOf(flow).map((field) => ({ contributionNo: flow.contribution.no, field }))),
}

function judge(flow: ReturnFlow): Verdict {
  const { direction, value, giver, taker, year } = flow
  const parties = [giver, taker]
  const isEntity = parties.some((party) => party?.isUnEntity)
  return verdictFrom(
    [
      giver?.isUnEntity && taker?.isUnEntity && giver.name !== taker.name && 'between_entities',
      // With both parties known, and neither of the system, it is no business of this return.
      !isEntity &&
        giver !== undefined &&
        (taker !== undefined || flow.places.some(({ iso3 }) => iso3 !== undefined)) &&
        'not_un_entity',
      (direction === 'committed' || direction === 'planned' || direction === 'pledged' || direction === 'incoming_promise') &&
        'not_delivered',
      direction === 'repaid' && 'repayment',
      direction === 'guarantee' && 'guarantee',
      value.group === 'C' && 'described_only',
    ],
    [
      !isEntity && 'entity',
      direction === undefined && 'nature',
      year === undefined && 'year',
      isEntity && kindOf(flow) === 'revenue' && giver === undefined && 'contributor',
      value.group === 'B' && value.basis === 'none' && 'valuation',
      value.original !== undefined && value.micros === undefined && 'rate',
    ],
  )
}

/** What reaches an entity is its revenue, also when the contributor's record tells it. */
function kindOf({ taker }: ReturnFlow): Kind {
  return taker?.isUnEntity ? 'revenue' : 'expense'
}

function rowsOfFlow(flow: ReturnFlow, lang: string): ReturnRow[] {
  const { record, contribution, giver, taker, year, value } = flow
  const kind = kindOf(flow)
  const total = `${kind}-${value.group === 'B' ? 'in-kind' : 'money'}`
  // Revenue belongs to an entity, not to a place.
  const parts = kind === 'revenue' ? [{ iso3: undefined, micros: value.micros }] : flow.places
  return parts.map(({ iso3, micros }) => ({
    initiativeId: record.id,
    collection: record.collection,
    contributionNo: contribution.no,
    values: {
      year: year === undefined ? null : String(year),
      flowKind: kind,
      entity: orNull(kind === 'revenue' ? taker?.name : giver?.name),
      function: orNull(functionOf(flow)),
      location: iso3 ?? null,
      m49: orNull(iso3 === undefined ? undefined : findArea(iso3)?.m49),
      instrument: kind === 'revenue' ? orNull(instrumentOf(flow)) : null,
      goals: listed(goalsOf(record)),
      contributor: kind === 'revenue' ? orNull(giver?.name ?? giver?.iso3) : null,
      contributorCountry: kind === 'revenue' ? orNull(giver?.iso3) : null,
      title: titleOf(record, lang),
      identifier: record.identifier,
      usd: usdText(micros),
      ...amountValues(flow),
    },
    adds: { [total]: micros ?? 0n },
  }))
}

function functionOf({ contribution, record }: ReturnFlow): string | undefined {
  const isHumanitarian = contribution.published?.humanitarian ?? record.facts.humanitarian
  return contribution.unFunction ?? (isHumanitarian ? 'humanitarian_assistance' : undefined)
}

/** Only what a modality says by itself: core to the entity, or pooled with others. */
function instrumentOf({ contribution: { modality } }: ReturnFlow): string | undefined {
  return modality === 'core_contribution' || modality === 'pooled_contribution' ? modality : undefined
}

function gapsOf(flow: ReturnFlow): MissingField[] {
  const kind = kindOf(flow)
  const checks: (MissingField | false)[] = [
    functionOf(flow) === undefined && 'function',
    kind === 'revenue' && instrumentOf(flow) === undefined && 'instrument',
    kind === 'expense' && flow.places.some(({ iso3 }) => iso3 === undefined) && 'recipient',
    goalsOf(flow.record).length === 0 && 'goals',
  ]
  return checks.filter((field) => field !== false)
}
