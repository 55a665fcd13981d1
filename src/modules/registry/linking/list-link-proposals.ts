/** Pairs that wait for a person, and those that were decided; each with what both records say, so that a list can show them. */
import { z } from 'zod'
import { type Sql, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import type { InitiativeFacts } from '../initiatives/initiative.ts'
import { initiativeScope } from '../initiatives/initiative-scope.ts'
import { DEFAULT_THRESHOLD } from './link-points.ts'
import {
  getProposal,
  type InitiativeLink,
  IS_LINKED,
  type LinkProposal,
  selectLinksAround,
  selectProposals,
} from './link-rows.ts'

export const LINK_STATES = ['proposed', 'linked', 'refused', 'unsure'] as const
export type LinkState = (typeof LINK_STATES)[number]

/** One side of a pair, as its party reports it. */
export interface LinkedRecord {
  readonly id: string
  readonly collection: string
  readonly collectionNames: LocalizedText
  readonly identifier: string | null
  readonly facts: Pick<
    InitiativeFacts,
    | 'title'
    | 'identifiers'
    | 'reportingOrg'
    | 'plannedPeriod'
    | 'actualPeriod'
    | 'hosts'
    | 'countries'
    | 'engagedCountries'
    | 'budget'
    | 'sectors'
    | 'partners'
    | 'kind'
    | 'contributions'
  >
}

export interface ListedProposal extends LinkProposal {
  readonly one: LinkedRecord
  readonly other: LinkedRecord
}

export interface ProposalPage {
  readonly rows: readonly ListedProposal[]
  readonly total: number
}

export const listLinkProposals = defineQuery({
  name: 'registry.list-link-proposals',
  permission: 'registry.initiative.edit',
  input: z.object({
    /** Only pairs with a record of this collection, by its key. */
    collection: z.string().optional(),
    /** Lowest score. */
    threshold: z.number().int().min(0).max(100).default(DEFAULT_THRESHOLD),
    state: z.enum(LINK_STATES).default('proposed'),
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(500).default(25),
  }),
  async run(context, { collection, threshold, state, offset, limit }): Promise<ProposalPage> {
    const { db } = context
    const where = sql`
      p.score >= ${threshold} and ${inState(state)} and ${ofCollection(collection)}
      and ${visiblePair(context)}
    `
    const { total } = await db.one<{ total: number }>(sql`
      select count(*)::int as total from initiative_link_proposals as p where ${where}
    `)
    const proposals = await selectProposals(db, where, { offset, limit })
    return { rows: await withRecords(context, proposals), total }
  },
})

export interface ProposalView extends ListedProposal {
  readonly state: LinkState
  /** The link between the two, when a person made it; empty where others join them. */
  readonly link: InitiativeLink | null
  /** Whether the reader may decide: the right must cover both. */
  readonly mayDecide: boolean
}

export const getLinkProposal = defineQuery({
  name: 'registry.get-link-proposal',
  permission: 'registry.initiative.edit',
  // Whoever may edit one of the two may look at the pair; deciding takes the right to both.
  async scope(context, { id }) {
    const { oneId, otherId } = await getProposal(context.db, id)
    const scopes = [await initiativeScope(context, oneId), await initiativeScope(context, otherId)]
    return { orgs: scopes.flatMap(({ orgs }) => orgs), countries: scopes.flatMap(({ countries }) => countries) }
  },
  input: z.object({ id: z.string() }),
  async run(context, { id }): Promise<ProposalView> {
    const { db, actor } = context
    const [proposal] = await withRecords(context, [await getProposal(db, id)], COMPARED_FACTS)
    if (!proposal) throw new Problem('linking.proposal-missing', { id })
    const { oneId, otherId } = proposal
    const links = await selectLinksAround(db, oneId)
    const isLinked = links.some((link) => link.oneId === otherId || link.otherId === otherId)
    const scopes = [await initiativeScope(context, oneId), await initiativeScope(context, otherId)]
    return {
      ...proposal,
      state: isLinked ? 'linked' : (proposal.decision ?? 'proposed'),
      link: links.find((link) => link.oneId === oneId && link.otherId === otherId) ?? null,
      mayDecide: scopes.every((scope) => permits(actor, 'registry.initiative.edit', scope)),
    }
  },
})

/** Whoever refused a pair may still have linked it through a third record: then it is linked. */
function inState(state: LinkState): Sql {
  if (state === 'linked') return IS_LINKED
  const decided = state === 'proposed' ? sql`p.decision is null` : sql`p.decision = ${state}`
  return sql`${decided} and not ${IS_LINKED}`
}

function ofCollection(key: string | undefined): Sql {
  if (key === undefined) return sql`true`
  return sql`exists (
    select 1
    from initiatives as i
    join collections as c on c.id = i.collection_id
    where i.id in (p.one_id, p.other_id) and c.key = ${key}
  )`
}

/** The same cut as the policy of the table (migration 0011). */
function visiblePair({ sight }: Pick<QueryContext, 'sight'>): Sql {
  if (sight.rows.sees === 'all') return sql`true`
  const seen = (column: string) => sql`exists (
    select 1 from initiatives as i where i.id = ${sql.ref(column)} and ${sight.visible('initiatives', 'i')}
  )`
  return sql`${seen('p.one_id')} and ${seen('p.other_id')}`
}

async function withRecords(
  { db, sight }: QueryContext,
  proposals: readonly LinkProposal[],
  fields: readonly string[] = SHOWN_FACTS,
): Promise<ListedProposal[]> {
  const ids = [...new Set(proposals.flatMap(({ oneId, otherId }) => [oneId, otherId]))]
  const records = await readLinkedRecords({ db, sight }, ids, fields)
  return proposals.flatMap((proposal) => {
    const [one, other] = [records.get(proposal.oneId), records.get(proposal.otherId)]
    return one && other ? [{ ...proposal, one, other }] : []
  })
}

/** What a list shows of each side. */
const SHOWN_FACTS = [
  'title',
  'identifiers',
  'reportingOrg',
  'plannedPeriod',
  'actualPeriod',
  'hosts',
  'countries',
  'engagedCountries',
  'budget',
  'kind',
] as const

/** What is compared besides; an activity may have thousands of transactions. */
const COMPARED_FACTS = [...SHOWN_FACTS, 'sectors', 'partners', 'contributions'] as const

/** By id; what the reader may not see has no entry. */
export async function readLinkedRecords(
  { db, sight }: Pick<QueryContext, 'db' | 'sight'>,
  ids: readonly string[],
  fields: readonly string[] = SHOWN_FACTS,
): Promise<ReadonlyMap<string, LinkedRecord>> {
  const rows = await db.many<LinkedRecord>(sql`
    select i.id, c.key as collection, c.names as "collectionNames", i.identifier,
           (select coalesce(jsonb_object_agg(f.key, f.value), '{}')
            from jsonb_each(i.facts) as f
            where f.key = any(${fields}::text[])) as facts
    from initiatives as i
    join collections as c on c.id = i.collection_id
    where i.id = any(${ids}::text[]) and ${sight.visible('initiatives', 'i')}
    order by i.id
  `)
  return new Map(rows.map((row) => [row.id, row]))
}
