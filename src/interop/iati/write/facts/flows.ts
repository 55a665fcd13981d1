/**
 * Contributions as budgets, planned disbursements and transactions (domain 8.2 and section 12). What 2.03 has no element for is
 * written by `own-flows.ts` alone: things without value, and flows whose date or kind nobody stated.
 */
import { findModality } from '../../../../codes/index.ts'
import { firstDayOf, lastDayOf, type PartialDate } from '../../../../kernel/partial-date.ts'
import type { InitiativeContribution, InitiativeFacts, Partner } from '../../../../modules/registry/index.ts'
import { attributeOf, type XmlElement } from '../../element.ts'
import { element, narrative, narratives } from '../make-element.ts'
import { dayElement } from './dates.ts'
import { countryCode } from './geography.ts'
import { orgOf } from './identity.ts'
import { inKindNote } from './in-kind-note.ts'
import { ownAttributes, type WriteContext } from './write-context.ts'

type FlowName = 'budget' | 'planned-disbursement' | 'transaction'
type Money = NonNullable<InitiativeContribution['money']>

export interface WrittenFlow {
  readonly contribution: InitiativeContribution
  /** Undefined when plain 2.03 has no place for it. */
  readonly element: XmlElement | undefined
}

export function flows(facts: InitiativeFacts, context: WriteContext): WrittenFlow[] {
  const partners = new Map((facts.partners ?? []).map((partner) => [partner.no, partner]))
  return (facts.contributions ?? []).map((contribution) => ({
    contribution,
    element: flowElement(contribution, partners, context),
  }))
}

export function flowsNamed(written: readonly WrittenFlow[], name: FlowName): XmlElement[] {
  return written.flatMap(({ element: one }) => (one?.name === name ? one : []))
}

function flowElement(
  contribution: InitiativeContribution,
  partners: ReadonlyMap<string, Partner>,
  context: WriteContext,
): XmlElement | undefined {
  const money = contribution.money ?? valuedMoney(contribution)
  const flow: Flow = { contribution, partners, context, money }
  if (!money && !isWanted(flow)) return undefined
  const name = contribution.published?.element ?? (contribution.nature === 'plan' ? plannedElement(contribution) : 'transaction')
  if (name === 'transaction') return transaction(flow)
  return name === 'budget' ? budget(flow) : plannedDisbursement(flow)
}

interface Flow {
  readonly contribution: InitiativeContribution
  readonly partners: ReadonlyMap<string, Partner>
  readonly context: WriteContext
  readonly money: Money | undefined
}

/** See `WriteContext.isLoose`. */
function isWanted({ contribution, context }: Flow): boolean {
  return context.isLoose === true && contribution.published !== undefined
}

/** A thing in kind that has been valued goes out as what it is worth; group C never becomes money. */
function valuedMoney({ modality, valuations = [] }: InitiativeContribution): Money | undefined {
  const group = modality === undefined ? undefined : findModality(modality)?.flowGroup
  const best = BASES.map((basis) => valuations.find((one) => one.basis === basis)).find((one) => one !== undefined)
  return group === 'B' && best ? { amount: best.amount, currency: best.currency } : undefined
}

/** What was paid before what a table says, and that before an estimate (domain 8.3). */
const BASES = ['actual', 'table', 'estimate'] as const

function isInKind({ modality }: InitiativeContribution): boolean {
  return modality !== undefined && findModality(modality)?.flowGroup === 'B'
}

/** A plan between two named parties is a planned disbursement, any other a budget. */
function plannedElement({ giver, giverName, giverRef, taker, takerName, takerRef }: InitiativeContribution): FlowName {
  const named = [giver ?? giverName ?? giverRef, taker ?? takerName ?? takerRef]
  return named.every((one) => one !== undefined) ? 'planned-disbursement' : 'budget'
}

function transaction(flow: Flow): XmlElement | undefined {
  const { contribution, context } = flow
  const { published, period, money } = contribution
  const type = published?.type ?? transactionType(contribution)
  // A transaction has one day. The end of a period is when its money had moved.
  const day = period?.end ?? period?.start ?? money?.valueDate
  if ((type === undefined || day === undefined) && !isWanted(flow)) return undefined
  const inKind = published === undefined && isInKind(contribution)
  const channel = published?.disbursementChannel ?? (inKind && (type === '3' || type === '4') ? '4' : undefined)
  return element(
    'transaction',
    { ref: published?.ref, humanitarian: published?.humanitarian, ...ownNumber(flow) },
    [
      coded('transaction-type', type),
      dayElement('transaction-date', day, 'last', context),
      value(flow, day && lastDayOf(day)),
      description(flow, inKind),
      party(flow, 'provider-org'),
      party(flow, 'receiver-org'),
      coded('disbursement-channel', channel),
      ...(contribution.sectors ?? []).map(({ vocabulary, code }) => element('sector', { vocabulary, code })),
      contribution.country && element('recipient-country', { code: countryCode(contribution.country) }),
      contribution.region &&
        element('recipient-region', { vocabulary: contribution.region.vocabulary, code: contribution.region.code }),
      coded('flow-type', published?.flowType),
      coded('finance-type', published?.financeType ?? (published ? undefined : financeType(contribution))),
      ...aidTypes(contribution).map(({ vocabulary, code }) => element('aid-type', { code, vocabulary })),
      coded('tied-status', published?.tiedStatus),
    ].filter((child) => child !== ''),
  )
}

