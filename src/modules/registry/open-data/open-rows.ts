/**
 * Published rows with the facts behind them, batch by batch, for data packages and snapshots. What is being prepared behind a published
 * row is left out, and so is what was never for the public: contacts, notes, unplaced columns of a source, names of accounts.
 */

import { z } from 'zod'
import { unitsPerUsd } from '../../../codes/index.ts'
import { sql } from '../../../database/db.ts'
import { addDecimals } from '../../../kernel/decimal.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { orgsById } from '../../directory/index.ts'
import type { InitiativeContribution, InitiativeFacts } from '../initiatives/initiative.ts'
import { exportListings, FilterInput } from '../listings/list-listings.ts'
import type { ListedInitiative } from '../listings/listed-initiative.ts'
import { toDollars } from '../valuation/convert-value.ts'
import { linkedPublicRecords } from './linked-records.ts'

export type OpenFacts = Omit<InitiativeFacts, 'contact' | 'note' | 'kept' | 'cooperationOverride'>

export interface OpenInitiative {
  readonly id: string
  readonly collection: string
  readonly identifier: string | null
  readonly cooperation: Readonly<Record<string, string>>
  /** The record that stands for the initiative, where several were found to be one; null when it stands alone. */
  readonly sameAs: string | null
  readonly facts: OpenFacts
  /** United States dollars by number of the contribution, where a rate is known. */
  readonly dollars: Readonly<Record<string, string>>
  /** Names of the organisations of the directory that everybody sees, by id. */
  readonly orgNames: ReadonlyMap<string, LocalizedText>
}

export interface OpenBatch {
  readonly listings: readonly ListedInitiative[]
  /** Of these listings, those that no batch before had. */
  readonly initiatives: readonly OpenInitiative[]
}

/** Run as a stranger it gives what everybody may see; whoever asks, only published rows. */
export const exportOpenRows = defineQuery({
  name: 'registry.export-open-rows',
  permission: 'registry.initiative.read',
  input: z.object({ filter: FilterInput.default({ values: {} }) }),
  async run(context, { filter }): Promise<AsyncGenerator<OpenBatch>> {
    const published = { ...filter, values: { ...filter.values, shown: ['public'] } }
    return openBatches(context, await exportListings.run(context, { filter: published, sort: 'listed' }))
  },
})

async function* openBatches(
  context: QueryContext,
  batches: AsyncIterable<readonly ListedInitiative[]>,
): AsyncGenerator<OpenBatch> {
  const seen = new Set<string>()
  const linked = await linkedPublicRecords(context.whole)
  for await (const listings of batches) {
    const fresh = [...new Map(listings.map((listing) => [listing.initiativeId, listing])).values()].filter(
      ({ initiativeId }) => !seen.has(initiativeId),
    )
    for (const { initiativeId } of fresh) seen.add(initiativeId)
    yield {
      listings: listings.map((listing) => ({ ...listing, state: 'published' })),
      initiatives: (await readInitiatives(context, fresh)).map((open) => ({
        ...open,
        sameAs: linked.get(open.id)?.leadingId ?? null,
      })),
    }
  }
}

async function readInitiatives(
  context: Pick<QueryContext, 'db' | 'sight'>,
  listings: readonly ListedInitiative[],
): Promise<Omit<OpenInitiative, 'sameAs'>[]> {
  if (listings.length === 0) return []
  const ids = listings.map(({ initiativeId }) => initiativeId)
  const facts = await publishedFacts(context, ids)
  const dollars = await storedDollars(context, ids)
  const orgs = await orgsById(context.db, [...new Set([...facts.values()].flatMap(orgIdsOf))])
  const orgNames = new Map(
    [...orgs.values()].filter(({ visibility }) => visibility === 'public').map(({ id, names }) => [id, names]),
  )
  return listings.flatMap(({ initiativeId, collection, identifier, cooperation }) => {
    const found = facts.get(initiativeId)
    if (!found) return []
    const { contact: _c, note: _n, kept: _k, cooperationOverride: _o, ...open } = found
    return [
      {
        id: initiativeId,
        collection,
        identifier,
        cooperation,
        facts: open,
        dollars: dollarsOf(open.contributions ?? [], dollars.get(initiativeId) ?? {}),
        orgNames,
      },
    ]
  })
}

/** The record itself while it is published; otherwise the version that everybody still sees. */
async function publishedFacts(
  { db, sight }: Pick<QueryContext, 'db' | 'sight'>,
  ids: readonly string[],
): Promise<Map<string, InitiativeFacts>> {
  // One initiative at a time by its index: a join would read the tables whole, and the policy every record in them.
  const rows = await db.many<{ id: string; facts: InitiativeFacts | null }>(sql`
    select wanted.id, coalesce(current.facts, earlier.facts) as facts
    from unnest(${ids}::text[]) as wanted(id)
    left join lateral (
      select i.facts
      from initiatives as i
      where i.id = wanted.id and i.state = 'published' and i.visibility = 'public' and ${sight.visible('initiatives', 'i')}
      offset 0
    ) as current on true
    left join lateral (
      select v.snapshot -> 'facts' as facts
      from record_versions as v
      where current.facts is null and v.module = 'registry' and v.aggregate = 'initiatives' and v.record_id = wanted.id
        and v.snapshot ->> 'state' = 'published' and v.snapshot ->> 'visibility' = 'public'
      order by v.version desc
      limit 1
    ) as earlier on true
  `)
  return new Map(rows.flatMap(({ id, facts }) => (facts === null ? [] : [[id, facts] as const])))
}

type Dollars = Readonly<Record<string, string>>

/** As the import converted them. */
async function storedDollars({ db }: Pick<QueryContext, 'db'>, ids: readonly string[]): Promise<Map<string, Dollars>> {
  const rows = await db.many<{ id: string; dollars: Dollars }>(sql`
    select wanted.id, stated.dollars
    from unnest(${ids}::text[]) as wanted(id)
    cross join lateral (
      select jsonb_object_agg(c.contribution_no, c.usd::text) as dollars
      from initiative_contributions as c
      where c.initiative_id = wanted.id and c.usd is not null
      offset 0
    ) as stated
    where stated.dollars is not null
  `)
  return new Map(rows.map(({ id, dollars }) => [id, dollars]))
}

function dollarsOf(contributions: readonly InitiativeContribution[], stored: Dollars): Dollars {
  return Object.fromEntries(
    contributions.flatMap(({ no, money, period }) => {
      const year = Number((money?.valueDate ?? period?.start ?? period?.end)?.slice(0, 4))
      const converted =
        money && (Number.isInteger(year) || money.currency === 'USD')
          ? toDollars({ amount: money.amount, currency: money.currency }, year, rateOf)
          : undefined
      const dollars = stored[no] ?? converted?.amount
      // One way to write a number, whichever engine gave it: 100.50 and 100.5 are the same.
      return dollars === undefined ? [] : [[no, addDecimals(dollars, '0')]]
    }),
  )
}

function rateOf(currency: string, year: number) {
  const found = unitsPerUsd(currency, year)
  return found && { perDollar: found.rate, source: found.source }
}

function orgIdsOf({ partners = [], agencyRoles = [], reportingOrg }: InitiativeFacts): string[] {
  return [reportingOrg?.orgId, ...partners.map(({ orgId }) => orgId), ...agencyRoles.map(({ org }) => org)].filter(
    (id) => id !== undefined,
  )
}
