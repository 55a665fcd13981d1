/** The whole activity as the facts alone say it, its children in the order of the schema. */
import type { XmlElement } from '../../element.ts'
import { element } from '../make-element.ts'
import { collaborationType, flowDefaults, humanitarianScopes, sectors, tags } from './classification.ts'
import { flows, flowsNamed } from './flows.ts'
import { activityScope, locations, recipientCountries, recipientRegions } from './geography.ts'
import { iatiIdentifierOf, identityElements, type WrittenIdentity } from './identity.ts'
import { ownContributions } from './own-flows.ts'
import { ownInitiative, type WrittenYear } from './own-initiative.ts'
import { participatingOrgs, partnersBeside } from './parties.ts'
import { documentLinks, documentsBeside, relatedActivities, results, resultsBeside } from './results.ts'
import type { WriteContext } from './write-context.ts'

export interface WrittenFacts extends WrittenIdentity {
  readonly listed: readonly WrittenYear[]
}

export function activityOfFacts(record: WrittenFacts, options: WriteContext): XmlElement {
  const { facts } = record
  const { published = {} } = facts
  const context = { ...options, language: published.language }
  const [identity, dates] = splitBefore(identityElements(record, context), 'other-identifier', 'activity-status', 'activity-date')
  const written = flows(facts, context)
  return element(
    'iati-activity',
    {
      'xml:lang': published.language,
      'default-currency': published.currency,
      humanitarian: facts.humanitarian,
      hierarchy: published.hierarchy,
    },
    [
      ...identity,
      ...participatingOrgs(facts, context),
      ...dates,
      ...contactInfo(record, context),
      ...activityScope(facts, context),
      ...recipientCountries(facts, context),
      ...recipientRegions(facts, context),
      ...locations(facts, context),
      ...sectors(facts),
      ...tags(facts, context),
      ...humanitarianScopes(facts),
      ...collaborationType(facts, context),
      ...flowDefaults(facts),
      ...flowsNamed(written, 'budget'),
      ...flowsNamed(written, 'planned-disbursement'),
      ...flowsNamed(written, 'transaction'),
      ...documentLinks(facts, context),
      ...relatedActivities(facts),
      ...results(facts, context),
      ...(context.own ? ownElements(record, written, context) : []),
    ],
  )
}

function ownElements(record: WrittenFacts, written: ReturnType<typeof flows>, context: WriteContext): XmlElement[] {
  const { facts, identifier } = record
  const isPublic = identifier === null || identifier === iatiIdentifierOf(record, context)
  const initiative = ownInitiative(facts, isPublic ? undefined : identifier, record.listed)
  return [
    initiative,
    ...partnersBeside(facts, context),
    ...ownContributions(written),
    ...resultsBeside(facts, context),
    ...documentsBeside(facts, context),
  ]
}

/** How to reach somebody, as one text; only with consent. */
function contactInfo({ facts }: WrittenFacts, { mayShowContact }: WriteContext): XmlElement[] {
  if (!mayShowContact || facts.contact === undefined) return []
  return [element('contact-info', {}, [element('mailing-address', {}, [element('narrative', {}, [facts.contact])])])]
}

/** The elements before the first of those names, and the rest. */
function splitBefore(elements: readonly XmlElement[], ...names: string[]): [XmlElement[], XmlElement[]] {
  const rest = elements.filter(({ name }) => names.includes(name))
  return [elements.filter(({ name }) => !names.includes(name)), rest]
}
