/** The columns of a list, once: the screen and every download show the same values under the same headers. */
import { areaName, codeName } from '../../../../codes/index.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import type { ListedInitiative } from '../../../../modules/registry/index.ts'
import { goalName, regionName, SHOWN_PROFILE, sectorName } from '../value-names.ts'

export interface ListingColumn {
  readonly key: string
  /** Key of the header's text. */
  readonly header: string
  /** Codes as stored, which downloads carry beside the names; undefined when the value is no code. */
  readonly codes?: (row: ListedInitiative) => readonly string[]
  readonly names: (row: ListedInitiative, t: Translator) => readonly string[]
}

const one = (value: string | null): readonly string[] => (value === null ? [] : [value])

function coded(
  key: string,
  header: string,
  codes: (row: ListedInitiative) => readonly string[],
  name: (t: Translator, code: string) => string,
): ListingColumn {
  return { key, header, codes, names: (row, t) => codes(row).map((code) => name(t, code)) }
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
  },
  coded('host', 'registry.field.host', (row) => row.hosts, area),
  coded('partner', 'registry.field.partner', (row) => row.partnerCountries, area),
  coded('partnerType', 'registry.field.partnerType', (row) => row.partnerTypes, from('partnerType')),
  coded('role', 'registry.field.role', (row) => row.agencyRoles, from('agencyRole')),
  coded('scale', 'registry.field.scale', (row) => one(row.scale), from('scale')),
  coded('cooperation', 'registry.field.cooperation', (row) => one(row.cooperation[SHOWN_PROFILE] ?? null), from('framework')),
  coded('region', 'registry.field.region', (row) => row.regions, regionName),
  coded('theme', 'registry.field.theme', (row) => one(row.theme), from('theme')),
  coded('focus', 'registry.field.focus', (row) => row.territorialFocus, from('territorialFocus')),
  coded('sector', 'registry.field.sector', (row) => row.sectors, sectorName),
  coded('goal', 'registry.field.goal', (row) => row.goals, goalName),
  { key: 'collection', header: 'registry.field.collection', names: (row) => [row.collection] },
  { key: 'identifier', header: 'registry.column.identifier', names: (row) => one(row.identifier) },
  {
    key: 'sourceRow',
    header: 'registry.column.source-row',
    names: (row) => one(row.sourceRow === null ? null : String(row.sourceRow)),
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
