/** Identifiers: that there is one, that it is not the organisation's, how it is written and whose it is. */
import { elementsOf, firstElement, type XmlElement } from '../element.ts'
import { type CheckRun, hasValue, shown, textWithin } from './check-run.ts'

/** Characters that the standard forbids in identifiers: they have a meaning in addresses and searches. */
const FORBIDDEN = ['/', '&', '|', '?']

/** At the end of an activity. */
export function checkActivityIdentity(activity: XmlElement, run: CheckRun): void {
  const element = firstElement(activity, 'iati-identifier')
  const reporter = firstElement(activity, 'reporting-org')
  const inside = element ? [element] : []
  const { identifier } = run
  if (identifier === undefined) {
    run.say('error', 'identifier-missing', {}, inside)
    return
  }
  checkSpelling(element === undefined ? identifier : textWithin(element), run, inside)
  const ref = reporter?.attributes.ref?.trim() || undefined
  if (identifier === ref) {
    run.say('error', 'identifier-of-organisation', { found: shown(identifier) }, inside)
    return
  }
  const refs = [...(ref === undefined ? [] : [ref]), ...formerRefs(activity)]
  const [first] = refs
  if (first === undefined || startsWithOne(identifier, refs)) return
  run.say('warning', 'identifier-prefix', { found: shown(identifier), accepted: shown(`${first}-`) }, inside)
}

/** At the end of an organisation. */
export function checkOrganisationIdentity(organisation: XmlElement, run: CheckRun): void {
  const element = firstElement(organisation, 'organisation-identifier')
  const inside = element ? [element] : []
  if (run.identifier === undefined) run.say('error', 'identifier-missing', {}, inside)
  else checkSpelling(element === undefined ? run.identifier : textWithin(element), run, inside)
}

/** `@ref` of an organisation. White space around it is told as well: it does not match the list of organisations then. */
export function checkOrganisationRef({ attributes: { ref } }: XmlElement, run: CheckRun): void {
  if (ref !== undefined && ref !== '') checkSpelling(ref, run, [], 'ref')
}

export function checkReportingOrg(organisation: XmlElement, run: CheckRun): void {
  const { ref } = organisation.attributes
  if (ref !== undefined && !hasValue(organisation, 'ref')) run.say('error', 'attribute-missing', { missing: 'ref' })
  else checkOrganisationRef(organisation, run)
}

function checkSpelling(text: string, run: CheckRun, inside: readonly XmlElement[], attribute?: string): void {
  if (FORBIDDEN.some((character) => text.includes(character))) {
    run.say('error', 'identifier-characters', { found: shown(text) }, inside, attribute)
  }
  if (hasSpace(text)) run.say('warning', 'identifier-spaces', { found: shown(text) }, inside, attribute)
}

function hasSpace(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 160) return true
  return false
}

/** What the organisation was called before: identifiers that it gave out then stay. */
function formerRefs(activity: XmlElement): string[] {
  return elementsOf(activity, 'other-identifier').flatMap(({ attributes: { type, ref } }) =>
    type === 'B1' && ref !== undefined && ref.trim() !== '' ? [ref.trim()] : [],
  )
}

function startsWithOne(identifier: string, refs: readonly string[]): boolean {
  return refs.some((ref) => identifier.startsWith(`${ref}-`))
}
