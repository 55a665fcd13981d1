/** Who reports and who takes part. A role of IATI is taken as a suggestion for the role in the cooperation (domain section 12). */
import type { InitiativeFacts, Partner } from '../../../modules/registry/index.ts'
import type { XmlElement } from '../element.ts'
import { lookUp } from '../look-up.ts'
import { LONGEST_NAME, namesOf } from './read-texts.ts'
import { attribute, cut, type Reading, stated } from './reading.ts'

const LONGEST_REF = 200

const ROLES: Readonly<Record<string, string>> = { '1': 'funder', '2': 'accountable', '3': 'facilitator', '4': 'implementer' }

/** OrganisationType to type of partner (domain 12.3). */
const PARTNER_TYPES: Readonly<Record<string, string>> = {
  '10': 'national_government',
  '11': 'sub_national_government',
  '15': 'national_government',
  '21': 'cso',
  '22': 'cso',
  '23': 'cso',
  '24': 'cso',
  '30': 'ppp',
  '40': 'multilateral',
  '60': 'foundation',
  '70': 'private_sector',
  '71': 'private_sector',
  '72': 'private_sector',
  '73': 'private_sector',
  '80': 'academia',
  '90': 'other',
}

export function readReportingOrg(element: XmlElement, reading: Reading): InitiativeFacts['reportingOrg'] {
  const { ref, name, found } = readParty(element, reading, 'reporting-org')
  if (ref === undefined && name === undefined) return undefined
  return stated({ orgId: found?.orgId, name, ref })
}

/** One partner for each participating organisation, in their order: `p1` is the first. */
export function readPartner(element: XmlElement, number: number, reading: Reading): Partner {
  const { ref, name, found } = readParty(element, reading, 'participating-org')
  return stated({
    no: `p${number}`,
    orgId: found?.orgId,
    name,
    ref,
    iso3: found?.iso3,
    unnamed: ref === undefined && name === undefined ? true : undefined,
    role: lookUp(ROLES, attribute(element, 'role')),
    partnerType: lookUp(PARTNER_TYPES, attribute(element, 'type')),
  })
}

function readParty(element: XmlElement, reading: Reading, path: string) {
  const names = namesOf(element, reading)
  const stated = attribute(element, 'ref')
  const ref = stated === undefined ? undefined : cut(stated, LONGEST_REF, reading, element, `${path}/@ref`)
  const name = names[0] === undefined ? undefined : cut(names[0], LONGEST_NAME, reading, element, `${path}/narrative`)
  const found = ref === undefined && name === undefined ? undefined : reading.findOrg(ref, names)
  return { ref, name, found }
}

/** Which of the partners a party to a flow is: by its identifier, or by its name when it gives none. */
export interface PartnerIndex {
  readonly byRef: ReadonlyMap<string, string>
  readonly byName: ReadonlyMap<string, string>
}

export function indexPartners(partners: readonly Partner[]): PartnerIndex {
  const byRef = new Map<string, string>()
  const byName = new Map<string, string>()
  for (const { no, ref, name } of partners) {
    if (ref !== undefined && !byRef.has(ref)) byRef.set(ref, no)
    if (name !== undefined && !byName.has(name)) byName.set(name, no)
  }
  return { byRef, byName }
}

export interface FlowParty {
  readonly partner?: string
  readonly name?: string
  readonly ref?: string
}

const NOBODY: FlowParty = {}

export function readFlowParty(
  element: XmlElement | undefined,
  partners: PartnerIndex,
  reading: Reading,
  path: string,
): FlowParty {
  if (element === undefined) return NOBODY
  const ref = attribute(element, 'ref')
  const name = namesOf(element, reading)[0]
  const partner = ref === undefined ? partners.byName.get(name ?? '') : partners.byRef.get(ref)
  if (partner !== undefined) return { partner }
  return stated({
    name: name === undefined ? undefined : cut(name, LONGEST_NAME, reading, element, `${path}/narrative`),
    ref: ref === undefined ? undefined : cut(ref, LONGEST_REF, reading, element, `${path}/@ref`),
  })
}
