/** The four returns from the same records: every contribution is judged by each, counted once, and what is missing is said. */
import type { Decimal } from '../../kernel/decimal.ts'
import { dollarsOf, type MicroDollars, type ReturnRecord } from '../../modules/registry/index.ts'
import { type DoubleCounting, doubleCountingOf } from './double-counting.ts'
import { flowsOfRecord, type ReturnFlow } from './flows/state-flow.ts'
import { iberoAmericanRules } from './ibero-american/ibero-american-rules.ts'
import type { AmountLine, BuiltReturn, MissingLine, ReturnRow, ReturnRules, ReturnTotal } from './return-rows.ts'
import { sdgRules } from './sdg-17-3-1/sdg-rules.ts'
import { titleOf, usdText } from './stated-values.ts'
import { tossdRules } from './tossd/tossd-rules.ts'
import { unDataCubeRules } from './un-data-cube/un-data-cube-rules.ts'
import { outBecause, RETURN_FORMS, type ReturnForm, type Verdict } from './verdict.ts'

export const RETURN_RULES: Readonly<Record<ReturnForm, ReturnRules>> = {
  'sdg-17-3-1': sdgRules,
  tossd: tossdRules,
  'ibero-american': iberoAmericanRules,
  'un-data-cube': unDataCubeRules,
}

export interface ReturnsRequest {
  /** Year of the flows; every year where it is absent. */
  readonly year: number | undefined
  /** Language of names and texts. */
  readonly lang: string
}

export interface BuiltReturns {
  /** Initiatives of the year. */
  readonly records: readonly ReturnRecord[]
  /** Their contributions of the year, and those that nobody dated. */
  readonly flows: readonly ReturnFlow[]
  /** Newest first: years in which something flows or was listed. */
  readonly years: readonly number[]
  readonly returns: Readonly<Record<ReturnForm, BuiltReturn>>
}

export function buildReturns(all: readonly ReturnRecord[], { year, lang }: ReturnsRequest): BuiltReturns {
  const everyFlow = all.flatMap((record) => flowsOfRecord(record, lang))
  const counting = doubleCountingOf(all, everyFlow)
  const flows = everyFlow.filter((flow) => year === undefined || flow.year === undefined || flow.year === year)
  const byRecord = Map.groupBy(flows, ({ record }) => record.id)
  const records = all.filter((record) => year === undefined || isOfYear(record, byRecord.get(record.id) ?? [], year))
  const inYear = records.flatMap((record) => byRecord.get(record.id) ?? [])
  const returns = Object.fromEntries(
    RETURN_FORMS.map((form) => [form, buildReturn(RETURN_RULES[form], { records, flows: inYear, counting, lang })]),
  ) as unknown as Record<ReturnForm, BuiltReturn>
  return { records, flows: inYear, years: yearsOf(all, everyFlow), returns }
}

interface Material {
  readonly records: readonly ReturnRecord[]
  readonly flows: readonly ReturnFlow[]
  readonly counting: DoubleCounting
  readonly lang: string
}

function buildReturn(rules: ReturnRules, material: Material): BuiltReturn {
  const { records, flows, counting, lang } = material
  const verdicts = judged(rules, material)
  const isIn = (state: Verdict['state']) => (flow: ReturnFlow) => verdicts.get(flow.key)?.state === state
  const counted = Map.groupBy(flows.filter(isIn('counted')), ({ record }) => record.id)
  const waiting = flows.filter(isIn('waiting'))
  const flowing = new Set(flows.map(({ record }) => record.id))
  const rows: ReturnRow[] = []
  const missing: MissingLine[] = []
  for (const record of records) {
    if (counting.repeats(record)) continue
    const ofRecord = counted.get(record.id) ?? []
    rows.push(...rules.rows(record, ofRecord, lang))
    for (const gap of rules.gaps(record, ofRecord)) missing.push(missingLine(record, lang, { ...gap, blocks: false }))
    // A table of initiatives says so itself, among its gaps.
    if (!flowing.has(record.id) && rules.form !== 'ibero-american')
      missing.push(missingLine(record, lang, { contributionNo: null, field: 'contributions', blocks: true }))
  }
  for (const flow of waiting) {
    for (const field of verdicts.get(flow.key)?.needs ?? [])
      missing.push(missingLine(flow.record, lang, { contributionNo: flow.contribution.no, field, blocks: true }))
  }
  return {
    form: rules.form,
    rows,
    totals: totalsOf(rules, rows),
    amounts: [
      ...[...counted.values()].flat().map((flow) => amountLine(flow, 'counted', lang)),
      ...waiting.map((flow) => amountLine(flow, 'waiting', lang)),
    ],
    missing,
    waiting: { usd: sumOf(waiting.map(({ value }) => value.micros ?? 0n)), contributions: waiting.length },
    verdicts,
  }
}

