/**
 * How likely two reports are of one initiative: reasons and doubts, each with its points, and their sum. Titles in different scripts or
 * languages cannot be compared letter by letter and say nothing; then money, days, countries and organisations carry.
 */
import { isPartNumber, likenessOf, wordBeginningsOf } from '../../../text/index.ts'
import { POINTS } from './link-points.ts'
import type { DaySpan, LinkRecord, LinkTitle } from './link-record.ts'
import type { LinkWeights } from './link-weights.ts'

/** A sign for or against, with what the text about it names. */
export interface LinkSign {
  readonly code: string
  readonly points: number
  readonly params?: Readonly<Record<string, string | number>>
}

export interface Comparison {
  /** 0 to 100. */
  readonly score: number
  /** The sum before it was cut to 100: which of several fits best. */
  readonly sum: number
  readonly signs: readonly LinkSign[]
}

export function compareRecords(one: LinkRecord, other: LinkRecord, weights: LinkWeights): Comparison {
  const signs = [
    ...identifierSigns(one, other, weights),
    ...titleSigns(one, other, weights),
    ...numberSigns(one, other),
    ...moneySigns(one, other),
    ...daySigns(one, other),
    ...countrySigns(one, other),
    ...orgSigns(one, other, weights),
    ...kindSigns(one, other),
  ]
  return withSigns(signs)
}

export function withSigns(signs: readonly LinkSign[]): Comparison {
  const sum = sumOf(signs)
  return { signs, sum, score: Math.max(0, Math.min(100, sum)) }
}

function common<T>(one: readonly T[], other: readonly T[]): T[] {
  return one.filter((value) => other.includes(value))
}

function distinctOf<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}

function identifierSigns(one: LinkRecord, other: LinkRecord, { rarityOfNumber }: LinkWeights): LinkSign[] {
  const [part] = [...common(one.statedParts, other.identifiers), ...common(other.statedParts, one.identifiers)]
  if (part !== undefined) return [{ code: 'stated-part', points: POINTS.statedPart, params: { identifier: part } }]
  const [stated] = [...common(one.statedSame, other.identifiers), ...common(other.statedSame, one.identifiers)]
  if (stated !== undefined) return [{ code: 'stated-same', points: POINTS.statedSame, params: { identifier: stated } }]
  const [equal] = common(one.identifiers, other.identifiers).filter(isTelling)
  if (equal !== undefined) return [{ code: 'identifier-equal', points: POINTS.identifierEqual, params: { identifier: equal } }]
  const [number] = common(one.fileNumbers, other.fileNumbers).filter((found) => rarityOfNumber(found))
  if (number === undefined) return []
  return [{ code: 'number-shared', points: POINTS.fileNumberShared, params: { number } }]
}

/** Row numbers of two lists are no identifiers. */
function isTelling(identifier: string): boolean {
  return identifier.length >= 5 && /\d/.test(identifier) && !/^\d{1,4}$/.test(identifier)
}

/** What the whole title of a common kind tells, in bits; below it a title is a heading and not a name. */
const TELLING_BITS = 125
/** A title that was cut is at least this long. */
const CUT_TITLE_FROM = 15

function titleSigns(one: LinkRecord, other: LinkRecord, weights: LinkWeights): LinkSign[] {
  let best: LinkSign[] = []
  let differs = false
  for (const left of one.titles) {
    for (const right of other.titles) {
      if (left.script !== right.script || left.script === 'none') continue
      const found = compareTitles(left, right, weights)
      if (found.signs.length > 0 && sumOf(found.signs) > sumOf(best)) best = found.signs
      if (found.differs) differs = true
    }
  }
  if (best.length > 0) return best
  return differs ? [{ code: 'title-differs', points: POINTS.titleDiffers }] : []
}

function sumOf(signs: readonly LinkSign[]): number {
  return signs.reduce((sum, { points }) => sum + points, 0)
}

function compareTitles(left: LinkTitle, right: LinkTitle, weights: LinkWeights): { signs: LinkSign[]; differs: boolean } {
  const { agreement, contained, shared } = likenessOf(left.trigrams, right.trigrams, weights.weightOfTrigram)
  const tells = Math.min(1, shared / TELLING_BITS)
  const whole = ramp(agreement, 0.6, 0.9)
  const inside = Math.min(left.folded.length, right.folded.length) < CUT_TITLE_FROM ? 0 : ramp(contained, 0.8, 0.95)
  const percent = Math.round(agreement * 100)
  const alike = Math.round(POINTS.titleAlike * whole * tells)
  const within = Math.round(POINTS.titleInside * inside * tells)
  const isEqual = left.folded === right.folded
  const code = isEqual ? 'title-equal' : alike >= within ? 'title-alike' : 'title-inside'
  const points = isEqual ? Math.round(POINTS.titleEqual * tells) : Math.max(alike, within)
  const sameLanguage = left.lang === right.lang && left.lang !== 'und'
  return {
    signs: points > 0 ? [{ code, points, ...(isEqual ? {} : { params: { percent } }) }, ...wordSigns(left, right, weights)] : [],
    differs: sameLanguage && agreement < 0.35 && contained < 0.6,
  }
}

