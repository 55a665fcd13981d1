/** Contribution by contribution, which return holds it, with which amount, and why the others do not. */
import type { Decimal } from '../../kernel/decimal.ts'
import type { BuiltReturns } from './build-returns.ts'
import { sumOf } from './build-returns.ts'
import type { ReturnFlow } from './flows/state-flow.ts'
import { titleOf, usdText } from './stated-values.ts'
import { type MissingField, RETURN_FORMS, type ReturnForm, type ReturnReason, type Verdict } from './verdict.ts'

export interface ComparedContribution {
  readonly initiativeId: string
  readonly collection: string
  readonly title: string | null
  readonly contributionNo: string
  readonly year: number | null
  readonly modality: string | null
  readonly nature: string | null
  readonly originalAmount: Decimal | null
  readonly originalCurrency: string | null
  readonly in: Readonly<Record<ReturnForm, ComparedVerdict>>
  /** Whether the returns that could hold it do not all treat it alike. */
  readonly differs: boolean
}

export interface ComparedVerdict {
  readonly state: Verdict['state']
  readonly reasons: readonly ReturnReason[]
  readonly needs: readonly MissingField[]
  /** What the return counts of it: a part of the amount where only some recipients qualify; null where it counts nothing. */
  readonly usd: Decimal | null
}

/** How many contributions, and dollars, each return leaves out for one reason or lacks for one fact. */
export interface ReasonCount {
  readonly state: 'waiting' | 'out'
  readonly code: ReturnReason | MissingField
  readonly in: Readonly<Record<ReturnForm, { readonly contributions: number; readonly usd: Decimal }>>
}

export function compareReturns(built: BuiltReturns, lang: string): ComparedContribution[] {
  const counted = countedByFlow(built)
  return built.flows.map((flow) => {
    const { record, contribution, year, value, key } = flow
    const verdicts = byForm((form) => {
      const { state = 'out', reasons = [], needs = [] } = built.returns[form].verdicts.get(key) ?? {}
      return { state, reasons, needs, usd: state === 'counted' ? usdText(counted[form].get(key) ?? value.micros) : null }
    })
    const states = new Set(RETURN_FORMS.map((form) => `${verdicts[form].state} ${verdicts[form].usd ?? ''}`))
    return {
      initiativeId: record.id,
      collection: record.collection,
      title: titleOf(record, lang),
      contributionNo: contribution.no,
      year: year ?? null,
      modality: contribution.modality ?? null,
      nature: contribution.nature ?? null,
      originalAmount: value.original?.amount ?? null,
      originalCurrency: value.original?.currency ?? null,
      in: verdicts,
      differs: states.size > 1,
    }
  })
}

/** Most contributions first. */
export function countReasons({ flows, returns }: BuiltReturns): ReasonCount[] {
  const found = new Map<
    string,
    { state: 'waiting' | 'out'; code: ReasonCount['code']; flows: Record<ReturnForm, ReturnFlow[]> }
  >()
  for (const form of RETURN_FORMS) {
    for (const flow of flows) {
      const verdict = returns[form].verdicts.get(flow.key)
      if (!verdict || verdict.state === 'counted') continue
      const { state } = verdict
      // The reason that decides; of what is missing, each fact, because each must be stated.
      for (const code of state === 'out' ? verdict.reasons.slice(0, 1) : verdict.needs) {
        const key = `${state} ${code}`
        const entry = found.get(key) ?? { state, code, flows: byForm<ReturnFlow[]>(() => []) }
        entry.flows[form].push(flow)
        found.set(key, entry)
      }
    }
  }
  const most = (entry: { flows: Record<ReturnForm, ReturnFlow[]> }) =>
    Math.max(...RETURN_FORMS.map((form) => entry.flows[form].length))
  return [...found.values()]
    .sort((a, b) => most(b) - most(a) || (a.code < b.code ? -1 : 1))
    .map(({ state, code, flows: byReturn }) => ({
      state,
      code,
      in: byForm((form) => ({
        contributions: byReturn[form].length,
        usd: sumOf(byReturn[form].map(({ value }) => value.micros ?? 0n)),
      })),
    }))
}

/** What the rows of a return say of each contribution; the table of initiatives adds them up, so there the flow itself speaks. */
function countedByFlow({ returns }: BuiltReturns): Record<ReturnForm, ReadonlyMap<string, bigint>> {
  return byForm((form) => {
    const sums = new Map<string, bigint>()
    for (const { initiativeId, contributionNo, adds } of returns[form].rows) {
      if (contributionNo === null) continue
      const key = `${initiativeId} ${contributionNo}`
      for (const micros of Object.values(adds)) sums.set(key, (sums.get(key) ?? 0n) + micros)
    }
    return sums
  })
}

function byForm<T>(of: (form: ReturnForm) => T): Record<ReturnForm, T> {
  return Object.fromEntries(RETURN_FORMS.map((form) => [form, of(form)])) as unknown as Record<ReturnForm, T>
}
