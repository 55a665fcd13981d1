/** Budgets, planned disbursements and transactions: one contribution for each, in the order in which they stand. */
import { flowGroupOfModality, listModalities } from '../../../codes/index.ts'
import type { InitiativeContribution } from '../../../modules/registry/index.ts'
import type { XmlElement } from '../element.ts'
import { lookUp } from '../look-up.ts'
import { type FlowParty, type PartnerIndex, readFlowParty } from './read-parties.ts'
import { iso3Of, readAidTypes, readSector, regionVocabulary } from './read-places.ts'
import { plainText } from './read-texts.ts'
import { type ReadMoney, readDate, readMoney, readPeriod } from './read-values.ts'
import { attribute, cut, isTrue, type Reading, stated } from './reading.ts'

type Nature = NonNullable<InitiativeContribution['nature']>

/** TransactionType to nature; 3 and 4 are deliveries when they are in kind. */
const NATURES: Readonly<Record<string, Nature>> = {
  '1': 'receipt',
  '2': 'commitment',
  '3': 'disbursement',
  '4': 'disbursement',
  '5': 'repayment',
  '6': 'repayment',
  '7': 'repayment',
  '8': 'equity',
  '9': 'equity',
  '10': 'guarantee',
  '11': 'incoming_commitment',
  '12': 'pledge',
  '13': 'incoming_pledge',
}

const LONGEST_REF = 300
const LONGEST_DESCRIPTION = 5000

/** What flows take from the activity where they say nothing themselves. */
export interface FlowDefaults {
  readonly aidType: string | undefined
  readonly financeType: string | undefined
  readonly partners: PartnerIndex
}

export function readBudget(
  element: XmlElement,
  no: string,
  name: 'budget' | 'planned-disbursement',
  defaults: FlowDefaults,
  reading: Reading,
): InitiativeContribution {
  const parts = partsOf(element)
  const giver = readFlowParty(parts['provider-org'], defaults.partners, reading, `${name}/provider-org`)
  const taker = readFlowParty(parts['receiver-org'], defaults.partners, reading, `${name}/receiver-org`)
  const money = readMoney(parts.value, reading, `${name}/value`)
  return stated({
    no,
    ...partiesOf(giver, taker),
    modality: modalityOf(defaults.aidType, defaults.financeType, money),
    nature: 'plan' as const,
    period: readPeriod(dateOf(parts['period-start']), dateOf(parts['period-end']), reading, element, `${name}/period-end`),
    money,
    published: stated({
      element: name,
      type: attribute(element, 'type'),
      status: attribute(element, 'status'),
      giverActivity: activityOf(parts['provider-org'], 'provider-activity-id', reading, name),
      takerActivity: activityOf(parts['receiver-org'], 'receiver-activity-id', reading, name),
    }),
  })
}

export function readTransaction(
  element: XmlElement,
  no: string,
  defaults: FlowDefaults,
  reading: Reading,
): InitiativeContribution {
  const parts = partsOf(element)
  const type = codeOf(parts['transaction-type'])
  const channel = codeOf(parts['disbursement-channel'])
  const aidTypes = parts['aid-type'] ? readAidTypes(element, 'aid-type') : []
  const financeType = codeOf(parts['finance-type'])
  const ownAidType = aidTypes.find(isDacAidType)?.code
  const ref = attribute(element, 'ref')
  const description = plainText(parts.description, reading)
  const day = dateOf(parts['transaction-date'])
  const giver = readFlowParty(parts['provider-org'], defaults.partners, reading, 'transaction/provider-org')
  const taker = readFlowParty(parts['receiver-org'], defaults.partners, reading, 'transaction/receiver-org')
  const money = readMoney(parts.value, reading, 'transaction/value')
  const region = parts['recipient-region']
  const regionCode = codeOf(region)
  return stated({
    no,
    ...partiesOf(giver, taker),
    modality: modalityOf(ownAidType ?? defaults.aidType, financeType ?? defaults.financeType, money),
    nature: natureOf(type, channel),
    period: day === undefined ? undefined : { start: day, end: day },
    money,
    description:
      description === undefined
        ? undefined
        : cut(description, LONGEST_DESCRIPTION, reading, element, 'transaction/description/narrative'),
    country: parts['recipient-country'] ? iso3Of(parts['recipient-country']) : undefined,
    region: region && regionCode !== undefined ? { vocabulary: regionVocabulary(region), code: regionCode } : undefined,
    sectors: parts.sector ? sectorsIn(element) : undefined,
    published: stated({
      element: 'transaction' as const,
      type,
      ref: ref === undefined ? undefined : cut(ref, LONGEST_REF, reading, element, 'transaction/@ref'),
      financeType,
      flowType: codeOf(parts['flow-type']),
      aidTypes,
      tiedStatus: codeOf(parts['tied-status']),
      disbursementChannel: channel,
      humanitarian: isTrue(attribute(element, 'humanitarian')),
      giverActivity: activityOf(parts['provider-org'], 'provider-activity-id', reading, 'transaction'),
      takerActivity: activityOf(parts['receiver-org'], 'receiver-activity-id', reading, 'transaction'),
    }),
  })
}

