/**
 * Partners of an initiative after a file has listed its own. A partner that the file lists again keeps its number and what a person
 * said about it; one that the file no longer lists goes, unless something points to it or a person brought it.
 */
import type { Partner } from '../initiatives/initiative.ts'

export interface MergedPartners {
  readonly partners: Partner[]
  /** Number in the file to number in the record, for what points to partners. */
  readonly numbers: ReadonlyMap<string, string>
}

export function mergePartners(
  base: readonly Partner[],
  listed: readonly Partner[],
  mustStay: (partner: Partner) => boolean,
): MergedPartners {
  const numbers = new Map<string, string>()
  const open = [...listed]
  const partners: Partner[] = []
  for (const known of base) {
    const at = open.findIndex((one) => isSamePartner(known, one))
    const [again] = at < 0 ? [] : open.splice(at, 1)
    if (again) numbers.set(again.no, known.no)
    if (again) partners.push({ ...again, ...known })
    else if (mustStay(known)) partners.push(known)
  }
  const taken = new Set(partners.map(({ no }) => no))
  for (const one of open) {
    const no = taken.has(one.no) ? freeNumber(taken) : one.no
    taken.add(no)
    numbers.set(one.no, no)
    partners.push({ ...one, no })
  }
  return { partners, numbers }
}

/** By the best that both state: organisation, name, country; in the same role, where the file states one. */
function isSamePartner(known: Partner, listed: Partner): boolean {
  if (listed.role !== undefined && listed.role !== known.role) return false
  if (known.orgId !== undefined && listed.orgId !== undefined) return known.orgId === listed.orgId
  if (known.name !== undefined && listed.name !== undefined) return sameText(known.name, listed.name)
  return known.iso3 !== undefined && known.iso3 === listed.iso3
}

function sameText(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}

function freeNumber(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) if (!taken.has(`p${number}`)) return `p${number}`
}

/** Who a partner is and in what role; details may be filled in without making it another one. */
export function partnerKey({ orgId, name, iso3, role }: Partner): string {
  return JSON.stringify([orgId ?? name ?? iso3 ?? null, role ?? null])
}

export function withNumbers<T extends { giver?: string | undefined; taker?: string | undefined }>(
  item: T,
  numbers: ReadonlyMap<string, string>,
): T {
  const { giver, taker } = item
  return {
    ...item,
    ...(giver === undefined ? {} : { giver: numbers.get(giver) ?? giver }),
    ...(taker === undefined ? {} : { taker: numbers.get(taker) ?? taker }),
  }
}
