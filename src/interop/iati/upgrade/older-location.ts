/**
 * A location as it was until 1.03: coordinates in attributes, the place in a gazetteer, the kind of place. What has no counterpart
 * (a precision other than exact, names of administrative areas) stays under its old name.
 */
import type { XmlElement, XmlNode } from '../element.ts'
import { lookUp } from '../look-up.ts'
import type { Notes } from './element-shape.ts'
import { hasChild } from './older-parts.ts'
import { isBlank, ownText, withAttribute, withoutOwnText } from './rewrite-element.ts'

const POINT_REFERENCE = 'http://www.opengis.net/def/crs/EPSG/0/4326'

/** Code of GeographicalPrecision for an exact place, and of GeographicExactness for the same. */
const EXACT = '1'
const ISO_COUNTRIES = 'A4'
const GAZETTEERS: Readonly<Record<string, { readonly vocabulary: string; readonly id: RegExp }>> = {
  GEO: { vocabulary: 'G1', id: /^\d+$/ },
  OSM: { vocabulary: 'G2', id: /^(node|way|relation)\/\d+$|^\d+$/ },
}

export function olderLocation(location: XmlElement, notes: Notes): XmlElement {
  const hasPoint = hasChild(location, 'point')
  const hasExactness = hasChild(location, 'exactness')
  const hasDesignation = hasChild(location, 'feature-designation')
  let changed = false
  const children = location.children.flatMap((child): XmlNode[] => {
    if (typeof child === 'string') return [child]
    const parts = partsOf(child, { hasPoint, hasExactness, hasDesignation })
    if (parts === undefined) return [child]
    changed = true
    return parts
  })
  if (!changed) return location
  notes.add('locations')
  return { ...location, children }
}

interface Present {
  readonly hasPoint: boolean
  readonly hasExactness: boolean
  readonly hasDesignation: boolean
}

function partsOf(child: XmlElement, present: Present): XmlElement[] | undefined {
  if (child.name === 'coordinates') return present.hasPoint ? undefined : coordinates(child, present.hasExactness)
  if (child.name === 'gazetteer-entry') return gazetteerEntry(child)
  if (child.name === 'location-type') return present.hasDesignation ? undefined : [{ ...child, name: 'feature-designation' }]
  if (child.name === 'administrative') return administrative(child)
  return undefined
}

function coordinates(child: XmlElement, hasExactness: boolean): XmlElement[] | undefined {
  const { latitude, longitude, precision, ...others } = child.attributes
  if (latitude === undefined || longitude === undefined || isBlank(latitude) || isBlank(longitude)) return undefined
  const made = (name: string, attributes: Readonly<Record<string, string>>, children: XmlNode[] = []): XmlElement => ({
    name,
    attributes,
    children,
    line: child.line,
  })
  const isExact = precision?.trim() === EXACT && !hasExactness
  const rest = { ...others, ...(precision === undefined || isExact ? {} : { precision }) }
  const text = ownText(child)
  const point = made('point', { srsName: POINT_REFERENCE }, [made('pos', {}, [`${latitude.trim()} ${longitude.trim()}`])])
  return [
    point,
    ...(isExact ? [made('exactness', { code: EXACT })] : []),
    ...(Object.keys(rest).length > 0 || !isBlank(text) ? [{ ...child, attributes: rest }] : []),
  ]
}

/** Only a text that can be an identifier of the gazetteer becomes one; some publishers wrote the name of the gazetteer. */
function gazetteerEntry(child: XmlElement): XmlElement[] | undefined {
  const gazetteer = lookUp(GAZETTEERS, child.attributes['gazetteer-ref']?.trim().toUpperCase())
  const id = ownText(child).trim()
  if (gazetteer === undefined || !gazetteer.id.test(id)) return undefined
  const { 'gazetteer-ref': _, ...others } = child.attributes
  return [
    withoutOwnText({
      ...child,
      name: 'location-id',
      attributes: { ...others, vocabulary: gazetteer.vocabulary, code: id },
    }),
  ]
}

/** The country becomes a code; adm1, adm2 and the text have no vocabulary and stay. */
function administrative(child: XmlElement): XmlElement[] | undefined {
  const country = child.attributes.country?.trim()
  if (country === undefined || country === '' || child.attributes.code !== undefined) return undefined
  const without = withAttribute(child, 'country', undefined)
  return [{ ...without, attributes: { ...without.attributes, vocabulary: ISO_COUNTRIES, code: country } }]
}
