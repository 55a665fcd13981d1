/** What our elements and tags say about the initiative as a whole, and which plain elements were only made from other facts. */

import { findArea } from '../../../codes/index.ts'
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import { attributeOf, elementsOf, firstElement, type XmlElement } from '../element.ts'
import { languageTag, localizedText } from '../facts/read-texts.ts'
import { OWN_VOCABULARY_URI } from '../own-namespace.ts'
import { codeOfTag, type TagList } from '../write/facts/tag-codes.ts'
import { flagOf, isDerived, knownDate, some, stated, withStates } from './read-attributes.ts'

export function readInitiative(own: XmlElement, activity: XmlElement): Partial<InitiativeFacts> {
  const codes = (name: string) => some(elementsOf(own, name).flatMap((one) => attributeOf(one, 'code') ?? []))
  const budget = firstElement(own, 'sur:budget')
  const amount = attributeOf(budget, 'amount')
  return stated({
    kind: attributeOf(own, 'kind') as InitiativeFacts['kind'],
    purpose: attributeOf(own, 'purpose') as InitiativeFacts['purpose'],
    theme: attributeOf(own, 'theme'),
    regionalPublicGood: flagOf(own, 'regional-public-good'),
    exchange: exchangeIn(own, activity),
    hosts: codes('sur:host'),
    engagedCountries: codes('sur:engaged-country'),
    territorialFocus: codes('sur:territorial-focus'),
    partnerTypes: codes('sur:partner-type'),
    modalities: codes('sur:modality'),
    budget: amount === undefined ? undefined : stated({ amount, currency: attributeOf(budget, 'currency') }),
  })
}

/** Titles and descriptions with the state of their translations. */
export function readTexts(activity: XmlElement, { title, summary, objective }: InitiativeFacts): Partial<InitiativeFacts> {
  const described = (...types: (string | undefined)[]) =>
    elementsOf(activity, 'description').find((one) => types.includes(attributeOf(one, 'type')))
  return stated({
    title: withStates(title, firstElement(activity, 'title')),
    summary: withStates(summary, described('1', undefined)),
    objective: withStates(objective, described('2')),
  })
}

function exchangeIn(own: XmlElement, activity: XmlElement): InitiativeFacts['exchange'] {
  const exchange = firstElement(own, 'sur:exchange')
  const reading = {
    language: languageTag(activity.attributes['xml:lang']) ?? 'und',
    currency: undefined,
    findOrg: () => undefined,
    problems: [],
  }
  return exchange && withStates(localizedText([exchange], reading, 'sur:exchange/narrative'), exchange)
}

/** Identifiers with our names for their schemes; one that was made for the file is none of the record. */
export function readIdentifiers(own: XmlElement, activity: XmlElement, plain: InitiativeFacts): InitiativeFacts['identifiers'] {
  const schemes = new Map(
    elementsOf(activity, 'other-identifier').map((one) => [attributeOf(one, 'ref'), attributeOf(one, 'sur:scheme')]),
  )
  const isMade = flagOf(own, 'iati-identifier-derived') === true
  return some(
    (plain.identifiers ?? [])
      .filter(({ scheme }) => !(isMade && scheme === 'iati'))
      .map(({ scheme, value }) => ({ scheme: (scheme === 'iati' ? undefined : schemes.get(value)) ?? scheme, value })),
  )
}

/** Start and end of both periods, where a date was widened to a day. */
export function readPeriods(
  activity: XmlElement,
  { plannedPeriod, actualPeriod }: InitiativeFacts,
): Pick<InitiativeFacts, 'plannedPeriod' | 'actualPeriod'> {
  const dates = elementsOf(activity, 'activity-date').filter((one) => attributeOf(one, 'sur:known-to') !== undefined)
  const date = (type: string, plain: string | undefined) => {
    const widened = dates.find((one) => attributeOf(one, 'type') === type)
    return widened && plain !== undefined ? knownDate(widened) : plain
  }
  const period = (plain: InitiativeFacts['plannedPeriod'], start: string, end: string) =>
    plain && stated({ start: date(start, plain.start), end: date(end, plain.end) })
  return { plannedPeriod: period(plannedPeriod, '1', '3'), actualPeriod: period(actualPeriod, '2', '4') }
}

