/** Where and about what: countries, regions, locations, sectors, goals and tags. */
import { findArea, isCode } from '../../../codes/index.ts'
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import type { XmlElement } from '../element.ts'
import { lookUp } from '../look-up.ts'
import { OWN_VOCABULARY_URI } from '../own-namespace.ts'
import { localizedText, textIn } from './read-texts.ts'
import { readDegrees, readShare } from './read-values.ts'
import { attribute, cut, type Reading, stated } from './reading.ts'

type ItemOf<K extends keyof InitiativeFacts> = NonNullable<InitiativeFacts[K]> extends (infer T)[] ? T : never

export type Country = ItemOf<'countries'>
export type Region = ItemOf<'regions'>
export type Location = ItemOf<'locations'>
export type SectorShare = ItemOf<'sectors'>
export type GoalShare = ItemOf<'goals'>
export type Tag = NonNullable<NonNullable<InitiativeFacts['published']>['tags']>[number]

/** Vocabulary when none is stated, of regions as of sectors: the first of its list. */
const USUAL = '1'

const countries = new Map<string, string>()
const LONGEST_COUNTRY = 10

/** Alpha-3 of a country code of any kind. A code that is no country has no place in the facts. */
export function iso3Of(element: XmlElement): string | undefined {
  const code = attribute(element, 'code')
  if (code === undefined || code.length > LONGEST_COUNTRY) return undefined
  let iso3 = countries.get(code)
  if (iso3 === undefined) {
    iso3 = findArea(code)?.iso3 ?? ''
    if (countries.size < 5000) countries.set(code, iso3)
  }
  return iso3 || undefined
}

export function readCountry(element: XmlElement): Country | undefined {
  const iso3 = iso3Of(element)
  return iso3 === undefined ? undefined : withShare({ iso3 }, element)
}

export function regionVocabulary(element: XmlElement): string {
  return attribute(element, 'vocabulary') ?? USUAL
}

export function readRegion(element: XmlElement): Region | undefined {
  const code = attribute(element, 'code')
  return code === undefined ? undefined : withShare({ vocabulary: regionVocabulary(element), code }, element)
}

export function readSector(element: XmlElement): SectorShare | undefined {
  const code = attribute(element, 'code')
  return code === undefined ? undefined : withShare({ vocabulary: attribute(element, 'vocabulary') ?? USUAL, code }, element)
}

function withShare<T extends object>(value: T, element: XmlElement): T & { share?: number } {
  const share = readShare(element.attributes.percentage)
  return share === undefined ? value : { ...value, share }
}

/** Sector vocabularies 7 and 8, and tag vocabularies 2 and 3: a goal or a target of the Sustainable Development Goals. */
export function goalOf(list: 'goal' | 'target', code: string): GoalShare | undefined {
  if (list === 'goal') return isCode('sdgGoal', code) ? { goal: code } : undefined
  return isCode('sdgTarget', code) ? { goal: code.slice(0, code.indexOf('.')), target: code } : undefined
}

const TAG_LISTS: Readonly<Record<string, 'goal' | 'target'>> = { '2': 'goal', '3': 'target' }
const SECTOR_LISTS: Readonly<Record<string, 'goal' | 'target'>> = { '7': 'goal', '8': 'target' }

export function goalOfSector({ vocabulary, code }: SectorShare): GoalShare | undefined {
  const list = lookUp(SECTOR_LISTS, vocabulary)
  return list && goalOf(list, code)
}

/** A goal, or a tag that is kept as it is. Tags of our own vocabulary are read where the extensions are. */
export function readTag(element: XmlElement): { goal?: GoalShare; tag?: Tag } {
  const code = attribute(element, 'code')
  const vocabulary = attribute(element, 'vocabulary')
  const uri = attribute(element, 'vocabulary-uri')
  if (code === undefined || vocabulary === undefined || uri === OWN_VOCABULARY_URI) return {}
  const list = lookUp(TAG_LISTS, vocabulary)
  const goal = list && goalOf(list, code)
  return goal ? { goal } : { tag: stated({ vocabulary, code, uri }) }
}

export function readAidTypes(parent: XmlElement, name: 'aid-type' | 'default-aid-type') {
  const aidTypes: { vocabulary?: string; code: string }[] = []
  for (const child of parent.children) {
    if (typeof child === 'string' || child.name !== name) continue
    const code = attribute(child, 'code')
    if (code !== undefined) aidTypes.push(stated({ vocabulary: attribute(child, 'vocabulary'), code }))
  }
  return aidTypes
}

const LONGEST_REF = 200

export function readLocation(element: XmlElement, reading: Reading): Location {
  const names: XmlElement[] = []
  const admin: NonNullable<Location['admin']> = []
  let point: XmlElement | undefined
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (child.name === 'name') names.push(child)
    else if (child.name === 'point') point ??= child
    else if (child.name === 'administrative') {
      const code = attribute(child, 'code')
      if (code !== undefined) {
        admin.push(stated({ vocabulary: attribute(child, 'vocabulary'), level: attribute(child, 'level'), code }))
      }
    }
  }
  const ref = attribute(element, 'ref')
  const [latitude, longitude] = positionOf(point)
  return stated({
    ref: ref === undefined ? undefined : cut(ref, LONGEST_REF, reading, element, 'location/@ref'),
    name: localizedText(names, reading, 'location/name/narrative'),
    latitude,
    longitude,
    admin,
  })
}

/** `12.5 -7.25`; some publishers put a comma between. Half a position is none. */
function positionOf(point: XmlElement | undefined): [string | undefined, string | undefined] {
  for (const child of point?.children ?? []) {
    if (typeof child === 'string' || child.name !== 'pos') continue
    const [latitude, longitude, ...others] = textIn(child)
      .trim()
      .split(/[\s,]+/)
      .map(readDegrees)
    if (latitude !== undefined && longitude !== undefined && others.length === 0) return [latitude, longitude]
  }
  return [undefined, undefined]
}
