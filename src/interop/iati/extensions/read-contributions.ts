/** Contributions with what `sur:contribution` says of them; the money of one that has a plain element stands there. */
import type { InitiativeContribution, InitiativeFacts } from '../../../modules/registry/index.ts'
import { attributeOf, elementsOf, firstElement, type XmlElement } from '../element.ts'
import { exactText, flagOf, positionOf, some, stated, withPlaced } from './read-attributes.ts'

const FLOWS = ['budget', 'planned-disbursement', 'transaction'] as const

export function readContributions(activity: XmlElement, plain: InitiativeFacts): InitiativeContribution[] | undefined {
  const own = elementsOf(activity, 'sur:contribution')
  if (own.length === 0) return plain.contributions
  const plainByNo = flowsByNumber(activity, plain.contributions ?? [])
  const told = new Set([...plainByNo.values()].map(({ contribution }) => contribution))
  const placed = own.map((element) => ({
    position: positionOf(element),
    item: contributionOf(element, plainByNo.get(attributeOf(element, 'no') ?? '')),
  }))
  return withPlaced(
    (plain.contributions ?? []).filter((one) => !told.has(one)),
    placed,
  )
}

interface PlainFlow {
  readonly element: XmlElement
  readonly contribution: InitiativeContribution
}

/** Plain elements that have a number of ours, with what was read from them. */
function flowsByNumber(activity: XmlElement, contributions: readonly InitiativeContribution[]): ReadonlyMap<string, PlainFlow> {
  const byNumber = new Map<string, PlainFlow>()
  for (const name of FLOWS) {
    const read = contributions.filter(({ published }) => published?.element === name)
    const elements = elementsOf(activity, name)
    // An element that gave no contribution makes the order useless; what is ours then says what it can.
    if (read.length !== elements.length) continue
    for (const [index, element] of elements.entries()) {
      const no = attributeOf(element, 'sur:no')
      const contribution = read[index]
      if (no !== undefined && contribution) byNumber.set(no, { element, contribution })
    }
  }
  return byNumber
}

function contributionOf(own: XmlElement, plain: PlainFlow | undefined): InitiativeContribution {
  const read = (name: string) => attributeOf(own, name)
  const value = read('quantity')
  const unit = read('unit')
  const region = read('region')
  const period = { start: read('start'), end: read('end') }
  return stated({
    no: read('no') ?? plain?.contribution.no ?? '',
    giver: read('giver'),
    giverName: read('giver-name'),
    giverRef: read('giver-ref'),
    taker: read('taker'),
    takerName: read('taker-name'),
    takerRef: read('taker-ref'),
    joint: flagOf(own, 'joint'),
    modality: read('modality'),
    nature: read('nature') as InitiativeContribution['nature'],
    period: period.start === undefined && period.end === undefined ? undefined : stated(period),
    money: moneyOf(own, plain),
    quantity: value === undefined || unit === undefined ? undefined : { value, unit },
    description: exactText(firstElement(own, 'sur:description')),
    valuations: some(elementsOf(own, 'sur:valuation').map(valuationOf)),
    country: read('country'),
    region: region === undefined ? undefined : stated({ vocabulary: read('region-vocabulary'), code: region }),
    sectors: some(elementsOf(own, 'sur:sector').map(sectorOf)),
    published: flagOf(own, 'published') ? plain?.contribution.published : undefined,
  })
}

function moneyOf(own: XmlElement, plain: PlainFlow | undefined): InitiativeContribution['money'] {
  const amount = attributeOf(own, 'amount')
  const currency = attributeOf(own, 'currency')
  if (amount !== undefined && currency !== undefined)
    return stated({ amount, currency, valueDate: attributeOf(own, 'value-date') })
  const money = plain?.contribution.money
  if (!plain || !money || attributeOf(own, 'value') === 'valuation') return undefined
  const day = attributeOf(firstElement(plain.element, 'value'), 'sur:value-date')
  return stated({ ...money, valueDate: day === 'none' ? undefined : (day ?? money.valueDate) })
}

type Valuation = NonNullable<InitiativeContribution['valuations']>[number]

function valuationOf(element: XmlElement): Valuation {
  const year = attributeOf(element, 'price-year')
  return stated({
    amount: attributeOf(element, 'amount') ?? '',
    currency: attributeOf(element, 'currency') ?? '',
    basis: (attributeOf(element, 'basis') ?? 'estimate') as Valuation['basis'],
    priceYear: year === undefined ? undefined : Number(year),
    source: attributeOf(element, 'source'),
  })
}

function sectorOf(element: XmlElement): NonNullable<InitiativeContribution['sectors']>[number] {
  const share = attributeOf(element, 'share')
  return stated({
    vocabulary: attributeOf(element, 'vocabulary') ?? '',
    code: attributeOf(element, 'code') ?? '',
    share: share === undefined ? undefined : Number(share),
  })
}
