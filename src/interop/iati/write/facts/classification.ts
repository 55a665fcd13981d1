/** About what: sectors, tags, humanitarian scope, and the defaults that an activity states for its flows. */
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import type { XmlElement } from '../../element.ts'
import { OWN_VOCABULARY, OWN_VOCABULARY_URI } from '../../own-namespace.ts'
import { element, narrative } from '../make-element.ts'
import { percentageOf } from './geography.ts'
import { orgOf } from './identity.ts'
import { type TagList, tagCode } from './tag-codes.ts'
import { iatiCode, ownAttributes, type WriteContext } from './write-context.ts'

export function sectors(facts: InitiativeFacts): XmlElement[] {
  const stated = (facts.sectors ?? []).map(({ vocabulary, code, share }) =>
    element('sector', { vocabulary, code, percentage: percentageOf(share) }, [
      // A code of the reporting organisation's own list needs words, and a source that has no list gives words for a code.
      vocabulary === OWN_VOCABULARY ? narrative(code) : undefined,
    ]),
  )
  const area = areaAsSector(facts)
  if (area === undefined) return stated
  const { list, name } = tagCode('demandArea', area)
  const own = { vocabulary: OWN_VOCABULARY, 'vocabulary-uri': OWN_VOCABULARY_URI, code: list }
  return [...stated, element('sector', own, [narrative(name, 'en')])]
}

/**
 * An area of demand is a sector of our vocabulary where it stands alone in it. Several need shares that nobody stated: then they
 * are tags, and no sum of percentages is made up.
 */
function areaAsSector({ demandAreas = [], sectors: stated = [] }: InitiativeFacts): string | undefined {
  return demandAreas.length === 1 && !stated.some(({ vocabulary }) => vocabulary === OWN_VOCABULARY) ? demandAreas[0] : undefined
}

export function tags(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  const goals = (facts.goals ?? []).map(({ goal, target, contribution }) =>
    element('tag', {
      vocabulary: target === undefined ? '2' : '3',
      code: target ?? goal,
      ...ownAttributes(context, { contribution }),
    }),
  )
  const published = (facts.published?.tags ?? []).map(({ vocabulary, code, uri }) =>
    element('tag', { vocabulary, 'vocabulary-uri': uri, code }),
  )
  return [...goals, ...published, ...(context.own ? ownTags(facts, context) : [])]
}

function ownTags(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  const areas = areaAsSector(facts) === undefined ? (facts.demandAreas ?? []) : []
  return [
    ...frameworkTags(context),
    ...(facts.agencyRoles ?? []).map(({ role, org }) => listTag('agencyRole', role, { 'sur:org': nameOfOrg(org, context) })),
    ...(facts.supportCategories ?? []).map((category) => listTag('supportCategory', category)),
    ...(facts.scale === undefined ? [] : [listTag('scale', facts.scale)]),
    ...areas.map((area) => listTag('demandArea', area)),
  ]
}

/** The computed label as one of the three frameworks that have a code. */
export function frameworkTags({ label }: WriteContext): XmlElement[] {
  const code = label && iatiCode('framework', label, 'tossd-framework')
  return code === undefined ? [] : [ownTag(code, FRAMEWORK_NAMES[code] ?? code)]
}

/** As the standard on total official support for sustainable development names its three frameworks. */
const FRAMEWORK_NAMES: Readonly<Record<string, string>> = {
  FC01: 'South-South cooperation',
  FC02: 'Triangular cooperation',
  FC03: 'Multilateral support for South-South cooperation',
}

/** An organisation of the directory goes by its published identifier; anything else stands as it was stated. */
function nameOfOrg(org: string | undefined, context: WriteContext): string | undefined {
  return orgOf(org, context)?.iatiId ?? org
}

function listTag(list: TagList, code: string, attributes: Readonly<Record<string, string | undefined>> = {}): XmlElement {
  const { list: tag, name } = tagCode(list, code)
  return ownTag(tag, name, attributes)
}

function ownTag(code: string, name: string, attributes: Readonly<Record<string, string | undefined>> = {}): XmlElement {
  return element('tag', { vocabulary: OWN_VOCABULARY, 'vocabulary-uri': OWN_VOCABULARY_URI, code, ...attributes }, [
    narrative(name, 'en'),
  ])
}

export function humanitarianScopes(facts: InitiativeFacts): XmlElement[] {
  return (facts.humanitarianScopes ?? []).map(({ type, vocabulary, code }) =>
    element('humanitarian-scope', { type, vocabulary, code }),
  )
}

/**
 * 8 for triangular cooperation only; South-South cooperation has no code, and the other labels say who reports: 4 for a
 * multilateral body, else 1 (domain section 12). What the source states holds unless it speaks against the label.
 */
export function collaborationType(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  const stated = facts.published?.collaborationType
  const { label } = context
  if (stated !== undefined && (label === undefined || (stated === '8') === (label === 'TRC')))
    return [element('collaboration-type', { code: stated })]
  if (label === undefined || label === 'SSC' || label === 'UNDETERMINED' || label === 'NONE') return []
  const reporter = orgOf(facts.reportingOrg?.orgId, context)?.orgType
  const code = label === 'TRC' ? '8' : reporter === '40' ? '4' : reporter === undefined ? undefined : '1'
  return code === undefined ? [] : [element('collaboration-type', { code, ...ownAttributes(context, { derived: true, stated }) })]
}

export function flowDefaults({ published = {} }: InitiativeFacts): XmlElement[] {
  const coded = (name: string, code: string | undefined) => (code === undefined ? [] : [element(name, { code })])
  return [
    ...coded('default-flow-type', published.flowType),
    ...coded('default-finance-type', published.financeType),
    ...(published.aidTypes ?? []).map(({ vocabulary, code }) => element('default-aid-type', { code, vocabulary })),
    ...coded('default-tied-status', published.tiedStatus),
  ]
}
