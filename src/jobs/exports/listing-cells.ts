/** The columns of a list, once: the screen and every download show the same values under the same headers. */
import { areaName, codeName } from '../../codes/index.ts'
import type { Translator } from '../../i18n/translator.ts'
import { textFor } from '../../kernel/localized-text.ts'
import type { ListedInitiative } from '../../modules/registry/index.ts'
import { goalName, regionName, SHOWN_PROFILE, sectorName } from './code-words.ts'

export interface ListingColumn {
  readonly key: string
  /** Key of the header's text. */
  readonly header: string
  /** Codes as stored, which downloads carry beside the names; undefined when the value is no code. */
  readonly codes?: (row: ListedInitiative) => readonly string[]
  readonly names: (row: ListedInitiative, t: Translator) => readonly string[]
  /** Several values at once (the default is one). */
  readonly many?: boolean
  /** A number in files, so that a spreadsheet can sort by it. */
  readonly number?: boolean
}

type Name = (t: Translator, code: string) => string

const one = (value: string | null): readonly string[] => (value === null ? [] : [value])

function codedOnce(key: string, header: string, code: (row: ListedInitiative) => string | null, name: Name): ListingColumn {
  const codes = (row: ListedInitiative) => one(code(row))
  return { key, header, codes, names: (row, t) => codes(row).map((found) => name(t, found)) }
}

function codedMany(key: string, header: string, codes: (row: ListedInitiative) => readonly string[], name: Name): ListingColumn {
  return { key, header, codes, names: (row, t) => codes(row).map((code) => name(t, code)), many: true }
}

const area = (t: Translator, iso3: string) => areaName(iso3, t.lang)
const from =
  (list: string) =>
  (t: Translator, code: string): string =>
    codeName(list, code, t.lang)

export const LISTING_COLUMNS: readonly ListingColumn[] = [
  { key: 'title', header: 'registry.column.title', names: (row, t) => one(titleOf(row, t) ?? null) },
  {
    key: 'year',
    header: 'registry.field.year',
    names: (row) => one(row.year === null ? null : String(row.year)),
    number: true,
  },
  codedMany('host', 'registry.field.host', (row) => row.hosts, area),
  codedMany('partner', 'registry.field.partner', (row) => row.partnerCountries, area),
  codedMany('partnerType', 'registry.field.partnerType', (row) => row.partnerTypes, from('partnerType')),
  codedMany('role', 'registry.field.role', (row) => row.agencyRoles, from('agencyRole')),
  codedOnce('scale', 'registry.field.scale', (row) => row.scale, from('scale')),
  codedOnce('cooperation', 'registry.field.cooperation', (row) => row.cooperation[SHOWN_PROFILE] ?? null, from('framework')),
  codedMany('region', 'registry.field.region', (row) => row.regions, regionName),
  codedOnce('theme', 'registry.field.theme', (row) => row.theme, from('theme')),
  codedMany('focus', 'registry.field.focus', (row) => row.territorialFocus, from('territorialFocus')),
  codedMany('sector', 'registry.field.sector', (row) => row.sectors, sectorName),
  codedMany('goal', 'registry.field.goal', (row) => row.goals, goalName),
  { key: 'collection', header: 'registry.field.collection', names: (row) => [row.collection] },
  { key: 'identifier', header: 'registry.column.identifier', names: (row) => one(row.identifier) },
  {
    key: 'sourceRow',
    header: 'registry.column.source-row',
    names: (row) => one(row.sourceRow === null ? null : String(row.sourceRow)),
    number: true,
  },
  {
    key: 'state',
    header: 'registry.field.state',
    codes: (row) => [row.state],
    names: (row, t) => [t(`components.state.${row.state}`)],
  },
  { key: 'id', header: 'registry.column.id', names: (row) => [row.initiativeId] },
]

export function titleOf(row: ListedInitiative, t: Translator): string | undefined {
  return textFor(row.title ?? undefined, t.lang)?.text
}
