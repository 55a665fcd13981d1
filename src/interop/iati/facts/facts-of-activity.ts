/**
 * What an activity of 2.03 shape states, as the facts of an initiative (domain section 12, direction I). What has no place in the
 * facts is not lost: the piece itself is kept. Nothing is guessed; a value that cannot be taken as it stands is said.
 */
import type { ProblemReport } from '../../../kernel/problems.ts'
import type { InitiativeContribution, InitiativeFacts, Partner } from '../../../modules/registry/index.ts'
import type { FileContext, XmlElement } from '../element.ts'
import { lookUp } from '../look-up.ts'
import { readContact, readDocument } from './read-documents.ts'
import { type FlowDefaults, isDacAidType, readBudget, readTransaction } from './read-flows.ts'
import { indexPartners, readPartner, readReportingOrg } from './read-parties.ts'
import {
  type Country,
  type GoalShare,
  goalOfSector,
  type Location,
  type Region,
  readAidTypes,
  readCountry,
  readLocation,
  readRegion,
  readSector,
  readTag,
  type SectorShare,
  type Tag,
} from './read-places.ts'
import { readResult } from './read-results.ts'
import { languageTag, localizedText, textIn } from './read-texts.ts'
import { readDate, readPeriod } from './read-values.ts'
import { attribute, cut, type FactsOptions, isTrue, type Reading, stated } from './reading.ts'
import { readMoment } from './stated-at.ts'

export interface StatedActivity {
  /** As the activity gives it; undefined when it gives none. */
  readonly identifier: string | undefined
  readonly facts: InitiativeFacts
  /** When the publisher last changed the activity, as a moment of UTC; of the file, where the activity does not say. */
  readonly statedAt: string | undefined
  /** Values that were changed or left out on the way, all of them warnings. */
  readonly problems: ProblemReport[]
}

const LONGEST_IDENTIFIER = 300

const PHASES: Readonly<Record<string, InitiativeFacts['phase']>> = {
  '1': 'pipeline',
  '2': 'implementation',
  '3': 'finalisation',
  '4': 'closed',
  '5': 'cancelled',
  '6': 'suspended',
}

export function factsOfActivity(activity: XmlElement, { context, findOrg }: FactsOptions): StatedActivity {
  const reading: Reading = {
    language: languageOf(activity, context) ?? 'und',
    currency: attribute(activity, 'default-currency')?.toUpperCase(),
    findOrg,
    problems: [],
  }
  const parts = partsByName(activity)
  const identifier = identifierOf(parts, reading)
  const facts = readFacts(activity, parts, identifier, context, reading)
  return {
    identifier,
    facts,
    statedAt: readMoment(activity.attributes['last-updated-datetime']) ?? readMoment(context.attributes['generated-datetime']),
    problems: reading.problems.map((problem) =>
      identifier === undefined ? problem : { ...problem, place: { ...problem.place, activity: identifier } },
    ),
  }
}

type Parts = Readonly<Record<string, XmlElement[] | undefined>>

const NONE: readonly XmlElement[] = []

function partsByName(activity: XmlElement): Parts {
  const parts: Record<string, XmlElement[] | undefined> = Object.create(null)
  for (const child of activity.children) {
    if (typeof child === 'string') continue
    const same = parts[child.name]
    if (same === undefined) parts[child.name] = [child]
    else same.push(child)
  }
  return parts
}

function languageOf(activity: XmlElement, context: FileContext): string | undefined {
  return languageTag(activity.attributes['xml:lang']) ?? languageTag(context.attributes['xml:lang'])
}

function identifierOf(parts: Parts, reading: Reading): string | undefined {
  const [element] = parts['iati-identifier'] ?? NONE
  const text = element && textIn(element).trim()
  return element && text ? cut(text, LONGEST_IDENTIFIER, reading, element, 'iati-identifier') : undefined
}

function readFacts(
  activity: XmlElement,
  parts: Parts,
  identifier: string | undefined,
  context: FileContext,
  reading: Reading,
): InitiativeFacts {
  const [reportingOrg] = parts['reporting-org'] ?? NONE
  const partners = (parts['participating-org'] ?? NONE).map((element, at) => readPartner(element, at + 1, reading))
  const countries = all(parts['recipient-country'], readCountry)
  const subjects = readSubjects(parts)
  const scope = codeOf(parts['activity-scope'])
  const aidTypes = parts['default-aid-type'] ? readAidTypes(activity, 'default-aid-type') : []
  const published = stated({
    scope,
    collaborationType: codeOf(parts['collaboration-type']),
    flowType: codeOf(parts['default-flow-type']),
    financeType: codeOf(parts['default-finance-type']),
    aidTypes,
    tiedStatus: codeOf(parts['default-tied-status']),
    currency: reading.currency,
    language: languageOf(activity, context),
    hierarchy: attribute(activity, 'hierarchy'),
    tags: subjects.tags,
  })
  return stated({
    identifiers: readIdentifiers(parts, identifier, reading),
    title: localizedText(parts.title ?? NONE, reading, 'title/narrative'),
    ...readDescriptions(parts, reading),
    reportingOrg: reportingOrg && readReportingOrg(reportingOrg, reading),
    ...readPeriods(parts, reading),
    phase: lookUp(PHASES, codeOf(parts['activity-status'])),
    scale: scaleOf(scope, countries),
    countries,
    regions: all(parts['recipient-region'], readRegion) satisfies Region[],
    locations: all(parts.location, (element) => readLocation(element, reading)) satisfies Location[],
    sectors: subjects.sectors,
    goals: subjects.goals,
    humanitarian: isTrue(attribute(activity, 'humanitarian')),
    humanitarianScopes: all(parts['humanitarian-scope'], readHumanitarianScope),
    related: all(parts['related-activity'], (element) => readRelated(element, reading)),
    partners,
    contributions: readContributions(parts, partners, aidTypes, published.financeType, reading),
    results: all(parts.result, (element) => readResult(element, reading)),
    documents: all(parts['document-link'], (element) => readDocument(element, reading)),
    published: Object.keys(published).length === 0 ? undefined : published,
    contact: readContact(parts['contact-info'] ?? NONE, reading),
  })
}