function partiesOf(giver: FlowParty, taker: FlowParty) {
  return {
    giver: giver.partner,
    giverName: giver.name,
    giverRef: giver.ref,
    taker: taker.partner,
    takerName: taker.name,
    takerRef: taker.ref,
  }
}

/** The first child of each name. */
function partsOf(element: XmlElement): Readonly<Record<string, XmlElement | undefined>> {
  const parts: Record<string, XmlElement | undefined> = Object.create(null)
  for (const child of element.children) if (typeof child !== 'string') parts[child.name] ??= child
  return parts
}

function codeOf(element: XmlElement | undefined): string | undefined {
  return element && attribute(element, 'code')
}

function dateOf(element: XmlElement | undefined) {
  return element && readDate(element.attributes['iso-date'])
}

function activityOf(party: XmlElement | undefined, name: string, reading: Reading, path: string): string | undefined {
  const identifier = party && attribute(party, name)
  if (party === undefined || identifier === undefined) return undefined
  return cut(identifier, LONGEST_REF, reading, party, `${path}/${party.name}/@${name}`)
}

function natureOf(type: string | undefined, channel: string | undefined): Nature | undefined {
  const nature = lookUp(NATURES, type)
  return nature === 'disbursement' && (channel === '3' || channel === '4') ? 'delivery' : nature
}

function sectorsIn(transaction: XmlElement) {
  const sectors = []
  for (const child of transaction.children) {
    const sector = typeof child !== 'string' && child.name === 'sector' ? readSector(child) : undefined
    if (sector) sectors.push(sector)
  }
  return sectors
}

/** Vocabulary 1 is that of the Development Assistance Committee, and the usual one. */
export function isDacAidType({ vocabulary }: { vocabulary?: string | undefined }): boolean {
  return vocabulary === undefined || vocabulary === '1'
}

let modalities: ReadonlyMap<string, string> | undefined

/**
 * Only where one modality alone has the two codes (domain 8.2): cash, goods and infrastructure share theirs. A flow without a readable
 * amount is no flow of money, whatever its codes.
 */
function modalityOf(
  aidType: string | undefined,
  financeType: string | undefined,
  money: ReadMoney | undefined,
): string | undefined {
  if (aidType === undefined || financeType === undefined) return undefined
  modalities ??= unambiguousModalities()
  const modality = modalities.get(`${aidType} ${financeType}`)
  return modality !== undefined && money === undefined && flowGroupOfModality(modality) === 'A' ? undefined : modality
}

function unambiguousModalities(): ReadonlyMap<string, string> {
  const byCodes = new Map<string, string[]>()
  for (const { code, iatiAidTypes, iatiFinanceTypes } of listModalities()) {
    for (const aid of iatiAidTypes) {
      for (const finance of iatiFinanceTypes) {
        const key = `${aid} ${finance}`
        byCodes.set(key, [...(byCodes.get(key) ?? []), code])
      }
    }
  }
  return new Map(
    [...byCodes].flatMap(([key, [only, ...others]]) => (only !== undefined && others.length === 0 ? [[key, only]] : [])),
  )
}
