/**
 * All pairs among records that are likely to be reports of one initiative. Only suggests: a person decides.
 *
 * When a record resembles two of one reporter equally, such as the phases of one programme, none of them is sure: both get a doubt.
 */

import type { Breathe } from './breathe.ts'
import { type Comparison, compareRecords, type LinkSign, withSigns } from './compare-records.ts'
import { candidatePairs } from './link-candidates.ts'
import { KEPT_FROM, POINTS } from './link-points.ts'
import type { LinkRecord } from './link-record.ts'
import { weighSigns } from './link-weights.ts'

export interface LikelyLink {
  /** Ids, the smaller first. */
  readonly one: string
  readonly other: string
  /** 0 to 100. */
  readonly score: number
  readonly reasons: readonly LinkSign[]
  readonly doubts: readonly LinkSign[]
}

interface Candidate extends Comparison {
  readonly a: number
  readonly b: number
}

/** Another that comes as near as this is as likely. */
const AS_LIKELY_WITHIN = 5

/** Pairs between two breaths: some milliseconds of work. */
const PAIRS_A_BREATH = 2_000

/**
 * The likeliest first; equal ones by id. Pairs below `from` points are left out. `breathe` is waited for again and again, so that a program
 * that serves others meanwhile can do so.
 */
export async function findLinks(
  records: readonly LinkRecord[],
  from: number = KEPT_FROM,
  breathe: Breathe = async () => {},
): Promise<LikelyLink[]> {
  const weights = await weighSigns(records, breathe)
  const candidates: Candidate[] = []
  let compared = 0
  for (const [a, b] of await candidatePairs(records, weights, breathe)) {
    compared += 1
    if (compared % PAIRS_A_BREATH === 0) await breathe()
    const [one, other] = [records[a], records[b]]
    if (!one || !other) continue
    const comparison = compareRecords(one, other, weights)
    // Also a pair that is not asked for may be the rival of one that is.
    if (comparison.score >= Math.min(from, KEPT_FROM)) candidates.push({ a, b, ...comparison })
  }
  return doubtRivals(records, candidates)
    .filter(({ score }) => score >= from)
    .map(({ a, b, score, signs }) => linkOf(records[a]?.id ?? '', records[b]?.id ?? '', score, signs))
    .sort((x, y) => y.score - x.score || (x.one < y.one ? -1 : x.one > y.one ? 1 : x.other < y.other ? -1 : 1))
}

function linkOf(a: string, b: string, score: number, signs: readonly LinkSign[]): LikelyLink {
  const [one, other] = a < b ? [a, b] : [b, a]
  const byWeight = signs.toSorted((x, y) => Math.abs(y.points) - Math.abs(x.points))
  return {
    one,
    other,
    score,
    reasons: byWeight.filter(({ points }) => points > 0),
    doubts: byWeight.filter(({ points }) => points < 0),
  }
}

function doubtRivals(records: readonly LinkRecord[], candidates: readonly Candidate[]): Candidate[] {
  const byRecord = new Map<number, Candidate[]>()
  for (const candidate of candidates) {
    for (const position of [candidate.a, candidate.b]) {
      const list = byRecord.get(position)
      if (list) list.push(candidate)
      else byRecord.set(position, [candidate])
    }
  }
  return candidates.map((candidate) => {
    const { a, b } = candidate
    const rivals = [...rivalsOf(records, byRecord, candidate, a, b), ...rivalsOf(records, byRecord, candidate, b, a)]
    if (rivals.length === 0) return candidate
    const best = Math.max(...rivals.map(({ sum }) => sum))
    const sign =
      best > candidate.sum + AS_LIKELY_WITHIN
        ? { code: 'rival-better', points: POINTS.rivalBetter }
        : { code: 'rival-equal', points: POINTS.rivalEqual, params: { count: rivals.length } }
    return { ...candidate, ...withSigns([...candidate.signs, sign]) }
  })
}

/** What `from` resembles as much as `to`, of the same reporter as `to`. */
function rivalsOf(
  records: readonly LinkRecord[],
  byRecord: ReadonlyMap<number, readonly Candidate[]>,
  { sum }: Candidate,
  from: number,
  to: number,
): Candidate[] {
  const meant = records[to]
  return (byRecord.get(from) ?? []).filter((candidate) => {
    const position = candidate.a === from ? candidate.b : candidate.a
    const rival = records[position]
    if (position === to || !rival || !meant || rival.party !== meant.party) return false
    return candidate.sum >= sum - AS_LIKELY_WITHIN && !saysTheSame(rival, meant)
  })
}

/** Two rows of one list about the same thing, such as one project listed twice, are no rivals. */
function saysTheSame(one: LinkRecord, other: LinkRecord): boolean {
  const said = ({ titles, countries, starts, ends, dollars }: LinkRecord) =>
    JSON.stringify([titles.map(({ folded }) => folded), countries, starts, ends, dollars])
  return said(one) === said(other)
}
