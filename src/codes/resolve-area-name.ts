/**
 * From what a cell of a file or a form says to one area, or to a question for a person.
 *
 * A name that fits several areas, or a State that no longer exists, is never decided silently. Where such a name is also the
 * UN short name of one area (Congo, Samoa), that area is given together with a caution that the caller must show.
 */
import { type AmbiguityKind, type AmbiguousName, listAmbiguousAreaNames, listAreaAliases } from './area-aliases.ts'
import { findArea, listAreas } from './areas.ts'
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

let index: NameIndex | undefined

/**
 * Resolves a cell: code (capital letters, or three digits), name in six languages, formal name, any alias.
 * Codes in small letters are not read here, since "no", "in" and "and" are words. Unknown text gives up to five suggestions.
 */
export function resolveAreaName(text: string): AreaResolution {
  const { areaByName, shortNames, ambiguous } = nameIndex()
  const trimmed = text.trim()
  if (/^([A-Z]{2,3}|\d{3})$/.test(trimmed)) {
    const area = findArea(trimmed)
    if (area) return { status: 'found', iso3: area.iso3, by: 'code' }
  }
  const norm = normaliseName(trimmed)
  for (const name of [norm, norm.replace(/^the /, '')]) {
    const iso3 = areaByName.get(name)
    const doubt = ambiguous.get(name)
    if (doubt && iso3 && iso3 === doubt.likely && shortNames.has(name))
      return { status: 'found', iso3, by: 'name', caution: adviceOn(doubt) }
    if (doubt) return { status: 'ambiguous', ...adviceOn(doubt) }
    if (iso3) return { status: 'found', iso3, by: 'name' }
  }
  return { status: 'unknown', suggestions: nearestNames(norm, areaByName, 5) }
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
