/**
 * Published initiatives under a filter with what a return to another body is made from: contributions and partners, the computed type
 * of cooperation, the organisations behind the partners, which countries object, and which records people linked as one initiative.
 * Which amounts a return counts is decided outside (`src/interop/returns`).
 */
import { z } from 'zod'
import type { CooperationType } from '../../../codes/index.ts'
import { sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { orgsById } from '../../directory/index.ts'
import { COOPERATION_PROFILES } from '../cooperation-type/index.ts'
import type { InitiativeFacts } from '../initiatives/initiative.ts'
import { groupOf, type InitiativeLink } from '../linking/link-rows.ts'
import { FilterInput } from '../listings/list-listings.ts'
import { UNSETTLED } from '../objections/objection.ts'
import { exportOpenRows, type OpenFacts, type OpenInitiative } from '../open-data/open-rows.ts'

/** An organisation that everybody sees, as far as a return asks. */
export interface ReturnOrg {
  readonly id: string
  readonly names: LocalizedText
  /** Code of the list `orgType`. */
  readonly orgType: string | null
  /** ISO 3166-1 alpha-3 of its seat. */
  readonly country: string | null
  readonly partOfUnSystem: boolean
}

export interface ReturnRecord {
  readonly id: string
  readonly collection: string
  readonly identifier: string | null
  /** Under the profile that counts unless a report says otherwise. */
  readonly label: CooperationType | undefined
  /** In rising order. */
  readonly listedYears: readonly number[]
  readonly facts: OpenFacts
  readonly orgs: ReadonlyMap<string, ReturnOrg>
  /** Countries whose objection is not settled, alpha-3. */
  readonly objecting: readonly string[]
  /** The record that stands for the initiative: itself, unless people linked it with others. */
  readonly leadingId: string
}

export const exportReturnRecords = defineQuery({
  name: 'registry.export-return-records',
  permission: 'registry.initiative.read',
  input: z.object({ filter: FilterInput.default({ values: {} }) }),
  async run(context, { filter }): Promise<AsyncGenerator<readonly ReturnRecord[]>> {
    const batches = await exportOpenRows.run(context, { filter })
    return recordBatches(context, batches, await readLeaders(context))
  },
})

async function* recordBatches(
  context: QueryContext,
  batches: AsyncIterable<{ readonly initiatives: readonly OpenInitiative[] }>,
  leaders: ReadonlyMap<string, string>,
): AsyncGenerator<readonly ReturnRecord[]> {
  for await (const { initiatives } of batches) {
    const ids = initiatives.map(({ id }) => id)
    const years = await readListedYears(context, ids)
    const objecting = await readObjecting(context, ids)
    const orgs = await readOrgs(context, initiatives)
    const [profile] = COOPERATION_PROFILES
    yield initiatives.map(({ id, collection, identifier, cooperation, facts }) => ({
      id,
      collection,
      identifier,
      label: (profile && cooperation[profile.key]) as CooperationType | undefined,
      listedYears: years.get(id) ?? [],
      facts,
      orgs,
      objecting: objecting.get(id) ?? [],
      leadingId: leaders.get(id) ?? id,
    }))
  }
}

/** Leading record by member, for every group that people made. */
async function readLeaders({ whole }: Pick<QueryContext, 'whole'>): Promise<ReadonlyMap<string, string>> {
  const links = await whole.many<InitiativeLink>(sql`
    select k.id, k.one_id as "oneId", k.other_id as "otherId", k.leading_id as "leadingId", k.reason, k.linked_at as "linkedAt",
           k.linked_by as "linkedBy"
    from initiative_links as k
    order by k.id
  `)
  const leaders = new Map<string, string>()
  for (const group of groupsOf(links)) {
    const { leadingId, ids } = groupOf(group[0]?.oneId ?? '', group)
    for (const id of ids) leaders.set(id, leadingId)
  }
  return leaders
}

/** Links that hang together, each group in the order in which its links were made. */
function groupsOf(links: readonly InitiativeLink[]): InitiativeLink[][] {
  const root = new Map<string, string>()
  const find = (id: string): string => {
    let at = id
    for (let next = root.get(at); next !== undefined && next !== at; next = root.get(at)) at = next
    return at
  }
  for (const { oneId, otherId } of links) {
    root.set(oneId, find(oneId))
    root.set(find(otherId), find(oneId))
  }
  return [...Map.groupBy(links, ({ oneId }) => find(oneId)).values()]
}

async function readListedYears(
  { whole }: Pick<QueryContext, 'whole'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number[]>> {
  const rows = await whole.many<{ id: string; years: number[] }>(sql`
    select l.initiative_id as id, array_agg(distinct l.year order by l.year) as years
    from listings as l
    where l.initiative_id = any(${ids}::text[]) and l.year is not null and l.state = 'published'
    group by l.initiative_id
  `)
  return new Map(rows.map(({ id, years }) => [id, years]))
}

/** Whoever sees the record learns that a country disagrees, not what it says (domain section 14). */
async function readObjecting(
  { whole }: Pick<QueryContext, 'whole'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const rows = await whole.many<{ id: string; countries: string[] }>(sql`
    select o.initiative_id as id, array_agg(distinct o.country_code order by o.country_code) as countries
    from objections as o
    where o.initiative_id = any(${ids}::text[]) and o.state = any(${UNSETTLED}::text[])
    group by o.initiative_id
  `)
  return new Map(rows.map(({ id, countries }) => [id, countries]))
}

async function readOrgs(
  { db }: Pick<QueryContext, 'db'>,
  initiatives: readonly OpenInitiative[],
): Promise<ReadonlyMap<string, ReturnOrg>> {
  const ids = [...new Set(initiatives.flatMap(({ facts }) => orgIdsOf(facts)))]
  const orgs = await orgsById(db, ids)
  return new Map(
    [...orgs.values()]
      .filter(({ visibility }) => visibility === 'public')
      .map(({ id, names, orgType, countryCode, partOfUnSystem }) => [
        id,
        { id, names, orgType: orgType ?? null, country: countryCode ?? null, partOfUnSystem },
      ]),
  )
}

function orgIdsOf({ partners = [], reportingOrg }: Pick<InitiativeFacts, 'partners' | 'reportingOrg'>): string[] {
  return [reportingOrg?.orgId, ...partners.map(({ orgId }) => orgId)].filter((id) => id !== undefined)
}
