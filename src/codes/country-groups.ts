/**
 * Groups of countries and who belonged to them on a day (domain 7.2, ruling 14).
 *
 * Any listed role but `former` is membership. An entry without dates holds always. The last M49 lists of developing and
 * developed regions stay in force after their publication stopped. Lists that exist only for some years (DAC recipients,
 * World Bank income groups) answer with the nearest edition, and `editionOf` says which one and whether it fits the date.
 */
import { type Day, firstDayOf, parsePartialDate } from '../kernel/partial-date.ts'
import { Problem } from '../kernel/problems.ts'
import { rowsOf } from './data-table.ts'
import { type Names, namesOf } from './names.ts'
import './problems.ts'

export interface CountryGroup {
  readonly group: string
  readonly kind: string
  readonly names: Names
  /** How the source tables spell the group, for example `oecd-dac` for `dac_member`. */
  readonly referenceCode: string | undefined
  readonly unionOf: readonly string[]
  /** UNDP region or UN regional commission that this group stands for. */
  readonly regionCode: string | undefined
  readonly staysInForce: boolean
}

/** Which edition of a list answers for a day; `fits` is false when the nearest one had to stand in. */
export interface ListEdition {
  readonly fromYear: number
  readonly toYear: number
  readonly fits: boolean
}

interface Membership {
  readonly from: string | undefined
  /** First day on which the country is no longer in. */
  readonly to: string | undefined
}

interface DacEdition {
  readonly fromYear: number
  readonly toYear: number
  readonly members: Set<string>
}

const INCOME_GROUPS: readonly string[] = ['lic', 'lmic', 'umic', 'hic']

let groups: ReadonlyMap<string, CountryGroup> | undefined
let memberships: ReadonlyMap<string, ReadonlyMap<string, readonly Membership[]>> | undefined
let dacEditions: readonly DacEdition[] | undefined
let incomeGroups: ReadonlyMap<string, string> | undefined

export function listCountryGroups(): readonly CountryGroup[] {
  return [...groupsByCode().values()]
}

/** The group by our code or by the code of the source tables; otherwise the Problem `codes.unknown-group`. */
export function getCountryGroup(group: string): CountryGroup {
  const found = groupsByCode().get(group) ?? listCountryGroups().find((one) => one.referenceCode === group)
  if (!found) throw new Problem('codes.unknown-group', { group, accepted: [...groupsByCode().keys()].join(', ') })
  return found
}

/**
 * Was the area (alpha-3) in the group on the day? `date` is 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'; a partial date is its first day.
 * An area code that we do not know is in no group.
 */
export function isMember(group: string, iso3: string, date: string): boolean {
  const wanted = getCountryGroup(group)
  const day = dayOf(date)
  if (wanted.unionOf.length > 0) return wanted.unionOf.some((part) => isMember(part, iso3, day))
  if (wanted.group === 'dac_recipient') return dacEditionFor(day).edition.members.has(iso3)
  if (INCOME_GROUPS.includes(wanted.group)) return incomeGroupOf(iso3) === wanted.group
  const entries = membershipsByGroup().get(wanted.group)?.get(iso3) ?? []
  return entries.some(({ from, to }) => (from ?? '') <= day && (to === undefined || wanted.staysInForce || day < to))
}

/** Codes of all groups in which the area was on the day, in the order of `listCountryGroups`. */
export function groupsOf(iso3: string, date: string): string[] {
  return [...groupsByCode().keys()].filter((group) => isMember(group, iso3, date))
}

/** Alpha-3 codes of all members on the day, sorted. Empty for `fragile`, for which no list is shipped. */
export function membersOf(group: string, date: string): string[] {
  const wanted = getCountryGroup(group)
  const listed =
    wanted.group === 'dac_recipient'
      ? [...dacEditionFor(dayOf(date)).edition.members]
      : INCOME_GROUPS.includes(wanted.group)
        ? [...incomeGroupByArea().keys()]
        : [wanted.group, ...wanted.unionOf].flatMap((part) => [...(membershipsByGroup().get(part)?.keys() ?? [])])
  return [...new Set(listed)].filter((iso3) => isMember(group, iso3, date)).sort()
}

/** The edition that answers for a group known by editions only; undefined for a group with dated or undated entries. */
export function editionOf(group: string, date: string): ListEdition | undefined {
  const wanted = getCountryGroup(group)
  const day = dayOf(date)
  if (wanted.group === 'dac_recipient') {
    const { edition, fits } = dacEditionFor(day)
    return { fromYear: edition.fromYear, toYear: edition.toYear, fits }
  }
  if (!INCOME_GROUPS.includes(wanted.group)) return undefined
  // World Bank fiscal year 2026 runs from 1 July 2025 to 30 June 2026.
  return { fromYear: 2025, toYear: 2026, fits: day >= '2025-07-01' && day < '2026-07-01' }
}