/** Code of TransactionType; undefined where the nature alone does not decide it (interest or repayment, purchase or sale). */
function transactionType(contribution: InitiativeContribution): string | undefined {
  const { nature, taker, takerName, takerRef } = contribution
  const isPaidOut = nature === 'disbursement' || nature === 'delivery' || (nature === undefined && isInKind(contribution))
  if (isPaidOut) return (taker ?? takerName ?? takerRef) === undefined && isInKind(contribution) ? '4' : '3'
  return nature === undefined ? undefined : TYPE_OF_NATURE[nature]
}

const TYPE_OF_NATURE: Readonly<Partial<Record<NonNullable<InitiativeContribution['nature']>, string>>> = {
  receipt: '1',
  commitment: '2',
  guarantee: '10',
  incoming_commitment: '11',
  pledge: '12',
  incoming_pledge: '13',
}

function financeType({ modality }: InitiativeContribution): string | undefined {
  return modality === undefined ? undefined : findModality(modality)?.iatiFinanceTypes[0]
}

function aidTypes({ modality, published }: InitiativeContribution): readonly { vocabulary?: string | undefined; code: string }[] {
  if (published) return published.aidTypes ?? []
  const code = modality === undefined ? undefined : findModality(modality)?.iatiAidTypes[0]
  return code === undefined ? [] : [{ code }]
}

function budget(flow: Flow): XmlElement | undefined {
  const { contribution, context } = flow
  const { period, published } = contribution
  if (!isWanted(flow)) {
    if (period?.start === undefined || period.end === undefined) return undefined
    if (!published && !isWithinOneYear(period.start, period.end)) return undefined
  }
  return element('budget', { type: published?.type, status: published?.status, ...ownNumber(flow) }, [
    dayElement('period-start', period?.start, 'first', context),
    dayElement('period-end', period?.end, 'last', context),
    value(flow, period?.start && firstDayOf(period.start)),
  ])
}

function isWithinOneYear(start: PartialDate, end: PartialDate): boolean {
  const first = firstDayOf(start)
  return lastDayOf(end) < `${String(Number(first.slice(0, 4)) + 1).padStart(4, '0')}${first.slice(4)}`
}

function plannedDisbursement(flow: Flow): XmlElement | undefined {
  const { contribution, context } = flow
  const { period, published } = contribution
  if (period?.start === undefined && !isWanted(flow)) return undefined
  return element('planned-disbursement', { type: published?.type, ...ownNumber(flow) }, [
    dayElement('period-start', period?.start, 'first', context),
    dayElement('period-end', period?.end, 'last', context),
    value(flow, period?.start && firstDayOf(period.start)),
    party(flow, 'provider-org'),
    party(flow, 'receiver-org'),
  ])
}

function value({ money, context }: Flow, day: string | undefined): XmlElement | undefined {
  if (!money) return undefined
  const stated = money.valueDate
  return element(
    'value',
    {
      currency: money.currency,
      'value-date': stated === undefined ? day : firstDayOf(stated),
      ...ownAttributes(context, { 'value-date': stated?.length === 10 ? undefined : (stated ?? 'none') }),
    },
    [money.amount],
  )
}

/** That it is in kind, the disbursement channel says. */
function description({ contribution, context }: Flow, inKind: boolean): XmlElement | undefined {
  const words = narrative(contribution.description)
  const narratives = words ? [words] : inKind ? inKindNote(contribution, context.language) : []
  return narratives.length === 0 ? undefined : element('description', {}, narratives)
}

function party(flow: Flow, name: 'provider-org' | 'receiver-org'): XmlElement | undefined {
  const { contribution, partners, context } = flow
  const gives = name === 'provider-org'
  const no = gives ? contribution.giver : contribution.taker
  const partner = no === undefined ? undefined : partners.get(no)
  const org = orgOf(partner?.orgId, context)
  const ref = (gives ? contribution.giverRef : contribution.takerRef) ?? partner?.ref ?? org?.iatiId
  const stated = (gives ? contribution.giverName : contribution.takerName) ?? partner?.name
  const names = stated === undefined ? narratives(org?.name, context) : [narrative(stated)]
  const activity = gives ? contribution.published?.giverActivity : contribution.published?.takerActivity
  const made = element(
    name,
    { ref, [gives ? 'provider-activity-id' : 'receiver-activity-id']: activity, type: org?.orgType },
    names,
  )
  return made.children.length === 0 && attributeOf(made, 'ref') === undefined && activity === undefined ? undefined : made
}

function coded(name: string, code: string | undefined): XmlElement | undefined {
  return code === undefined ? undefined : element(name, { code })
}

/** By this number the element of ours at the end of the activity says the rest. */
function ownNumber({ contribution, context }: Flow) {
  return ownAttributes(context, { no: contribution.no })
}
