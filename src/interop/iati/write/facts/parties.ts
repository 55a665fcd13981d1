/** Partners as participating organisations (domain 7.3), with an element of ours for what their four roles cannot say. */
import { areaName, flowGroupOfModality } from '../../../../codes/index.ts'
import type { InitiativeFacts, Partner } from '../../../../modules/registry/index.ts'
import type { XmlElement } from '../../element.ts'
import { element, narrative, narratives } from '../make-element.ts'
import { orgOf } from './identity.ts'
import { iatiCode, type WriteContext } from './write-context.ts'

export function participatingOrgs(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  return (facts.partners ?? []).flatMap((partner) => {
    const role = organisationRole(partner, facts)
    if (role === undefined && !context.isLoose) return []
    const org = orgOf(partner.orgId, context)
    const { names, areNames } = namesOf(partner, context)
    const ref = partner.ref ?? org?.iatiId
    if (names.length === 0 && ref === undefined && !context.isLoose) return []
    const type = org?.orgType ?? (partner.partnerType && iatiCode('partnerType', partner.partnerType, 'iati-organisation-type'))
    return [
      element('participating-org', { ref, type: type || undefined, role }, [
        ...names,
        context.own ? ownPartner(partner, { named: areNames ? undefined : false }) : undefined,
      ]),
    ]
  })
}

/** Partners that plain 2.03 has no place for, with their position in the list: observers, and parties without role or name. */
export function partnersBeside(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  if (context.isLoose) return []
  return (facts.partners ?? []).flatMap((partner, index) => {
    const org = orgOf(partner.orgId, context)
    const ref = partner.ref ?? org?.iatiId
    const { names, areNames } = namesOf(partner, context)
    if (organisationRole(partner, facts) !== undefined && (names.length > 0 || ref !== undefined)) return []
    const stated = areNames ? names : []
    return [ownPartner(partner, { position: index + 1, ref }, stated.length === 0 ? [] : [element('sur:name', {}, stated)])]
  })
}

/** Code of OrganisationRole; undefined for an observer, who is not exported, and for a party whose role nobody stated. */
function organisationRole({ role, no }: Partner, facts: InitiativeFacts): string | undefined {
  if (role === undefined) return undefined
  if (role === 'second_provider') return givesMoney(no, facts) ? '1' : '3'
  return iatiCode('role', role, 'iati-organisation-role')
}

function givesMoney(partner: string, { contributions = [] }: InitiativeFacts): boolean {
  return contributions.some(
    ({ giver, money, modality }) =>
      giver === partner && (modality === undefined ? money !== undefined : flowGroupOfModality(modality) === 'A'),
  )
}

/** A partner known by country alone goes by the name of the country, and our element says that this is not its name. */
function namesOf(partner: Partner, context: WriteContext): { names: XmlElement[]; areNames: boolean } {
  const own = partner.name === undefined ? narratives(orgOf(partner.orgId, context)?.name, context) : [narrative(partner.name)]
  const names = own.filter((name) => name !== undefined)
  if (names.length > 0) return { names, areNames: true }
  const country = partner.iso3 === undefined ? undefined : narrative(areaName(partner.iso3, 'en'), 'en')
  return { names: country ? [country] : [], areNames: false }
}

function ownPartner(
  partner: Partner,
  attributes: Readonly<Record<string, string | number | boolean | undefined>>,
  children: readonly XmlElement[] = [],
): XmlElement {
  const { collective, responsibilities } = partner
  return element(
    'sur:partner',
    {
      no: partner.no,
      role: partner.role,
      country: partner.iso3,
      type: partner.partnerType,
      unnamed: partner.unnamed,
      agreed: partner.agreed,
      'own-resources': partner.contributesOwnResources,
      ...attributes,
    },
    [
      ...children,
      responsibilities === undefined ? undefined : element('sur:responsibilities', {}, [responsibilities]),
      collective &&
        element('sur:collective', {
          group: collective.group,
          'declared-by': collective.declaredBy,
          members: collective.memberIso3?.join(' '),
        }),
    ],
  )
}
