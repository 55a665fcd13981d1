/** A listing as it is shown, and a page of them: the answer of the list, also in the description of the API. */
import { z } from 'zod'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { LocalizedTextSchema } from '../fields.ts'
import type { FilterField } from './listing-filter.ts'
import type { FacetCount } from './select-listings.ts'

export interface ListedInitiative {
  readonly id: string
  readonly initiativeId: string
  readonly collection: string
  readonly identifier: string | null
  readonly title: LocalizedText | null
  readonly state: string
  readonly year: number | null
  readonly sourceRow: number | null
  readonly revision: string | null
  readonly groupKey: string | null
  readonly hosts: readonly string[]
  readonly partnerCountries: readonly string[]
  readonly partnerTypes: readonly string[]
  readonly agencyRoles: readonly string[]
  readonly regions: readonly string[]
  readonly territorialFocus: readonly string[]
  readonly scale: string | null
  readonly theme: string | null
  readonly sectors: readonly string[]
  readonly goals: readonly string[]
  /** Computed type per profile key. */
  readonly cooperation: Readonly<Record<string, string>>
}

export interface ListingPage {
  readonly rows: readonly ListedInitiative[]
  readonly total: number
  readonly offset: number
  /** Give it back as `cursor` for the next page; null after the last row. */
  readonly next: string | null
  readonly facets: Readonly<Record<FilterField, readonly FacetCount[]>>
}

const Codes = z.array(z.string())

export const ListedInitiativeSchema = z.object({
  id: z.string(),
  initiativeId: z.string(),
  collection: z.string(),
  identifier: z.string().nullable(),
  title: LocalizedTextSchema.nullable(),
  state: z.string(),
  year: z.number().int().nullable(),
  sourceRow: z.number().int().nullable(),
  revision: z.string().nullable(),
  groupKey: z.string().nullable(),
  hosts: Codes,
  partnerCountries: Codes,
  partnerTypes: Codes,
  agencyRoles: Codes,
  regions: Codes,
  territorialFocus: Codes,
  scale: z.string().nullable(),
  theme: z.string().nullable(),
  sectors: Codes,
  goals: Codes,
  cooperation: z.record(z.string(), z.string()),
})

export const ListingPageSchema = z.object({
  rows: z.array(ListedInitiativeSchema),
  total: z.number().int(),
  offset: z.number().int(),
  next: z.string().nullable(),
  facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number().int() }))),
})
