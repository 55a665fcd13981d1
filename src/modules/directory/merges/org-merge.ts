/** What becomes of two records of one organisation (domain 6.1: the older id stays, references follow). Pure rules. */
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { foldName, type MemberCountry, type Org, type OrgFacts, wordingsOf } from '../orgs/org.ts'

/** The id that comes first is older: ids sort by the instant of creation. A shipped organisation stays in any case. */
export function inOrderOfAge(a: Org, b: Org): { kept: Org; merged: Org } {
  const [kept, merged] = rank(a) < rank(b) ? [a, b] : [b, a]
  return { kept, merged }
}

function rank(org: Org): string {
  return `${org.key === null ? 1 : 0} ${org.id}`
}

/**
 * The facts of the kept record afterwards: what it states stays; what only the other states flows in. Other names become
 * aliases and other identifiers are added, so that an import which knows the merged one still finds it.
 */
export function factsAfterMerge(kept: OrgFacts, merged: OrgFacts, keyOfKept: string | null): OrgFacts {
  const names = withMissingLanguages(kept.names, merged.names)
  const acronyms = { ...merged.acronyms, ...kept.acronyms }
  const identified = { ...kept, names, acronyms, ...identifiersAfter(kept, merged) }
  const collective = kept.collective || merged.collective
  return {
    ...identified,
    aliases: [...kept.aliases, ...newAliases(identified, merged, keyOfKept)],
    orgSubtype: kept.orgSubtype ?? merged.orgSubtype,
    countryCode: kept.countryCode ?? merged.countryCode,
    collective,
    memberCountries: collective ? unionOfMembers(kept.memberCountries, merged.memberCountries) : [],
    partOfUnSystem: kept.partOfUnSystem || merged.partOfUnSystem,
    ...dueDiligenceAfter(kept, merged),
    ownerOrg: kept.ownerOrg ?? merged.ownerOrg,
  }
}

function withMissingLanguages(kept: LocalizedText, merged: LocalizedText): LocalizedText {
  const added = Object.keys(merged.texts).filter((lang) => (kept.texts[lang] ?? '') === '')
  if (added.length === 0) return kept
  const texts = { ...kept.texts, ...pick(merged.texts, added) }
  const state = { ...kept.state, ...pick(merged.state ?? {}, added) }
  return { ...kept, texts, ...(Object.keys(state).length > 0 ? { state } : {}) }
}

function pick<T>(values: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
}

/** Wordings of the merged record under which the kept one is not known yet. */
function newAliases(kept: OrgFacts, merged: OrgFacts, keyOfKept: string | null): string[] {
  const known = new Set(wordingsOf(keyOfKept, kept).map(({ folded }) => folded))
  const written = [...Object.values(merged.names.texts), ...Object.values(merged.acronyms), ...merged.aliases]
  return written.filter((text) => {
    const folded = foldName(text)
    if (folded === '' || known.has(folded)) return false
    known.add(folded)
    return true
  })
}

/** An identifier that we made ourselves or built yields to one that was stated or seen; none is lost. */
function identifiersAfter(kept: OrgFacts, merged: OrgFacts): Pick<OrgFacts, 'iatiId' | 'iatiIdBasis' | 'otherIds'> {
  const takes = isSure(merged) > isSure(kept)
  const { iatiId, iatiIdBasis } = takes ? merged : kept
  const left = takes ? kept.iatiId : merged.iatiId
  const further = left === null || left === iatiId ? [] : [{ scheme: 'iati', id: left }]
  const all = [...kept.otherIds, ...merged.otherIds, ...further]
  const otherIds = [...new Map(all.map((one) => [`${one.scheme} ${one.id}`, one])).values()]
  return { iatiId, iatiIdBasis, otherIds }
}

function isSure({ iatiIdBasis }: OrgFacts): number {
  if (iatiIdBasis === null) return 0
  return iatiIdBasis === 'own' || iatiIdBasis === 'built' ? 1 : 2
}

function unionOfMembers(kept: readonly MemberCountry[], merged: readonly MemberCountry[]): MemberCountry[] {
  const known = new Set(kept.map(({ country }) => country))
  return [...kept, ...merged.filter(({ country }) => !known.has(country))]
}

/** A refusal of either record is not forgotten by merging. */
function dueDiligenceAfter(kept: OrgFacts, merged: OrgFacts): Pick<OrgFacts, 'dueDiligence' | 'dueDiligenceUntil'> {
  const from = merged.dueDiligence === 'refused' || kept.dueDiligence === 'none' ? merged : kept
  const { dueDiligence, dueDiligenceUntil } = kept.dueDiligence === 'refused' ? kept : from
  return { dueDiligence, dueDiligenceUntil }
}
