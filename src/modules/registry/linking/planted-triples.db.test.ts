import { beforeAll, describe, expect, test } from 'vitest'
import { tableHashes } from '../../../database/backup/table-hashes.ts'
import { sql } from '../../../database/db.ts'
import { getInitiativeLinks, linkInitiatives, listLinkProposals, unlinkInitiatives } from '../index.ts'
import { type PlantedReport, plantTriples } from '../testing/planted-triples.ts'
import { lookForLinks } from '../testing/propose-links.ts'
import { atRegistryDesk, type RegistryDesk } from '../testing/registry-desk.ts'
import type { ProposalPage } from './list-link-proposals.ts'

const TRIPLES = 1_000
const RESEMBLING = 1_000

let planted: readonly PlantedReport[]
beforeAll(() => {
  planted = plantTriples(TRIPLES, RESEMBLING)
})

/** Imports the reports of each party into a collection of its own; gives by id which initiative a record reports. */
async function imported(desk: RegistryDesk): Promise<ReadonlyMap<string, number>> {
  const truths = new Map<string, number>()
  for (const [party, reports] of Map.groupBy(planted, (report) => report.party)) {
    await desk.import(
      party,
      reports.map(({ identifier, facts }) => ({ identifier, facts })),
    )
    const rows = await desk.database.many<{ id: string; identifier: string }>(sql`
      select i.id, i.identifier
      from initiatives as i
      join collections as c on c.id = i.collection_id
      where c.key = ${party}
    `)
    const truthOf = new Map(reports.map(({ identifier, truth }) => [identifier, truth]))
    for (const { id, identifier } of rows) truths.set(id, truthOf.get(identifier) ?? -1)
  }
  return truths
}

/** What the trail and the counters of changes hold grows with every act; everything else must be as before. */
const TRAIL = ['audit_events', 'audit_personal_values', 'record_versions']

async function hashesOf({ database }: RegistryDesk) {
  return (await tableHashes(database)).filter(({ table }) => !TRAIL.includes(table))
}

describe('planted triples: 1,000 initiatives reported by three parties in three languages and currencies, beside 1,000 that resemble', () => {
  test('nothing is linked by looking; the review page proposes the pairs with F1 of 0.95 or better; linking and unlinking restore every row', () =>
    atRegistryDesk(async (desk) => {
      const truths = await imported(desk)
      expect(truths.size).toBe(3 * TRIPLES + RESEMBLING)
      const found = await lookForLinks(desk)
      expect(found).toMatchObject({ records: 4_000, changed: 0, removed: 0 })
      expect(await desk.database.one(sql`select count(*)::int as count from initiative_links`)).toEqual({ count: 0 })

      const rows: ProposalPage['rows'][number][] = []
      let total = 0
      do {
        const page = await desk.run(listLinkProposals, { limit: 500, offset: rows.length })
        rows.push(...page.rows)
        total = page.total
      } while (rows.length < total)
      expect(rows).toHaveLength(total)
      const right = rows.filter(({ oneId, otherId }) => truths.get(oneId) === truths.get(otherId)).length
      const precision = right / rows.length
      const recall = right / (3 * TRIPLES)
      const f1 = (2 * precision * recall) / (precision + recall)
      console.info(
        `planted triples: ${rows.length} pairs proposed, ${right} of ${3 * TRIPLES} right; precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`,
      )
      expect(f1).toBeGreaterThanOrEqual(0.95)

      const before = await hashesOf(desk)
      const [first] = rows
      if (!first) throw new Error('nothing was proposed')
      const link = await desk.run(linkInitiatives, { oneId: first.oneId, otherId: first.otherId, reason: 'One project' })
      const links = await desk.run(getInitiativeLinks, { id: first.oneId })
      expect(links.others.map(({ id }) => id)).toEqual([first.otherId])
      const linked = await hashesOf(desk)
      const differing = linked.filter((hash, at) => JSON.stringify(hash) !== JSON.stringify(before[at])).map(({ table }) => table)
      expect(differing).toEqual(['initiative_links'])
      await desk.run(unlinkInitiatives, { linkId: link.id, reason: 'Two projects after all' })
      expect(await hashesOf(desk)).toEqual(before)

      // Looking again changes nothing, so that a person finds the list as it was left.
      expect(await lookForLinks(desk)).toMatchObject({ created: 0, changed: 0, removed: 0 })
    }))
})
