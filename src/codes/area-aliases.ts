/**
 * Other names of areas: formal and former names, names in seven languages, misspellings seen in data, and the names
 * that fit several areas or a State that no longer exists. Tables only; `resolve-area-name.ts` decides.
 */
import type { LanguageTag } from '../kernel/languages.ts'
import { rowsOf } from './data-table.ts'
import { normaliseName } from './normalise-name.ts'

/**
 * `text`: may be searched in running text. `text-longest`: part of another area's name (Guinea), so the longest match must win.
 * `field`: only for a cell that holds a country name (US, Turkey, Chad, Jordan, Georgia).
 */
export type AliasMatch = 'text' | 'text-longest' | 'field'

export interface AreaAlias {
  readonly alias: string
  readonly norm: string
  readonly iso3: string
  readonly lang: LanguageTag
  readonly kind: string
  readonly match: AliasMatch
  /** Year of a change of name, where it is known. */
  readonly year: string | undefined
}

/**
 * `several`: fits more than one area. `region`: also the name of a region. `former`: a State or territory that ended in `until`.
 * `divided`: the State was divided in `until`. `grouping`: a label for several areas. `confused`: two names often mixed up.
 */
export type AmbiguityKind = 'several' | 'region' | 'former' | 'divided' | 'grouping' | 'confused'

export interface AmbiguousName {
  readonly name: string
  readonly norm: string
  readonly candidates: readonly string[]
  readonly kind: AmbiguityKind
  readonly until: string | undefined
  /** The area that is meant in most cooperation data; an offer to a person, never a decision. */
  readonly likely: string | undefined
}

let aliases: readonly AreaAlias[] | undefined
let ambiguousNames: readonly AmbiguousName[] | undefined

export function listAreaAliases(): readonly AreaAlias[] {
  aliases ??= rowsOf('area-aliases', ['alias', 'iso3', 'lang', 'kind', 'match', 'note']).map((row) => ({
    alias: row.alias,
    norm: normaliseName(row.alias),
    iso3: row.iso3,
    lang: row.lang,
    kind: row.kind,
    match: row.match as AliasMatch,
    year: row.note || undefined,
  }))
  return aliases
}

export function listAmbiguousAreaNames(): readonly AmbiguousName[] {
  ambiguousNames ??= rowsOf('area-ambiguous-names', ['name', 'candidates', 'kind', 'until', 'likely']).map((row) => ({
    name: row.name,
    norm: normaliseName(row.name),
    candidates: row.candidates.split(' '),
    kind: row.kind as AmbiguityKind,
    until: row.until || undefined,
    likely: row.likely || undefined,
  }))
  return ambiguousNames
}
