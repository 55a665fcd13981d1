/** Where: scope, recipient countries and regions, locations. */
import { findArea } from '../../../../codes/index.ts'
import { decimalOfNumber, multiplyDecimals } from '../../../../kernel/decimal.ts'
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import type { XmlElement } from '../../element.ts'
import { OWN_VOCABULARY, OWN_VOCABULARY_URI } from '../../own-namespace.ts'
import { element, narrative, narratives } from '../make-element.ts'
import { tagCode } from './tag-codes.ts'
import { iatiCode, ownAttributes, type WriteContext } from './write-context.ts'

const POINT_REFERENCE = 'http://www.opengis.net/def/crs/EPSG/0/4326'

/** A share of 0.333 as IATI writes it: 33.3. */
export function percentageOf(share: number | undefined): string | undefined {
  const exact = share === undefined ? undefined : decimalOfNumber(share)
  return exact === undefined ? undefined : multiplyDecimals(exact, '100')
}

export function countryCode(iso3: string): string {
  return findArea(iso3)?.iso2 ?? iso3
}

/**
 * Code of ActivityScope: as stated, as long as it does not speak against the scale. Countries to countries are 3, or 4 with one
 * recipient.
 */
export function activityScope(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  const stated = facts.published?.scope
  const { scale } = facts
  if (stated !== undefined && (scale === undefined || scaleOfScope(stated) === scale))
    return [element('activity-scope', { code: stated })]
  const usual = scale === undefined ? undefined : iatiCode('scale', scale, 'iati-activity-scope')
  if (usual === undefined) return []
  const code = scale === 'country_country' && recipientsOf(facts).length === 1 ? '4' : usual
  return [element('activity-scope', { code, ...ownAttributes(context, { derived: true, stated }) })]
}

function scaleOfScope(code: string): string {
  return code === '1' ? 'global' : code === '2' ? 'regional' : 'country_country'
}

/** Countries that receive: as stated, else those of the partners that receive. */
function recipientsOf({ countries, partners = [] }: InitiativeFacts): string[] {
  if (countries) return countries.map(({ iso3 }) => iso3)
  return [...new Set(partners.filter(({ role }) => role === 'recipient' || role === 'peer').flatMap(({ iso3 }) => iso3 ?? []))]
}

export function recipientCountries(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  if (facts.countries)
    return facts.countries.map(({ iso3, share }) =>
      element('recipient-country', { code: countryCode(iso3), percentage: percentageOf(share) }),
    )
  // A region that is stated is the whole of what the source says about recipients; shares with countries beside it nobody knows.
  if (facts.regions) return []
  return recipientsOf(facts).map((iso3) =>
    element('recipient-country', { code: countryCode(iso3), ...ownAttributes(context, { derived: true }) }),
  )
}

export function recipientRegions({ regions, countries, partners = [] }: InitiativeFacts, context: WriteContext): XmlElement[] {
  if (regions)
    return regions.map(({ vocabulary, code, share }) =>
      vocabulary === undefined
        ? ownRegion(code, { percentage: percentageOf(share) })
        : element('recipient-region', { vocabulary, code, percentage: percentageOf(share) }),
    )
  if (countries) return []
  const groups = new Set(
    partners.filter(({ role }) => role === 'recipient' || role === 'peer').flatMap(({ collective }) => collective?.group ?? []),
  )
  return [...groups].map((group) => ownRegion(group, ownAttributes(context, { derived: true })))
}

/** A region of our list, or the wording of the source: a vocabulary of ours, so it says its name. */
function ownRegion(code: string, attributes: Readonly<Record<string, string | number | boolean | undefined>>): XmlElement {
  const { list, name } = tagCode('region', code)
  return element(
    'recipient-region',
    { vocabulary: OWN_VOCABULARY, 'vocabulary-uri': OWN_VOCABULARY_URI, code: list, ...attributes },
    [narrative(name, 'en')],
  )
}

export function locations(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  return (facts.locations ?? []).map(({ ref, name, latitude, longitude, admin = [] }) => {
    const names = narratives(name, context)
    return element('location', { ref }, [
      names.length === 0 ? undefined : element('name', {}, names),
      ...admin.map(({ vocabulary, level, code }) => element('administrative', { code, vocabulary, level })),
      latitude === undefined || longitude === undefined
        ? undefined
        : element('point', { srsName: POINT_REFERENCE }, [element('pos', {}, [`${latitude} ${longitude}`])]),
    ])
  })
}
