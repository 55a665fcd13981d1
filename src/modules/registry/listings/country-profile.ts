/**
 * A country over the listings of a filter: how often and since when it was host, provider, recipient, or took part in any way,
 * and with whom (R04). One listing may count in several roles; countries of one listing are "with" each other.
 */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { FilterInput, selectForActor } from './list-listings.ts'
import { type Column, type ListingColumns, valuesAt } from './listing-columns.ts'

export const COUNTRY_ROLES = ['host', 'provider', 'recipient', 'partner'] as const
export type CountryRole = (typeof COUNTRY_ROLES)[number]

export interface CountryRoleFacts {
  readonly listings: number
  /** First year in which a listing says so; null when none of them states its year. */
  readonly firstYear: number | null
  readonly lastYear: number | null
}

export interface CountryProfile {
  readonly iso3: string
  /** `partner`: took part in any way, also where nobody states the role. */
  readonly roles: Readonly<Record<CountryRole, CountryRoleFacts>>
  /** Distinct listings in any of the roles. */
  readonly listings: number
  /** Of these, listings that state no role of a country: neither provider nor recipient. */
  readonly roleNotStated: number
  readonly withWhom: readonly { readonly iso3: string; readonly listings: number }[]
}

export const getCountryProfile = defineQuery({
  name: 'registry.get-country-profile',
  permission: 'registry.initiative.read',
  input: z.object({
    iso3: z.string().regex(/^[A-Z]{3}$/),
    filter: FilterInput.default({ values: {} }),
    partners: z.number().int().min(0).max(250).default(20),
  }),
  async run(context, { iso3, filter, partners }): Promise<CountryProfile> {
    const { columns, selection } = await selectForActor(context, filter, { facets: [] })
    return profileOf(columns, selection.rows, iso3, partners)
  },
})

function profileOf(columns: ListingColumns, rows: Uint32Array, iso3: string, partners: number): CountryProfile {
  const seen = Object.fromEntries(COUNTRY_ROLES.map((role) => [role, { listings: 0, years: [] as number[] }])) as Record<
    CountryRole,
    { listings: number; years: number[] }
  >
  const others = new Map<string, number>()
  const code = Object.fromEntries(COUNTRY_ROLES.map((role) => [role, columns.fields[role].dictionary.indexOf(iso3)])) as Record<
    CountryRole,
    number
  >
  let listings = 0
  let roleNotStated = 0
  for (const row of rows) {
    const held = COUNTRY_ROLES.filter((role) => holds(columns.fields[role], row, code[role]))
    if (held.length === 0) continue
    listings += 1
    const [year] = valuesAt(columns.fields.year, row)
    for (const role of held) {
      seen[role].listings += 1
      if (year !== undefined) seen[role].years.push(Number(year))
    }
    if (isEmpty(columns.fields.provider, row) && isEmpty(columns.fields.recipient, row)) roleNotStated += 1
    const company = new Set(COUNTRY_ROLES.flatMap((role) => valuesAt(columns.fields[role], row)))
    company.delete(iso3)
    for (const other of company) others.set(other, (others.get(other) ?? 0) + 1)
  }
  const factsOf = ({ listings: count, years }: { listings: number; years: number[] }): CountryRoleFacts => ({
    listings: count,
    firstYear: years.length > 0 ? Math.min(...years) : null,
    lastYear: years.length > 0 ? Math.max(...years) : null,
  })
  return {
    iso3,
    roles: {
      host: factsOf(seen.host),
      provider: factsOf(seen.provider),
      recipient: factsOf(seen.recipient),
      partner: factsOf(seen.partner),
    },
    listings,
    roleNotStated,
    withWhom: [...others]
      .map(([other, count]) => ({ iso3: other, listings: count }))
      .sort((a, b) => b.listings - a.listings || (a.iso3 < b.iso3 ? -1 : 1))
      .slice(0, partners),
  }
}

function holds({ offsets, codes }: Column, row: number, code: number): boolean {
  if (code < 0) return false
  for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at += 1) if (codes[at] === code) return true
  return false
}

function isEmpty({ offsets }: Column, row: number): boolean {
  return offsets[row] === offsets[row + 1]
}