/** Countries and regions without those that were taken from the partners. */
export function readGeography(activity: XmlElement, plain: InitiativeFacts): Pick<InitiativeFacts, 'countries' | 'regions'> {
  const made = new Set(
    elementsOf(activity, 'recipient-country')
      .filter(isDerived)
      .map((one) => findArea(attributeOf(one, 'code') ?? '')?.iso3),
  )
  const regions = elementsOf(activity, 'recipient-region')
  const madeRegions = new Set(regions.filter(isDerived).map((one) => attributeOf(one, 'code')))
  return {
    countries: some((plain.countries ?? []).filter(({ iso3 }) => !made.has(iso3))),
    regions: some(
      (plain.regions ?? [])
        .filter(({ code }) => !madeRegions.has(code))
        .map(({ vocabulary, code, share }) => {
          const own = vocabulary === '99' ? codeOfTag('region', code) : undefined
          return own === undefined ? stated({ vocabulary, code, share }) : stated({ code: own, share })
        }),
    ),
  }
}

export function readSubjects(activity: XmlElement, plain: InitiativeFacts): Partial<InitiativeFacts> {
  const tags = elementsOf(activity, 'tag')
  const own = tags.filter((tag) => attributeOf(tag, 'vocabulary-uri') === OWN_VOCABULARY_URI)
  const inList = (list: TagList) =>
    own.flatMap((tag) => {
      const code = codeOfTag(list, attributeOf(tag, 'code') ?? '')
      return code === undefined ? [] : [stated({ code, org: attributeOf(tag, 'sur:org') })]
    })
  const areas = elementsOf(activity, 'sector').flatMap((one) => codeOfTag('demandArea', attributeOf(one, 'code') ?? '') ?? [])
  return {
    sectors: some((plain.sectors ?? []).filter(({ code }) => codeOfTag('demandArea', code) === undefined)),
    demandAreas: some([...areas, ...inList('demandArea').map(({ code }) => code)]),
    agencyRoles: some(inList('agencyRole').map(({ code, org }) => stated({ role: code, org }))),
    supportCategories: some(inList('supportCategory').map(({ code }) => code)),
    scale: inList('scale')[0]?.code ?? (elementsOf(activity, 'activity-scope').some(isDerived) ? undefined : plain.scale),
    goals: goalsOf(tags, plain),
    published: publishedOf(activity, plain),
  }
}

function goalsOf(tags: readonly XmlElement[], { goals }: InitiativeFacts): InitiativeFacts['goals'] {
  return goals?.map((one) => {
    const tag = tags.find((tag) => {
      const code = attributeOf(tag, 'code')
      return attributeOf(tag, 'vocabulary') === (one.target === undefined ? '2' : '3') && code === (one.target ?? one.goal)
    })
    const contribution = attributeOf(tag, 'sur:contribution')
    return contribution === 'principal' || contribution === 'significant' ? { ...one, contribution } : one
  })
}

/** What the source published as a whole, without what was made from facts and without our own tags. */
function publishedOf(activity: XmlElement, { published }: InitiativeFacts): InitiativeFacts['published'] {
  if (!published) return undefined
  const statedCode = (name: string, read: string | undefined) => {
    const made = elementsOf(activity, name).find(isDerived)
    return made ? attributeOf(made, 'sur:stated') : read
  }
  const rest = stated({
    ...published,
    scope: statedCode('activity-scope', published.scope),
    collaborationType: statedCode('collaboration-type', published.collaborationType),
    tags: published.tags && some(published.tags.filter(({ uri }) => uri !== OWN_VOCABULARY_URI)),
  })
  return Object.keys(rest).length === 0 ? undefined : rest
}