/** Each says a word that the other lacks: "seeds" here and "irrigation" there are two parts of one programme. */
function wordSigns(left: LinkTitle, right: LinkTitle, { isTellingWord }: LinkWeights): LinkSign[] {
  const one = wordBeginningsOf(left.folded)
  const other = wordBeginningsOf(right.folded)
  const only = (words: readonly string[], others: readonly string[]) =>
    words.find((word) => isTellingWord(word) && !others.some((found) => found.startsWith(word.slice(0, 4))))
  const onlyOne = only(one, other)
  const onlyOther = only(other, one)
  if (onlyOne === undefined || onlyOther === undefined) return []
  return [{ code: 'words-differ', points: POINTS.wordsDiffer, params: { one: onlyOne, other: onlyOther } }]
}

/** 0 up to `from`, 1 from `to` on. */
function ramp(value: number, from: number, to: number): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)))
}

function numberSigns(one: LinkRecord, other: LinkRecord): LinkSign[] {
  const [left, right] = [one.partNumbers, other.partNumbers]
  const onlyLeft = left.filter((number) => !right.includes(number))
  const onlyRight = right.filter((number) => !left.includes(number))
  if (onlyLeft.length > 0 && onlyRight.length > 0) {
    const params = { one: onlyLeft.join(', '), other: onlyRight.join(', ') }
    const isPart = onlyLeft.some(isPartNumber) && onlyRight.some(isPartNumber)
    return [{ code: 'numbers-differ', points: isPart ? POINTS.numbersDiffer : POINTS.yearsDiffer, params }]
  }
  const found = [...onlyLeft, ...onlyRight]
  if (found.length === 0) return []
  const sameScript = one.titles.some(({ script }) => other.titles.some((title) => title.script === script))
  const missing = sameScript ? POINTS.numberMissing : POINTS.numberMissingInTranslation
  const points = found.some(isPartNumber) ? missing : POINTS.yearMissing
  return [{ code: 'number-missing', points, params: { number: found.join(', ') } }]
}

/** Shares of the larger amount. */
const MONEY_EQUAL = 0.005
const MONEY_NEAR = 0.02
const MONEY_DIFFERS = 0.1
const MONEY_FAR = 0.5

function moneySigns(one: LinkRecord, other: LinkRecord): LinkSign[] {
  let nearest = Number.POSITIVE_INFINITY
  for (const a of one.dollars) for (const b of other.dollars) nearest = Math.min(nearest, Math.abs(a - b) / Math.max(a, b))
  if (nearest === Number.POSITIVE_INFINITY) return []
  const params = { percent: Math.round(nearest * 1000) / 10 }
  if (nearest <= MONEY_EQUAL) return [{ code: 'money-equal', points: POINTS.moneyEqual, params }]
  if (nearest <= MONEY_NEAR) return [{ code: 'money-near', points: POINTS.moneyNear, params }]
  if (nearest > MONEY_FAR) return [{ code: 'money-differs', points: POINTS.moneyFar, params }]
  return nearest > MONEY_DIFFERS ? [{ code: 'money-differs', points: POINTS.moneyDiffers, params }] : []
}

/** "About a month". */
const DAYS_NEAR = 45
const DAYS_FAR = 300

function daySigns(one: LinkRecord, other: LinkRecord): LinkSign[] {
  const start = daysBetween(one.starts, other.starts)
  const end = daysBetween(one.ends, other.ends)
  if (start === undefined && end === undefined) return listedSigns(one, other)
  if (areApart(one, other)) return [{ code: 'periods-apart', points: POINTS.periodsApart }]
  const near = [start, end].filter((gap) => gap !== undefined && gap.days <= DAYS_NEAR)
  const far = [start, end].filter((gap) => gap !== undefined && gap.days > DAYS_FAR)
  if (near.length === 2) {
    const params = { start: start?.days ?? 0, end: end?.days ?? 0 }
    if (near.some((gap) => gap?.isVague)) return [{ code: 'years-same', points: POINTS.sameYears }]
    const points = near.every((gap) => gap?.isTurnOfYear) ? POINTS.datesNearAtTurnOfYear : POINTS.datesNear
    return [{ code: 'dates-near', points, params }]
  }
  const worst = Math.max(...far.map((gap) => gap?.days ?? 0))
  if (far.length > 0 && near.length === 0) return [{ code: 'dates-differ', points: POINTS.datesDiffer, params: { days: worst } }]
  const [only] = near
  if (only === undefined || only.isVague) return []
  const code = only === start ? 'start-near' : 'end-near'
  if (far.length > 0) return []
  const points = start === undefined || end === undefined ? POINTS.onlyDateNear : POINTS.oneDateNear
  return [{ code, points, params: { days: only.days } }]
}