/** World Bank income group of fiscal year 2026: `lic`, `lmic`, `umic` or `hic`; undefined when not classified. */
export function incomeGroupOf(iso3: string): string | undefined {
  const group = incomeGroupByArea().get(iso3)
  return group !== undefined && INCOME_GROUPS.includes(group) ? group : undefined
}

/** UNDP region (`africa`, `arab_states`, `asia_pacific`, `europe_cis`, `lac`) of the bureau that serves the area. */
export function bureauOf(iso3: string): string | undefined {
  const bureau = getCountryGroup('programme_country').unionOf.find((group) => membershipsByGroup().get(group)?.has(iso3))
  return bureau === undefined ? undefined : getCountryGroup(bureau).regionCode
}

/** UN regional commissions of which the area is a member or associate member: `eca`, `ece`, `eclac`, `escap`, `escwa`. */
export function commissionsOf(iso3: string): string[] {
  return listCountryGroups()
    .filter(({ group }) => group.startsWith('un_') && membershipsByGroup().get(group)?.has(iso3))
    .flatMap(({ regionCode }) => regionCode ?? [])
}

/** A date that cannot be read gives the Problem `codes.bad-date`: no membership can be stated for it. */
function dayOf(date: string): Day {
  const written = parsePartialDate(date)
  if (written === undefined) throw new Problem('codes.bad-date', { found: date })
  return firstDayOf(written)
}

function groupsByCode(): ReadonlyMap<string, CountryGroup> {
  groups ??= new Map(
    rowsOf('area-groups', ['group', 'kind', 'reference_code', 'union_of', 'region_code', 'stays_in_force']).map((row) => [
      row.group,
      {
        group: row.group,
        kind: row.kind,
        names: namesOf(row),
        referenceCode: row.reference_code || undefined,
        unionOf: row.union_of === '' ? [] : row.union_of.split(' '),
        regionCode: row.region_code || undefined,
        staysInForce: row.stays_in_force === 'yes',
      },
    ]),
  )
  return groups
}

function membershipsByGroup(): ReadonlyMap<string, ReadonlyMap<string, readonly Membership[]>> {
  if (memberships) return memberships
  const byGroup = new Map<string, Map<string, Membership[]>>()
  for (const row of rowsOf('area-group-members', ['group', 'iso3', 'role', 'valid_from', 'valid_to'])) {
    if (row.role === 'former') continue
    const members = byGroup.get(row.group) ?? new Map<string, Membership[]>()
    byGroup.set(row.group, members)
    const entries = members.get(row.iso3) ?? []
    members.set(row.iso3, entries)
    entries.push({
      from: row.valid_from === '' ? undefined : firstDayOf(row.valid_from),
      to: row.valid_to === '' ? undefined : firstDayOf(row.valid_to),
    })
  }
  memberships = byGroup
  return byGroup
}

function dacEditionFor(day: string): { edition: DacEdition; fits: boolean } {
  dacEditions ??= readDacEditions()
  const year = Number(day.slice(0, 4))
  const fitting = dacEditions.find(({ fromYear, toYear }) => fromYear <= year && year <= toYear)
  if (fitting) return { edition: fitting, fits: true }
  const first = dacEditions[0]
  const nearest = first && year < first.fromYear ? first : dacEditions.at(-1)
  if (!nearest) throw new Error('The table dac-recipients is empty')
  return { edition: nearest, fits: false }
}

function readDacEditions(): readonly DacEdition[] {
  const editions = new Map<string, DacEdition>()
  for (const row of rowsOf('dac-recipients', ['iso3', 'list_from', 'list_to'])) {
    const edition = editions.get(row.list_from) ?? {
      fromYear: Number(row.list_from),
      toYear: Number(row.list_to),
      members: new Set<string>(),
    }
    editions.set(row.list_from, edition)
    edition.members.add(row.iso3)
  }
  return [...editions.values()].sort((a, b) => a.fromYear - b.fromYear)
}

function incomeGroupByArea(): ReadonlyMap<string, string> {
  incomeGroups ??= new Map(rowsOf('world-bank-income', ['iso3', 'income_group']).map((row) => [row.iso3, row.income_group]))
  return incomeGroups
}
