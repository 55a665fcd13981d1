/** Partners with what `sur:partner` says of them: within a participating organisation, or beside all of them. */
import type { InitiativeFacts, Partner } from '../../../modules/registry/index.ts'
import { attributeOf, elementsOf, firstElement, textOf, type XmlElement } from '../element.ts'
import { exactText, flagOf, positionOf, stated, withPlaced } from './read-attributes.ts'

export function readPartners(activity: XmlElement, plain: InitiativeFacts): Partner[] | undefined {
  const elements = elementsOf(activity, 'participating-org')
  const beside = elementsOf(activity, 'sur:partner')
  if (beside.length === 0 && !elements.some((one) => firstElement(one, 'sur:partner'))) return plain.partners
  const known = plain.partners?.length === elements.length ? plain.partners : undefined
  const inPlain = elements.map((one, index) => {
    const base = known?.[index] ?? partnerOf(one, index)
    const own = firstElement(one, 'sur:partner')
    if (!own) return base
    const name = flagOf(own, 'named') === false ? undefined : base.name
    return stated({ ...ownPartner(own, base.no), orgId: base.orgId, name, ref: base.ref })
  })
  const placed = beside.map((own, index) => ({
    position: positionOf(own),
    item: stated({
      ...ownPartner(own, `p${elements.length + index + 1}`),
      name: textOf(firstElement(firstElement(own, 'sur:name') ?? own, 'narrative')),
      ref: attributeOf(own, 'ref'),
    }),
  }))
  return withPlaced(inPlain, placed)
}

function partnerOf(element: XmlElement, index: number): Partner {
  const name = textOf(firstElement(element, 'narrative'))
  return stated({ no: String(index + 1), name, ref: attributeOf(element, 'ref') })
}

function ownPartner(own: XmlElement, no: string): Partner {
  const collective = firstElement(own, 'sur:collective')
  const members = attributeOf(collective, 'members')?.split(/\s+/)
  return {
    no: attributeOf(own, 'no') ?? no,
    role: attributeOf(own, 'role'),
    iso3: attributeOf(own, 'country'),
    partnerType: attributeOf(own, 'type'),
    unnamed: flagOf(own, 'unnamed'),
    agreed: flagOf(own, 'agreed'),
    contributesOwnResources: flagOf(own, 'own-resources'),
    responsibilities: exactText(firstElement(own, 'sur:responsibilities')),
    collective:
      collective &&
      stated({
        group: attributeOf(collective, 'group'),
        declaredBy: attributeOf(collective, 'declared-by'),
        memberIso3: members,
      }),
  }
}
