/** Who reports what: identifier, reporting organisation, title, descriptions, other identifiers, status and dates. */
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import type { XmlElement } from '../../element.ts'
import { element, narrative, narratives } from '../make-element.ts'
import { dayElement } from './dates.ts'
import { iatiCode, ownAttributes, type WriteContext } from './write-context.ts'

export interface WrittenIdentity {
  readonly facts: InitiativeFacts
  /** Identifier of the record in its collection; an IATI identifier where it came from an IATI file. */
  readonly identifier: string | null
  readonly id: string
}

/**
 * The stated IATI identifier; else the record's own identifier behind that of the reporting organisation, as the standard builds
 * them. Undefined without a reporting organisation that has an identifier: nobody then answers for its being unique.
 */
export function iatiIdentifierOf({ facts, identifier, id }: WrittenIdentity, context: WriteContext): string | undefined {
  const stated = facts.identifiers?.find(({ scheme }) => scheme === 'iati')?.value
  if (stated !== undefined) return stated
  const publisher = refOfReportingOrg(facts, context)
  if (publisher === undefined) return undefined
  if (identifier?.startsWith(`${publisher}-`)) return identifier
  return `${publisher}-${(identifier ?? id).replace(/[\s/&|?]+/g, '-')}`
}

export function refOfReportingOrg({ reportingOrg }: InitiativeFacts, context: WriteContext): string | undefined {
  return reportingOrg?.ref ?? orgOf(reportingOrg?.orgId, context)?.iatiId
}

export function orgOf(orgId: string | undefined, context: WriteContext) {
  return orgId === undefined ? undefined : context.orgOf(orgId)
}

export function identityElements(identity: WrittenIdentity, context: WriteContext): XmlElement[] {
  const { facts } = identity
  const identifier = iatiIdentifierOf(identity, context)
  return [
    identifier === undefined ? [] : [element('iati-identifier', {}, [identifier])],
    reportingOrgElements(facts, context),
    textElement('title', facts.title, context),
    textElement('description', facts.summary, context, { type: '1' }),
    textElement('description', facts.objective, context, { type: '2' }),
    (facts.identifiers ?? []).filter(({ scheme }) => scheme !== 'iati').map((one) => otherIdentifier(one, context)),
    facts.phase === undefined
      ? []
      : [element('activity-status', { code: iatiCode('phase', facts.phase, 'iati-activity-status') })],
    activityDates(facts, context),
  ].flat()
}

function reportingOrgElements(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  const { reportingOrg } = facts
  if (!reportingOrg) return []
  const org = orgOf(reportingOrg.orgId, context)
  const names = reportingOrg.name === undefined ? narratives(org?.name, context) : [narrative(reportingOrg.name)]
  return [element('reporting-org', { ref: refOfReportingOrg(facts, context), type: org?.orgType }, names)]
}

function textElement(
  name: string,
  text: InitiativeFacts['title'],
  context: WriteContext,
  attributes: Readonly<Record<string, string>> = {},
): XmlElement[] {
  const texts = narratives(text, context)
  return texts.length === 0 ? [] : [element(name, attributes, texts)]
}

/** Schemes that are codes of OtherIdentifierType stand for themselves; others are kept in an attribute of ours. */
function otherIdentifier({ scheme, value }: { scheme: string; value: string }, context: WriteContext): XmlElement {
  if (/^[AB]\d$/.test(scheme)) return element('other-identifier', { ref: value, type: scheme })
  const type = scheme === 'internal' ? 'A1' : 'A9'
  return element('other-identifier', { ref: value, type, ...ownAttributes(context, { scheme }) })
}

/** Types of ActivityDateType: planned start, actual start, planned end, actual end. */
function activityDates({ plannedPeriod, actualPeriod }: InitiativeFacts, context: WriteContext): XmlElement[] {
  return [
    dayElement('activity-date', plannedPeriod?.start, 'first', context, { type: '1' }),
    dayElement('activity-date', actualPeriod?.start, 'first', context, { type: '2' }),
    dayElement('activity-date', plannedPeriod?.end, 'last', context, { type: '3' }),
    dayElement('activity-date', actualPeriod?.end, 'last', context, { type: '4' }),
  ].filter((date) => date !== undefined)
}
