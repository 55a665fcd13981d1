/** A contribution as every return reads it: when, which way, by whom, to whom and where, what it is and what it is worth. */
import { findModality } from '../../../codes/index.ts'
import type { InitiativeContribution, ReturnRecord } from '../../../modules/registry/index.ts'
import { giverOf, type ReturnParty, takerOf } from './party-of-flow.ts'
import { type PlacePart, placesOfFlow } from './places-of-flow.ts'
import { type FlowValue, valueOfFlow } from './value-of-flow.ts'

/** `given` is what arrived or was spent; of the others nothing has reached anybody yet, or it came back. */
export type FlowDirection =
  | 'given'
  | 'committed'
  | 'planned'
  | 'pledged'
  | 'incoming'
  | 'incoming_promise'
  | 'repaid'
  | 'equity'
  | 'guarantee'

export type FlowInstrument = 'grant' | 'loan' | 'debt_relief' | 'equity' | 'export_credit' | 'other'

export interface ReturnFlow {
  /** Of the initiative and the contribution, unique within a return. */
  readonly key: string
  readonly record: ReturnRecord
  readonly contribution: InitiativeContribution
  readonly year: number | undefined
  readonly direction: FlowDirection | undefined
  readonly giver: ReturnParty | undefined
  readonly taker: ReturnParty | undefined
  readonly places: readonly PlacePart[]
  readonly instrument: FlowInstrument | undefined
  /** Code of IATI's FinanceType, as published or as the modality stands for. */
  readonly financeType: string | undefined
  readonly aidTypes: readonly string[]
  readonly flowType: string | undefined
  readonly value: FlowValue
}

const DIRECTIONS: Readonly<Record<string, FlowDirection>> = {
  disbursement: 'given',
  delivery: 'given',
  commitment: 'committed',
  plan: 'planned',
  pledge: 'pledged',
  receipt: 'incoming',
  incoming_commitment: 'incoming_promise',
  incoming_pledge: 'incoming_promise',
  repayment: 'repaid',
  equity: 'equity',
  guarantee: 'guarantee',
}

export function flowsOfRecord(record: ReturnRecord, lang: string): ReturnFlow[] {
  return (record.facts.contributions ?? []).map((contribution) => stateFlow(record, contribution, lang))
}

function stateFlow(record: ReturnRecord, contribution: InitiativeContribution, lang: string): ReturnFlow {
  const { nature, modality, published, period, money } = contribution
  const defaults = record.facts.published
  const value = valueOfFlow(contribution)
  const taker = takerOf(record, contribution, lang)
  const date = period?.start ?? period?.end ?? money?.valueDate
  const known = modality === undefined ? undefined : findModality(modality)
  const financeType = published?.financeType ?? (published ? defaults?.financeType : undefined) ?? known?.iatiFinanceTypes[0]
  return {
    key: `${record.id} ${contribution.no}`,
    record,
    contribution,
    year: date === undefined ? undefined : Number(date.slice(0, 4)),
    direction: nature === undefined ? undefined : DIRECTIONS[nature],
    giver: giverOf(record, contribution, lang),
    taker,
    places: placesOfFlow(record, contribution, taker, value.micros),
    instrument: instrumentOf(modality, financeType),
    financeType,
    aidTypes: aidTypesOf(published?.aidTypes ?? (published ? defaults?.aidTypes : undefined)),
    flowType: published?.flowType ?? (published ? defaults?.flowType : undefined),
    value,
  }
}

function aidTypesOf(all: readonly { vocabulary?: string | undefined; code: string }[] = []): string[] {
  return all.filter(({ vocabulary }) => vocabulary === undefined || vocabulary === '1').map(({ code }) => code)
}

/** By the modality where one is stated, else by the hundred of the finance type; bonds and hybrids are neither grant nor loan. */
function instrumentOf(modality: string | undefined, financeType: string | undefined): FlowInstrument | undefined {
  if (modality === 'concessional_loan' || modality === 'non_concessional_loan') return 'loan'
  if (modality === 'debt_relief') return 'debt_relief'
  if (financeType === undefined) return undefined
  if (['450', '451', '452', '453'].includes(financeType)) return 'export_credit'
  if (/^1\d\d$/.test(financeType) || financeType === '210') return 'grant'
  if (['410', '411', '412', '421', '422', '431'].includes(financeType)) return 'loan'
  if (/^6\d\d$/.test(financeType)) return 'debt_relief'
  return /^5\d\d$/.test(financeType) || financeType === '432' ? 'equity' : 'other'
}
