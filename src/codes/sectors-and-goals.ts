/** Sectors of the DAC (3 and 5 digits), the Sustainable Development Goals and their targets, and the goals of 2000 to 2015. */
import { rowsOf } from './data-table.ts'
import { type Names, namesOf } from './names.ts'

export interface Sector {
  readonly code: string
  /** 3 is IATI sector vocabulary 2, 5 is vocabulary 1. */
  readonly digits: 3 | 5
  /** A heading gathers 3-digit groups (110), a group gathers purposes (111), a voluntary code refines a purpose. */
  readonly kind: string
  readonly parent: string | undefined
  readonly names: Names
  readonly withdrawn: boolean
}

export interface SdgGoal {
  readonly code: string
  /** Official colour, '#RRGGBB'. */
  readonly color: string
  readonly names: Names
}

export interface SdgTarget {
  readonly code: string
  readonly goal: string
  readonly kind: string
  readonly shortLabelEn: string
  readonly isAboutSouthSouth: boolean
}

let sectors: ReadonlyMap<string, Sector> | undefined

export function listSectors(digits?: 3 | 5): readonly Sector[] {
  const all = [...sectorsByCode().values()]
  return digits === undefined ? all : all.filter((sector) => sector.digits === digits)
}

export function findSector(code: string): Sector | undefined {
  return sectorsByCode().get(code.trim())
}

/** The 3-digit group of a purpose code, the code itself for a group or heading, undefined for an unknown code. */
export function sectorGroupOf(code: string): string | undefined {
  const sector = findSector(code)
  return sector?.digits === 5 ? sector.parent : sector?.code
}

export function listSdgGoals(): readonly SdgGoal[] {
  return rowsOf('sdg-goals', ['code', 'color']).map((row) => ({ code: row.code, color: row.color, names: namesOf(row) }))
}

export function listSdgTargets(goal?: string): readonly SdgTarget[] {
  return rowsOf('sdg-targets', ['code', 'goal', 'kind', 'short_en', 'ssc_relevance'])
    .filter((row) => goal === undefined || row.goal === goal)
    .map((row) => ({
      code: row.code,
      goal: row.goal,
      kind: row.kind,
      shortLabelEn: row.short_en,
      isAboutSouthSouth: row.ssc_relevance !== '',
    }))
}

/** Goals of 2000 to 2015 and the later goals nearest to them (a mapping of this project). */
export function listMdgGoals(): readonly {
  readonly code: string
  readonly names: Names
  readonly nearestSdgs: readonly string[]
}[] {
  return rowsOf('mdg-goals', ['code', 'nearest_sdgs']).map((row) => ({
    code: row.code,
    names: namesOf(row),
    nearestSdgs: row.nearest_sdgs.split(' '),
  }))
}

function sectorsByCode(): ReadonlyMap<string, Sector> {
  sectors ??= new Map(
    rowsOf('dac-sectors', ['code', 'level', 'parent', 'kind', 'status']).map((row) => [
      row.code,
      {
        code: row.code,
        digits: row.level === '3' ? (3 as const) : (5 as const),
        kind: row.kind,
        parent: row.parent || undefined,
        names: namesOf(row),
        withdrawn: row.status === 'withdrawn',
      },
    ]),
  )
  return sectors
}
