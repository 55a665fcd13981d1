/**
 * From what a cell of a file or a form says to one area, or to a question for a person.
 *
 * A name that fits several areas, or a State that no longer exists, is never decided silently. Where such a name is also the
 * UN short name of one area (Congo, Samoa), that area is given together with a caution that the caller must show.
 */
import { type AmbiguityKind, type AmbiguousName, listAmbiguousAreaNames, listAreaAliases } from './area-aliases.ts'
import { findArea, listAreas } from './areas.ts'
import { rowsOf } from './data-table.ts'
import { nearestNames } from './nearest-names.ts'
import { normaliseName } from './normalise-name.ts'

/** What to tell the person: text key with its parameter `until` (a year, empty when there is none). */
export interface AreaNameAdvice {
  readonly kind: AmbiguityKind
  readonly candidates: readonly string[]
  readonly likely: string | undefined
  readonly adviceKey: string
  readonly adviceParams: { readonly until: string }
}

export type AreaResolution =
  | { readonly status: 'found'; readonly iso3: string; readonly by: 'code' | 'name'; readonly caution?: AreaNameAdvice }
  | ({ readonly status: 'ambiguous' } & AreaNameAdvice)
  | { readonly status: 'unknown'; readonly suggestions: readonly string[] }

interface NameIndex {
  readonly areaByName: ReadonlyMap<string, string>
  readonly shortNames: ReadonlySet<string>
  readonly ambiguous: ReadonlyMap<string, AmbiguousName>
}

/** Alpha-2 in capitals, alpha-3 all in capitals or all in small letters, M49. The word "and" is no Andorra. */
const CODE = /^([A-Z]{2,3}|[a-z]{3}|\d{3})$/

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  dem: 'democratic',
  fed: 'federated',
  is: 'islands',
  rep: 'republic',
  st: 'saint',
}

let index: NameIndex | undefined

/**
 * Resolves a cell: code, name in six languages, formal name, any alias. Two-letter codes are read in capital letters only, since
 * "no" and "in" are words. Unknown text gives up to five suggestions, among them the areas that the text contains.
 */
export function resolveAreaName(text: string): AreaResolution {
  const { areaByName, shortNames, ambiguous } = nameIndex()
  const trimmed = text.trim()
  const area = CODE.test(trimmed) && trimmed !== 'and' ? findArea(trimmed) : undefined
  if (area) return { status: 'found', iso3: area.iso3, by: 'code' }
  const norm = normaliseName(trimmed)
  for (const name of spellingsOf(norm)) {
    const iso3 = areaByName.get(name)
    const doubt = ambiguous.get(name)
    if (doubt && iso3 && iso3 === doubt.likely && shortNames.has(name)) {
      return { status: 'found', iso3, by: 'name', caution: adviceOn(doubt) }
    }
    if (doubt) return { status: 'ambiguous', ...adviceOn(doubt) }
    if (iso3) return { status: 'found', iso3, by: 'name' }
  }
  const doubtful = [...ambiguous.values()].flatMap(({ norm: name, candidates }) =>
    candidates.map((iso3) => [name, iso3] as const),
  )
  return { status: 'unknown', suggestions: nearestNames(norm, [...doubtful, ...areaByName], 5) }
}

/** As written; without the article; with the usual English abbreviations written out; "u k" closed up. */
function spellingsOf(norm: string): Set<string> {
  const bare = norm.replace(/^the /, '')
  const writtenOut = bare
    .split(' ')
    .map((word) => ABBREVIATIONS[word] ?? word)
    .join(' ')
  return new Set([norm, bare, writtenOut, /^(\w )+\w$/.test(norm) ? norm.replaceAll(' ', '') : norm])
}

function adviceOn(name: AmbiguousName): AreaNameAdvice {
  return {
    kind: name.kind,
    candidates: name.candidates,
    likely: name.likely,
    adviceKey: `codes.advice.${name.kind}`,
    adviceParams: { until: name.until ?? '' },
  }
}

function nameIndex(): NameIndex {
  if (index) return index
  const areaByName = new Map<string, string>()
  for (const alias of listAreaAliases()) areaByName.set(alias.norm, alias.iso3)
  for (const variant of rowsOf('crosswalk', ['list', 'variant', 'code'])) {
    if (variant.list === 'country') areaByName.set(normaliseName(variant.variant), variant.code)
  }
  const shortNames = new Set<string>()
  for (const area of listAreas()) {
    if (area.formalName) areaByName.set(normaliseName(area.formalName), area.iso3)
    for (const name of Object.values(area.names)) {
      areaByName.set(normaliseName(name), area.iso3)
      shortNames.add(normaliseName(name))
    }
  }
  index = { areaByName, shortNames, ambiguous: new Map(listAmbiguousAreaNames().map((name) => [name.norm, name])) }
  return index
}
