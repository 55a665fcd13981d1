/**
 * Countries and areas of UN M49, and two kept for imported data (Kosovo under UNSCR 1244, Taiwan Province of China).
 * A record always keeps ISO 3166-1 alpha-3; the other codes are ways to find it.
 */
import type { LanguageTag } from '../kernel/languages.ts'
import { rowsOf } from './data-table.ts'
import { type Names, nameIn, namesOf } from './names.ts'

export interface Area {
  readonly iso3: string
  readonly iso2: string
  /** Three digits as text, for the zeros; undefined for an area outside M49 that has no number. */
  readonly m49: string | undefined
  readonly names: Names
  readonly formalName: string | undefined
  readonly m49Region: string | undefined
  readonly m49Subregion: string | undefined
  readonly m49Intermediate: string | undefined
  readonly unStatus: 'member' | 'observer' | 'none'
  readonly inM49: boolean
}

export interface M49Region {
  readonly code: string
  readonly level: 'world' | 'region' | 'sub-region' | 'intermediate'
  readonly parent: string | undefined
  readonly names: Names
}

const IDENTITY_COLUMNS = ['iso3', 'iso2', 'm49', 'formal_en', 'un_status', 'in_m49'] as const
const REGION_COLUMNS = ['m49_region', 'm49_subregion', 'm49_intermediate'] as const

let areas: readonly Area[] | undefined
let areaByCode: ReadonlyMap<string, Area> | undefined
let regions: readonly M49Region[] | undefined

/** All 250 areas, in the order of their alpha-3 codes. */
export function listAreas(): readonly Area[] {
  areas ??= rowsOf('areas', [...IDENTITY_COLUMNS, ...REGION_COLUMNS]).map((row) => ({
    iso3: row.iso3,
    iso2: row.iso2,
    m49: row.m49 || undefined,
    names: namesOf(row),
    formalName: row.formal_en || undefined,
    m49Region: row.m49_region || undefined,
    m49Subregion: row.m49_subregion || undefined,
    m49Intermediate: row.m49_intermediate || undefined,
    unStatus: row.un_status === 'member' || row.un_status === 'observer' ? row.un_status : 'none',
    inM49: row.in_m49 === 'yes',
  }))
  return areas
}

/**
 * Finds an area by alpha-3, alpha-2 or M49 code in any case, or by a code that other systems use for it (KOS, XKK, PAL, UK).
 * Never by name: see `resolveAreaName`.
 */
export function findArea(code: string): Area | undefined {
  areaByCode ??= indexByCode()
  const trimmed = code.trim().toUpperCase()
  return areaByCode.get(/^\d{1,3}$/.test(trimmed) ? trimmed.padStart(3, '0') : trimmed)
}

/**
 * The UN short name in one of the six languages; another language takes the name that the runtime knows, or English.
 * An unknown code is shown as it is, so that nothing is lost on a page.
 */
export function areaName(iso3: string, lang: LanguageTag): string {
  const area = findArea(iso3)
  if (!area) return iso3
  const own = area.names[lang] ?? area.names[lang.split('-')[0] ?? lang]
  return own ?? runtimeName(area.iso2, lang) ?? nameIn(area.names, 'en') ?? area.iso3
}

/** World, 5 regions, 17 sub-regions and 7 intermediate regions of M49. */
export function listM49Regions(): readonly M49Region[] {
  regions ??= rowsOf('m49-regions', ['code', 'level', 'parent']).map((row) => ({
    code: row.code,
    level: row.level as M49Region['level'],
    parent: row.parent || undefined,
    names: namesOf(row),
  }))
  return regions
}

/** M49 region, sub-region and intermediate region of an area; undefined when the area is unknown or lies in none (Antarctica). */
export function regionOf(iso3: string): { region: string; subregion?: string; intermediate?: string } | undefined {
  const area = findArea(iso3)
  if (!area?.m49Region) return undefined
  return {
    region: area.m49Region,
    ...(area.m49Subregion ? { subregion: area.m49Subregion } : {}),
    ...(area.m49Intermediate ? { intermediate: area.m49Intermediate } : {}),
  }
}

function indexByCode(): ReadonlyMap<string, Area> {
  const index = new Map<string, Area>()
  for (const area of listAreas()) {
    for (const code of [area.iso3, area.iso2, area.m49]) if (code) index.set(code, area)
  }
  for (const variant of rowsOf('crosswalk', ['list', 'variant', 'code'])) {
    const area = variant.list === 'country' ? index.get(variant.code) : undefined
    if (area && !index.has(variant.variant)) index.set(variant.variant, area)
  }
  return index
}

function runtimeName(iso2: string, lang: LanguageTag): string | undefined {
  try {
    return new Intl.DisplayNames([lang], { type: 'region', fallback: 'none' }).of(iso2)
  } catch {
    return undefined // not a language tag that the runtime can read: the English name serves
  }
}