function judged(rules: ReturnRules, { flows, counting }: Material): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>()
  for (const flow of flows) {
    const twice = counting.reasonOf(flow)
    verdicts.set(flow.key, twice === undefined ? rules.judge(flow) : outBecause(twice))
  }
  if (!rules.meetsFunding) return verdicts
  // Money of a fund that is in this very return is not added again where the fund spends it (domain 8.3).
  const funding = new Set(
    flows.filter((flow) => isFunding(flow) && verdicts.get(flow.key)?.state === 'counted').map(({ record }) => record.id),
  )
  for (const flow of flows) {
    const { fundedBy } = flow.contribution
    if (fundedBy === undefined || verdicts.get(flow.key)?.state === 'out') continue
    if (counting.recordsOf(fundedBy).some(({ id }) => id !== flow.record.id && funding.has(id)))
      verdicts.set(flow.key, outBecause('funded_by'))
  }
  return verdicts
}

function isFunding({ contribution: { modality } }: ReturnFlow): boolean {
  return modality === 'core_contribution' || modality === 'pooled_contribution'
}

/** Dated by its flows, its lists or its period; what nobody dated belongs to every year, because it may be of this one. */
function isOfYear(record: ReturnRecord, flows: readonly ReturnFlow[], year: number): boolean {
  if (flows.some((flow) => flow.year === year) || record.listedYears.includes(year)) return true
  const { actualPeriod, plannedPeriod, contributions = [] } = record.facts
  const period = actualPeriod ?? plannedPeriod
  const isDated = contributions.some(({ period: own, money }) => (own?.start ?? own?.end ?? money?.valueDate) !== undefined)
  if (period?.start === undefined && period?.end === undefined) return record.listedYears.length === 0 && !isDated
  return (
    (period.start === undefined || Number(period.start.slice(0, 4)) <= year) &&
    (period.end === undefined || Number(period.end.slice(0, 4)) >= year)
  )
}

function yearsOf(records: readonly ReturnRecord[], flows: readonly ReturnFlow[]): number[] {
  const years = new Set([...records.flatMap(({ listedYears }) => listedYears), ...flows.flatMap(({ year }) => year ?? [])])
  return [...years].sort((a, b) => b - a)
}

function totalsOf(rules: ReturnRules, rows: readonly ReturnRow[]): ReturnTotal[] {
  return rules.totals.map(({ key, group }) => {
    const adding = rows.flatMap(({ adds }) => adds[key] ?? [])
    return { key, group, usd: sumOf(adding), rows: adding.length }
  })
}

export function sumOf(micros: Iterable<MicroDollars>): Decimal {
  let sum = 0n
  for (const one of micros) sum += one
  return dollarsOf(sum)
}

function missingLine(
  record: ReturnRecord,
  lang: string,
  line: Pick<MissingLine, 'contributionNo' | 'field' | 'blocks'>,
): MissingLine {
  return { initiativeId: record.id, collection: record.collection, title: titleOf(record, lang), ...line }
}

function amountLine({ record, contribution, value }: ReturnFlow, state: AmountLine['state'], lang: string): AmountLine {
  const { group, quantity, original, basis, rate, micros } = value
  return {
    initiativeId: record.id,
    collection: record.collection,
    title: titleOf(record, lang),
    contributionNo: contribution.no,
    state,
    modality: contribution.modality ?? null,
    group,
    quantity: quantity?.value ?? null,
    unit: quantity?.unit ?? null,
    originalAmount: original?.amount ?? null,
    originalCurrency: original?.currency ?? null,
    usd: usdText(micros),
    basis,
    rate: rate?.perDollar ?? null,
    rateYear: rate?.year ?? null,
    rateSource: rate?.source ?? null,
  }
}
