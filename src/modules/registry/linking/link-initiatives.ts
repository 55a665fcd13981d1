/**
 * Links two records that report one initiative, and takes a link away again. Nothing of the records changes: what each party reported stays
 * as it reported it, and without the link every row is as it was before.
 */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { initiativeScope } from '../initiatives/initiative-scope.ts'
import { getLink, groupOf, type InitiativeLink, linkRef, lockLinks, ordered, selectLinksAround } from './link-rows.ts'

const EDIT = 'registry.initiative.edit'
const Reason = z.string().trim().min(1).max(2_000)

export const linkInitiatives = defineCommand({
  name: 'registry.link-initiatives',
  permission: EDIT,
  scope: (context, { oneId }) => initiativeScope(context, oneId),
  input: z.object({
    oneId: z.string(),
    otherId: z.string(),
    /** Which of the two stands for the group; by default the record that came first. */
    leadingId: z.string().optional(),
    /** Why they are one. */
    reason: Reason,
  }),
  async run(context, { leadingId, reason, ...given }): Promise<InitiativeLink> {
    const { whole, clock, actor, changed } = context
    await requireOther(context, given.otherId)
    if (given.oneId === given.otherId) throw new Problem('linking.same-record', {}, { place: { field: 'otherId' } })
    const { oneId, otherId } = ordered(given.oneId, given.otherId)
    if (leadingId !== undefined && leadingId !== oneId && leadingId !== otherId) {
      throw new Problem('linking.leading-not-in-pair', { found: leadingId }, { place: { field: 'leadingId' } })
    }
    await lockLinks(whole)
    const { ids } = groupOf(oneId, await selectLinksAround(whole, oneId))
    if (ids.includes(otherId)) throw new Problem('linking.already-linked')
    const link: InitiativeLink = {
      id: newId(),
      oneId,
      otherId,
      leadingId: leadingId ?? null,
      reason,
      linkedAt: clock.now().toISOString(),
      linkedBy: actor.id,
    }
    await whole.run(sql`
      insert into initiative_links (id, one_id, other_id, leading_id, reason, linked_at, linked_by)
      values (${link.id}, ${oneId}, ${otherId}, ${link.leadingId}, ${reason}, ${link.linkedAt}, ${actor.id})
    `)
    changed({ ref: linkRef(link.id), action: 'linked', version: 1, after: link, reason })
    return link
  },
})

export const unlinkInitiatives = defineCommand({
  name: 'registry.unlink-initiatives',
  permission: EDIT,
  scope: async (context, { linkId }) => initiativeScope(context, (await getLink(context.db, linkId)).oneId),
  input: z.object({ linkId: z.string(), reason: Reason }),
  async run(context, { linkId, reason }): Promise<InitiativeLink> {
    const { db, whole, changed } = context
    const link = await getLink(db, linkId)
    await requireOther(context, link.otherId)
    await lockLinks(whole)
    const gone = await whole.run(sql`delete from initiative_links where id = ${linkId}`)
    if (gone === 0) throw new Problem('linking.link-missing', { id: linkId })
    changed({ ref: linkRef(linkId), action: 'unlinked', version: 2, before: link, reason })
    return link
  },
})

/** The right must cover both records: the first is asked as the scope of the command. */
export async function requireOther(context: CommandContext, otherId: string): Promise<void> {
  await context.requirePermission(EDIT, await initiativeScope(context, otherId))
}