function all<T>(elements: readonly XmlElement[] | undefined, read: (element: XmlElement) => T | undefined): T[] {
  if (elements === undefined) return []
  const found: T[] = []
  for (const element of elements) {
    const one = read(element)
    if (one !== undefined) found.push(one)
  }
  return found
}

function codeOf(elements: readonly XmlElement[] | undefined): string | undefined {
  return elements?.[0] && attribute(elements[0], 'code')
}

/** The identifier of the activity first; others under their code of OtherIdentifierType. */
function readIdentifiers(parts: Parts, identifier: string | undefined, reading: Reading) {
  const others = all(parts['other-identifier'], (element) => {
    const ref = attribute(element, 'ref')
    if (ref === undefined) return undefined
    return {
      scheme: attribute(element, 'type') ?? 'A9',
      value: cut(ref, LONGEST_IDENTIFIER, reading, element, 'other-identifier/@ref'),
    }
  })
  return identifier === undefined ? others : [{ scheme: 'iati', value: identifier }, ...others]
}

/** DescriptionType 1, or none, is the summary, 2 the objectives; target groups and others have no field of their own. */
function readDescriptions(parts: Parts, reading: Reading): Pick<InitiativeFacts, 'summary' | 'objective'> {
  const elements = parts.description
  if (elements === undefined) return {}
  const ofType = (isWanted: (type: string | undefined) => boolean) =>
    localizedText(
      elements.filter((element) => isWanted(attribute(element, 'type'))),
      reading,
      'description/narrative',
    )
  return { summary: ofType((type) => type === undefined || type === '1'), objective: ofType((type) => type === '2') }
}

/** ActivityDateType 1 and 3 are planned, 2 and 4 actual; the first date of each type counts. */
function readPeriods(parts: Parts, reading: Reading): Pick<InitiativeFacts, 'plannedPeriod' | 'actualPeriod'> {
  const elements = parts['activity-date']
  const [first] = elements ?? NONE
  if (elements === undefined || first === undefined) return {}
  const byType: Record<string, string | undefined> = Object.create(null)
  for (const element of elements) byType[attribute(element, 'type') ?? ''] ??= readDate(element.attributes['iso-date'])
  return {
    plannedPeriod: readPeriod(byType['1'], byType['3'], reading, first, 'activity-date/@iso-date'),
    actualPeriod: readPeriod(byType['2'], byType['4'], reading, first, 'activity-date/@iso-date'),
  }
}

/** ActivityScope 3 is several countries: between two of them it is from country to country, more may be anything. */
function scaleOf(scope: string | undefined, countries: readonly Country[]): string | undefined {
  if (scope === '1') return 'global'
  if (scope === '2') return 'regional'
  return scope === '3' && new Set(countries.map(({ iso3 }) => iso3)).size === 2 ? 'country_country' : undefined
}

interface Subjects {
  readonly sectors: SectorShare[]
  readonly goals: GoalShare[]
  readonly tags: Tag[]
}

function readSubjects(parts: Parts): Subjects {
  const sectors: SectorShare[] = []
  const goals: GoalShare[] = []
  const tags: Tag[] = []
  const addGoal = (goal: GoalShare) => {
    if (!goals.some((known) => known.goal === goal.goal && known.target === goal.target)) goals.push(goal)
  }
  for (const sector of all(parts.sector, readSector)) {
    const goal = goalOfSector(sector)
    if (goal) addGoal(goal)
    else sectors.push(sector)
  }
  for (const element of parts.tag ?? NONE) {
    const { goal, tag } = readTag(element)
    if (goal) addGoal(goal)
    if (tag) tags.push(tag)
  }
  return { sectors, goals, tags }
}

function readHumanitarianScope(element: XmlElement) {
  const type = attribute(element, 'type')
  const vocabulary = attribute(element, 'vocabulary')
  const code = attribute(element, 'code')
  return type === undefined || vocabulary === undefined || code === undefined ? undefined : { type, vocabulary, code }
}

function readRelated(element: XmlElement, reading: Reading) {
  const type = attribute(element, 'type')
  const ref = attribute(element, 'ref')
  if (type === undefined || ref === undefined) return undefined
  return { type, identifier: cut(ref, LONGEST_IDENTIFIER, reading, element, 'related-activity/@ref') }
}

/** Budgets `b1` ..., planned disbursements `p1` ..., transactions `t1` ...: numbers by their order in the activity. */
function readContributions(
  parts: Parts,
  partners: readonly Partner[],
  aidTypes: readonly { vocabulary?: string; code: string }[],
  financeType: string | undefined,
  reading: Reading,
): InitiativeContribution[] {
  const { budget, 'planned-disbursement': planned, transaction } = parts
  if (budget === undefined && planned === undefined && transaction === undefined) return []
  const defaults: FlowDefaults = {
    aidType: aidTypes.find(isDacAidType)?.code,
    financeType,
    partners: indexPartners(partners),
  }
  return [
    ...(budget ?? NONE).map((element, at) => readBudget(element, `b${at + 1}`, 'budget', defaults, reading)),
    ...(planned ?? NONE).map((element, at) => readBudget(element, `p${at + 1}`, 'planned-disbursement', defaults, reading)),
    ...(transaction ?? NONE).map((element, at) => readTransaction(element, `t${at + 1}`, defaults, reading)),
  ]
}
