/** Parts that must say who or what they are: texts, organisations, codes of the publisher's own, points on the map. */
import { elementsOf, firstElement, type XmlElement } from '../element.ts'
import { type CheckRun, hasText, hasValue, shown, textWithin } from './check-run.ts'

function hasNarrative(element: XmlElement): boolean {
  return element.children.some((child) => typeof child !== 'string' && child.name === 'narrative' && hasText(child))
}

/** Title and description of an activity, name of an organisation. Without any narrative it is the structure that says so. */
export function checkMainText(element: XmlElement, run: CheckRun): void {
  if (elementsOf(element, 'narrative').length > 0 && !hasNarrative(element)) run.say('error', 'text-missing', {})
}

/** Any other text: nothing is lost when it is empty, but somebody meant to say something. */
export function checkNarrative(narrative: XmlElement, run: CheckRun): void {
  if (hasText(narrative) || (run.stack.length === 3 && MAIN_TEXTS.has(run.stack[1]?.name ?? ''))) return
  run.say('warning', 'text-missing', {})
}

const MAIN_TEXTS = new Set(['title', 'description', 'name'])

export function checkNamed(organisation: XmlElement, run: CheckRun): void {
  if (!hasValue(organisation, 'ref') && !hasNarrative(organisation)) run.say('error', 'organisation-unnamed', {})
}

/** 98 and 99 are "reporting organisation" in every list of vocabularies: nobody else knows what the code means. */
export function checkOwnCode(element: XmlElement, run: CheckRun): void {
  const { vocabulary, code } = element.attributes
  if ((vocabulary === '99' || vocabulary === '98') && !hasNarrative(element)) {
    run.say('error', 'own-code-unexplained', { found: shown(code ?? '') })
  }
}

export function checkPolicyMarker(marker: XmlElement, run: CheckRun): void {
  const { vocabulary, significance } = marker.attributes
  if ((vocabulary ?? '1') === '1' && significance === undefined)
    run.say('error', 'attribute-missing', { missing: 'significance' })
  checkOwnCode(marker, run)
}

/** `latitude longitude`, in degrees. */
export function checkPoint(point: XmlElement, run: CheckRun): void {
  const pos = firstElement(point, 'pos')
  if (pos === undefined) return
  const text = textWithin(pos).trim()
  const [latitude = Number.NaN, longitude = Number.NaN, ...more] = text.split(/[\s,]+/).map(Number)
  const isRead = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && more.length === 0
  if (!isRead) run.say('warning', 'position-not-read', { found: shown(text) }, [pos])
}

/** At most one default aid type, and one of a transaction, in each vocabulary. */
export function checkAidTypes(parent: XmlElement, name: string, run: CheckRun): void {
  const seen = new Set<string>()
  for (const child of parent.children) {
    if (typeof child === 'string' || child.name !== name) continue
    const vocabulary = child.attributes.vocabulary ?? '1'
    if (seen.has(vocabulary)) run.say('warning', 'aid-type-repeated', { vocabulary }, [child])
    seen.add(vocabulary)
  }
}

/** An emergency or an appeal is named, and nothing of the activity is marked as humanitarian. */
export function checkHumanitarian(activity: XmlElement, run: CheckRun): void {
  const scope = firstElement(activity, 'humanitarian-scope')
  if (scope === undefined || isMarked(activity) || elementsOf(activity, 'transaction').some(isMarked)) return
  run.say('warning', 'humanitarian-not-marked', {}, [scope])
}

function isMarked({ attributes: { humanitarian } }: XmlElement): boolean {
  return humanitarian === '1' || humanitarian === 'true'
}