interface Gap {
  readonly days: number
  /** One of the two is known to the year or month only. */
  readonly isVague: boolean
  readonly isTurnOfYear: boolean
}

/** The nearest of planned and actual dates. */
function daysBetween(one: readonly DaySpan[], other: readonly DaySpan[]): Gap | undefined {
  let nearest: Gap | undefined
  for (const a of one) {
    for (const b of other) {
      const days = Math.max(0, a.from - b.to, b.from - a.to)
      const isVague = a.to - a.from > DAYS_NEAR || b.to - b.from > DAYS_NEAR
      if (nearest === undefined || days < nearest.days) nearest = { days, isVague, isTurnOfYear: isTurn(a) && isTurn(b) }
    }
  }
  return nearest
}

function isTurn({ from }: DaySpan): boolean {
  const day = new Date(from * 86_400_000).toISOString().slice(5, 10)
  return day === '01-01' || day === '12-31'
}

function areApart(one: LinkRecord, other: LinkRecord): boolean {
  const first = spanOf(one)
  const second = spanOf(other)
  if (first === undefined || second === undefined) return false
  return first.from - second.to > DAYS_NEAR || second.from - first.to > DAYS_NEAR
}

/** From the first start to the last end; undefined when either is not stated. */
function spanOf({ starts, ends }: LinkRecord): DaySpan | undefined {
  if (starts.length === 0 || ends.length === 0) return undefined
  return { from: Math.min(...starts.map(({ from }) => from)), to: Math.max(...ends.map(({ to }) => to)) }
}

/** One has days and the other a year in which it was listed. */
function listedSigns(one: LinkRecord, other: LinkRecord): LinkSign[] {
  const [dated, listed] = spanOf(one) ? [one, other] : [other, one]
  const span = spanOf(dated)
  if (span === undefined || listed.listedYears.length === 0) return []
  const years = [span.from, span.to].map((day) => new Date(day * 86_400_000).getUTCFullYear())
  const year = listed.listedYears.find((found) => found >= (years[0] ?? 0) && found <= (years[1] ?? 0))
  if (year !== undefined) return [{ code: 'listed-within', points: POINTS.listedWithin, params: { year: String(year) } }]
  return [{ code: 'not-listed-within', points: POINTS.notListedWithin, params: { year: String(listed.listedYears[0]) } }]
}

function countrySigns(one: LinkRecord, other: LinkRecord): LinkSign[] {
  if (one.countries.length === 0 || other.countries.length === 0) return []
  const both = common(one.countries, other.countries)
  if (both.length === 0) {
    // One names as its place what the other names as a partner: a party reports from where it is.
    const named = distinctOf([...common(one.countries, other.namedCountries), ...common(other.countries, one.namedCountries)])
    if (named.length === 0) return [{ code: 'countries-differ', points: POINTS.countriesDiffer }]
    return [{ code: 'countries-shared', points: POINTS.countriesShared, params: { countries: named.slice(0, 5).join(' ') } }]
  }
  const isSame = both.length === one.countries.length && both.length === other.countries.length
  const params = { countries: both.slice(0, 5).join(' ') }
  return isSame
    ? [{ code: 'countries-same', points: POINTS.countriesSame, params }]
    : [{ code: 'countries-shared', points: POINTS.countriesShared, params }]
}

function orgSigns(one: LinkRecord, other: LinkRecord, { rarityOfOrg }: LinkWeights): LinkSign[] {
  const signs: LinkSign[] = []
  const shared = common(one.orgs, other.orgs)
  if (shared.length > 0) {
    const worth = { rare: POINTS.orgRare, known: POINTS.orgKnown, common: POINTS.orgCommon }
    const points = shared.reduce((sum, org) => sum + worth[rarityOfOrg(org)], 0)
    signs.push({
      code: 'orgs-shared',
      points: Math.min(POINTS.orgsAtMost, points),
      params: { count: shared.length, orgs: shared.slice(0, 5).join('|') },
    })
  }
  const sectors = common(one.sectors, other.sectors)
  if (sectors.length > 0) {
    signs.push({ code: 'sectors-shared', points: POINTS.sectorsShared, params: { sectors: sectors.slice(0, 5).join(', ') } })
  }
  return signs
}

function kindSigns(one: LinkRecord, other: LinkRecord): LinkSign[] {
  const signs: LinkSign[] = []
  if (one.hierarchy !== undefined && other.hierarchy !== undefined && one.hierarchy !== other.hierarchy) {
    signs.push({ code: 'level-differs', points: POINTS.levelDiffers })
  }
  if (one.kind !== undefined && other.kind !== undefined && one.kind !== other.kind) {
    signs.push({ code: 'kind-differs', points: POINTS.kindDiffers })
  }
  return signs
}
