/** Under which other identifiers an initiative is reported: the records that people linked with it, as far as the reader sees them. */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import { recordAsSeen } from '../initiatives/get-initiative.ts'
import { initiativeScope } from '../initiatives/initiative-scope.ts'
import { groupOf, type InitiativeLink, selectLinksAround } from './link-rows.ts'
import { type LinkedRecord, readLinkedRecords } from './list-link-proposals.ts'

export interface InitiativeLinks {
  /** The record that stands for the group; the initiative itself when it stands alone, or when the leading one may not be seen. */
  readonly leadingId: string
  /** The others of the group. */
  readonly others: readonly LinkedRecord[]
  readonly links: readonly InitiativeLink[]
  /** Links that the reader may take away. */
  readonly mayUnlink: readonly string[]
}

export const getInitiativeLinks = defineQuery({
  name: 'registry.get-initiative-links',
  permission: 'registry.initiative.read',
  input: z.object({ id: z.string() }),
  async run(context, { id }): Promise<InitiativeLinks> {
    const { db, actor } = context
    await recordAsSeen(context, id)
    const links = await selectLinksAround(db, id)
    const { leadingId, ids } = groupOf(id, links)
    const records = await readLinkedRecords(
      context,
      ids.filter((other) => other !== id),
    )
    const own = new Map<string, boolean>()
    for (const one of links.length === 0 ? [] : ids) {
      own.set(
        one,
        records.has(one) || one === id ? permits(actor, 'registry.initiative.edit', await initiativeScope(context, one)) : false,
      )
    }
    return {
      leadingId: records.has(leadingId) ? leadingId : id,
      others: [...records.values()],
      links,
      mayUnlink: links.filter(({ oneId, otherId }) => own.get(oneId) && own.get(otherId)).map((link) => link.id),
    }
  },
})
