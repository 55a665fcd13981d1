/**
 * One way to ask any list for its codes and their names: closed lists of the domain model, and the published lists
 * (countries, regions, sectors, goals, channels, IATI).
 *
 * Codes that a list does not know are kept by the caller with a warning (ruling 10): `codeName` shows them as they are.
 */
import type { LanguageTag } from '../kernel/languages.ts'
import { Problem } from '../kernel/problems.ts'
import { listAreas, listM49Regions } from './areas.ts'
import { listCountryGroups } from './country-groups.ts'
import { rowsOf } from './data-table.ts'
import { type Names, nameIn, namesOf } from './names.ts'
import './problems.ts'

export interface CodeRow {
  readonly code: string
  readonly names: Names
  readonly parent?: string
  readonly withdrawn: boolean
  /** Day on which the source withdrew the code, where it says so. */
  readonly withdrawnOn?: string
}

interface DomainLists {
  readonly all: ReadonlyMap<string, readonly CodeRow[]>
  readonly open: ReadonlySet<string>
}

/** Prefix of the IATI lists: `iati.ActivityStatus`, spelled as in the standard. */
const IATI = 'iati.'

const lists = new Map<string, ReadonlyMap<string, CodeRow>>()
let domainLists: DomainLists | undefined
let iatiLists: ReadonlyMap<string, readonly CodeRow[]> | undefined

const PUBLISHED: Readonly<Record<string, () => readonly CodeRow[]>> = {
  country: () => listAreas().map(({ iso3, names }) => ({ code: iso3, names, withdrawn: false })),
  m49Region: m49RegionRows,
  region: () => [...m49RegionRows(), ...domainRows('commission'), ...domainRows('undpRegion')],
  countryGroup: () => listCountryGroups().map(({ group, names }) => ({ code: group, names, withdrawn: false })),
  modality: () =>
    rowsOf('modalities', ['code', 'flow_group']).map((row) => ({
      code: row.code,
      names: namesOf(row),
      parent: row.flow_group,
      withdrawn: false,
    })),
  sector: () => rowsOf('dac-sectors', ['code', 'parent', 'status', 'withdrawn']).map(codeRow),
  sdg: () => [...sdgGoalRows(), ...sdgTargetRows()],
  sdgGoal: sdgGoalRows,
  sdgTarget: sdgTargetRows,
  sdgIndicator: () =>
    rowsOf('sdg-indicators', ['code', 'target', 'status']).map((row) => codeRow({ ...row, parent: row.target })),
  mdgGoal: () => rowsOf('mdg-goals', ['code']).map(codeRow),
  crsChannel: () =>
    rowsOf('crs-channels', ['code', 'category', 'status']).map((row) => codeRow({ ...row, parent: row.category })),
}

/** All codes of a list in the order of its source, withdrawn ones included. Unknown list: the Problem `codes.unknown-list`. */
export function listCodes(list: string): readonly CodeRow[] {
  return [...codesOf(list).values()]
}

export function findCode(list: string, code: string): CodeRow | undefined {
  return codesOf(list).get(code)
}

export function isCode(list: string, code: string): boolean {
  return codesOf(list).has(code)
}

/** Name of a code in a language, in English where the language lacks it, and the code itself where the list does not know it. */
export function codeName(list: string, code: string, lang: LanguageTag): string {
  const row = codesOf(list).get(code)
  return (row && nameIn(row.names, lang)) ?? code
}

/** Keys of all lists: closed lists of the domain first, then published lists, then `iati.<List>`. */
export function listListKeys(): string[] {
  return [
    ...domainListsByKey().all.keys(),
    ...Object.keys(PUBLISHED),
    ...[...iatiListsByName().keys()].map((name) => IATI + name),
  ]
}

/** An open list accepts an unknown code with a warning; a closed one refuses it when a person enters it (domain section 5). */
export function isOpenList(list: string): boolean {
  return domainListsByKey().open.has(list) || list === 'country' || list === 'countryGroup'
}

function codesOf(list: string): ReadonlyMap<string, CodeRow> {
  const known = lists.get(list)
  if (known) return known
  const rows =
    domainListsByKey().all.get(list) ??
    PUBLISHED[list]?.() ??
    (list.startsWith(IATI) ? iatiListsByName().get(list.slice(IATI.length)) : undefined)
  if (!rows) throw new Problem('codes.unknown-list', { list })
  const byCode = new Map(rows.map((row) => [row.code, row]))
  lists.set(list, byCode)
  return byCode
}

function domainListsByKey(): DomainLists {
  if (domainLists) return domainLists
  const all = new Map<string, CodeRow[]>()
  const open = new Set<string>()
  for (const row of rowsOf('closed-lists', ['list', 'code', 'open'])) {
    const rows = all.get(row.list) ?? []
    all.set(row.list, rows)
    rows.push({ code: row.code, names: namesOf(row), withdrawn: false })
    if (row.open === 'yes') open.add(row.list)
  }
  domainLists = { all, open }
  return domainLists
}

function domainRows(list: string): readonly CodeRow[] {
  return domainListsByKey().all.get(list) ?? []
}

function iatiListsByName(): ReadonlyMap<string, readonly CodeRow[]> {
  if (iatiLists) return iatiLists
  const byName = new Map<string, CodeRow[]>()
  for (const row of rowsOf('iati-codelists', ['list', 'code', 'category', 'status', 'withdrawn'])) {
    const rows = byName.get(row.list) ?? []
    byName.set(row.list, rows)
    rows.push(codeRow({ ...row, parent: row.category }))
  }
  iatiLists = byName
  return byName
}

function m49RegionRows(): readonly CodeRow[] {
  return listM49Regions().map(({ code, names, parent }) => ({ code, names, ...(parent ? { parent } : {}), withdrawn: false }))
}

function sdgGoalRows(): readonly CodeRow[] {
  return rowsOf('sdg-goals', ['code']).map(codeRow)
}

/** Targets have a short label in English only: the official texts are long and are not copied. */
function sdgTargetRows(): readonly CodeRow[] {
  return rowsOf('sdg-targets', ['code', 'goal', 'short_en']).map((row) => ({
    code: row.code,
    names: { en: row.short_en },
    parent: row.goal,
    withdrawn: false,
  }))
}

function codeRow(row: Readonly<Record<string, string>>): CodeRow {
  return {
    code: row.code ?? '',
    names: namesOf(row),
    ...(row.parent ? { parent: row.parent } : {}),
    withdrawn: row.status === 'withdrawn' || (row.withdrawn !== undefined && row.withdrawn !== ''),
    ...(row.withdrawn ? { withdrawnOn: row.withdrawn } : {}),
  }
}
