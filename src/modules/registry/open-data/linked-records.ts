/**
 * Public records that a person found to be one initiative, each with the record that stands for all of them. Whoever counts initiatives
 * counts such a group once; whoever counts records or listings counts each.
 */
import { type Db, sql } from '../../../database/db.ts'
import { groupOf, type InitiativeLink } from '../linking/link-rows.ts'

export interface LinkedRecord {
  readonly leadingId: string
  readonly collectionId: string
}

/** By the id of each linked record. Links through a record that is not public join nothing here: nobody may learn of it. */
export async function linkedPublicRecords(whole: Db): Promise<ReadonlyMap<string, LinkedRecord>> {
  const links = await whole.many<Pick<InitiativeLink, 'oneId' | 'otherId' | 'leadingId'>>(sql`
    select one_id as "oneId", other_id as "otherId", leading_id as "leadingId" from initiative_links order by id
  `)
  if (links.length === 0) return new Map()
  const ids = [...new Set(links.flatMap(({ oneId, otherId }) => [oneId, otherId]))]
  const shown = await whole.many<{ id: string; collectionId: string }>(sql`
    select wanted.id, shown.collection_id as "collectionId"
    from unnest(${ids}::text[]) as wanted(id)
    cross join lateral (
      select l.collection_id
      from listings as l
      where l.initiative_id = wanted.id and l.state = 'published' and l.visibility = 'public'
      limit 1
    ) as shown
  `)
  const collectionOf = new Map(shown.map(({ id, collectionId }) => [id, collectionId]))
  const known = links.filter(({ oneId, otherId }) => collectionOf.has(oneId) && collectionOf.has(otherId))
  return new Map(
    groupsOf(known).flatMap((group) => {
      const { leadingId, ids: members } = groupOf(group[0]?.oneId ?? '', group as InitiativeLink[])
      return members.map((id) => [id, { leadingId, collectionId: collectionOf.get(id) ?? '' }] as const)
    }),
  )
}

/** How many initiatives these records are. */
export function countInitiatives(records: number, linked: Iterable<Pick<LinkedRecord, 'leadingId'>>): number {
  const all = [...linked].map(({ leadingId }) => leadingId)
  return records - all.length + new Set(all).size
}

type Pair = Pick<InitiativeLink, 'oneId' | 'otherId' | 'leadingId'>

/** Links that join records directly or through others, together and in their order. */
function groupsOf(links: readonly Pair[]): Pair[][] {
  const parent = new Map<string, string>()
  const rootOf = (id: string): string => {
    let root = id
    for (let next = parent.get(root); next !== undefined; next = parent.get(root)) root = next
    if (root !== id) parent.set(id, root)
    return root
  }
  for (const { oneId, otherId } of links) {
    const [one, other] = [rootOf(oneId), rootOf(otherId)]
    if (one !== other) parent.set(other, one)
  }
  return [...Map.groupBy(links, ({ oneId }) => rootOf(oneId)).values()]
}
