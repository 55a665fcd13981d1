/** The hash of the rows of a list, kept while nothing changes: every format of a download names the same one. */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { exportListings, FilterInput, selectForActor } from '../listings/list-listings.ts'
import { digestListings } from './rows-digest.ts'

export interface ListingsDigest {
  readonly rows: number
  readonly snapshotHash: string
}

/** Under the selection, which is the same object as long as neither the data nor the filter nor the sight changes. */
const known = new WeakMap<object, Promise<ListingsDigest>>()

export const digestOfListings = defineQuery({
  name: 'registry.digest-of-listings',
  permission: 'registry.initiative.read',
  input: z.object({ filter: FilterInput.default({ values: {} }) }),
  async run(context, { filter }): Promise<ListingsDigest> {
    const { selection } = await selectForActor(context, filter, { facets: [] })
    const kept = known.get(selection)
    if (kept) return kept
    const reading = digest()
    known.set(selection, reading)
    // A reading that failed is not kept.
    reading.catch(() => known.delete(selection))
    return reading

    async function digest(): Promise<ListingsDigest> {
      const { batches, rows, hash } = digestListings(await exportListings.run(context, { filter, sort: 'listed' }))
      for await (const _batch of batches);
      return { rows: rows(), snapshotHash: hash() }
    }
  },
})
