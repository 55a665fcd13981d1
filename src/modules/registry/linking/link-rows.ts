/** SQL that the operations on links share, and which records are one group. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { LinkSign } from './compare-records.ts'

export const LINK_DECISIONS = ['refused', 'unsure'] as const
export type LinkDecision = (typeof LINK_DECISIONS)[number]

export interface LinkProposal {
  readonly id: string
  readonly oneId: string
  readonly otherId: string
  /** 0 to 100. */
  readonly score: number
  readonly reasons: readonly LinkSign[]
  readonly doubts: readonly LinkSign[]
  readonly foundAt: string
  readonly decision: LinkDecision | null
  readonly decisionReason: string | null
  readonly decidedAt: string | null
  readonly decidedBy: string | null
  readonly version: number
}

export interface InitiativeLink {
  readonly id: string
  readonly oneId: string
  readonly otherId: string
  readonly leadingId: string | null
  readonly reason: string
  readonly linkedAt: string
  readonly linkedBy: string
}

const PROPOSAL = sql`
  p.id, p.one_id as "oneId", p.other_id as "otherId", p.score, p.reasons, p.doubts, p.found_at as "foundAt", p.decision,
  p.decision_reason as "decisionReason", p.decided_at as "decidedAt", p.decided_by as "decidedBy", p.version
`

const LINK = sql`
  k.id, k.one_id as "oneId", k.other_id as "otherId", k.leading_id as "leadingId", k.reason, k.linked_at as "linkedAt",
  k.linked_by as "linkedBy"
`

/** The likeliest first. The table stands as `p`. */
export function selectProposals(
  db: Db,
  where: Sql,
  page: { readonly offset: number; readonly limit: number },
): Promise<LinkProposal[]> {
  return db.many<LinkProposal>(sql`
    select ${PROPOSAL}
    from initiative_link_proposals as p
    where ${where}
    order by p.score desc, p.id
    offset ${page.offset}
    limit ${page.limit}
  `)
}

/** Errors: Problem `linking.proposal-missing`, also when the actor may not see both records. */
export async function getProposal(db: Db, id: string): Promise<LinkProposal> {
  const [proposal] = await selectProposals(db, sql`p.id = ${id}`, { offset: 0, limit: 1 })
  if (!proposal) throw new Problem('linking.proposal-missing', { id })
  return proposal
}

/** Errors: Problem `linking.link-missing`, also when the actor may not see both records. */
export async function getLink(db: Db, id: string): Promise<InitiativeLink> {
  const link = await db.maybe<InitiativeLink>(sql`select ${LINK} from initiative_links as k where k.id = ${id}`)
  if (!link) throw new Problem('linking.link-missing', { id })
  return link
}

/** All links of the group of a record, oldest first; none when it stands alone. */
export function selectLinksAround(db: Db, initiativeId: string): Promise<InitiativeLink[]> {
  return db.many<InitiativeLink>(sql`
    with recursive members as (
      select ${initiativeId}::text as id
      union
      select case when k.one_id = m.id then k.other_id else k.one_id end
      from members as m
      join initiative_links as k on k.one_id = m.id or k.other_id = m.id
    )
    select ${LINK}
    from initiative_links as k
    where k.one_id in (select id from members)
    order by k.id
  `)
}

export interface LinkGroup {
  readonly leadingId: string
  /** The leading one among them, in the order of their ids. */
  readonly ids: readonly string[]
}

/** One group around a record. The leading one is what was chosen last, else the record that came first: ids tell when they were made. */
export function groupOf(initiativeId: string, links: readonly InitiativeLink[]): LinkGroup {
  const ids = [...new Set([initiativeId, ...links.flatMap(({ oneId, otherId }) => [oneId, otherId])])].sort()
  const chosen = links.findLast(({ leadingId }) => leadingId !== null)?.leadingId
  return { leadingId: chosen ?? ids[0] ?? initiativeId, ids }
}

/**
 * Condition for a proposal `p` whose records are in one group already, directly or through others. Each step finds its rows by an index,
 * so that thousands of proposals beside thousands of links are a matter of a second or two; the walk comes last.
 */
export const IS_LINKED = sql`
  case
    when exists (select 1 from initiative_links as k where k.one_id = p.one_id and k.other_id = p.other_id) then true
    when not exists (select 1 from initiative_links as k where k.one_id = p.one_id)
     and not exists (select 1 from initiative_links as k where k.other_id = p.one_id) then false
    else exists (
      with recursive members as (
        select p.one_id as id
        union
        select case when k.one_id = m.id then k.other_id else k.one_id end
        from members as m
        join initiative_links as k on k.one_id = m.id or k.other_id = m.id
      )
      select 1 from members where members.id = p.other_id
    )
  end
`

/** Two who decide at once: the second sees what the first did. */
export async function lockLinks(db: Db): Promise<void> {
  await db.run(sql`select pg_advisory_xact_lock(hashtext('registry.initiative-links'))`)
}

export function ordered(one: string, other: string): { oneId: string; otherId: string } {
  return one < other ? { oneId: one, otherId: other } : { oneId: other, otherId: one }
}

export function linkRef(id: string) {
  return { module: 'registry', aggregate: 'initiative_links', id } as const
}

export function proposalRef(id: string) {
  return { module: 'registry', aggregate: 'initiative_link_proposals', id } as const
}
