/** What a reader of one initiative learns of the published file from which it came. */
import { z } from 'zod'
import { sql } from '../../../../database/db.ts'
import { defineQuery } from '../../../../operations/index.ts'
import { permits } from '../../../access/index.ts'
import { recordAsSeen } from '../../initiatives/get-initiative.ts'
import { initiativeScope } from '../../initiatives/initiative-scope.ts'

export interface PublishedOrigin {
  /** Instant from which the publisher's file has it no longer; null while the newest edition has it. */
  readonly withdrawnAt: string | null
  /** Instant of the last change as the publisher states it. */
  readonly statedAt: string | null
  /** Fields that wait for a decision, for whoever may take it; otherwise none are told. */
  readonly openConflicts: number
}

export const getPublishedOrigin = defineQuery({
  name: 'registry.get-published-origin',
  permission: 'registry.initiative.read',
  input: z.object({ id: z.string() }),
  async run(context, { id }): Promise<PublishedOrigin | null> {
    const { whole, actor } = context
    await recordAsSeen(context, id)
    const origin = await whole.maybe<Omit<PublishedOrigin, 'openConflicts'>>(sql`
      select r.started_at as "withdrawnAt", s.stated_at as "statedAt"
      from initiative_sources as s
      left join import_runs as r on r.id = s.withdrawn_by
      where s.initiative_id = ${id}
      order by s.run_id desc
      limit 1
    `)
    const mayDecide = permits(actor, 'registry.initiative.edit', await initiativeScope(context, id))
    const { count } = mayDecide
      ? await whole.one<{ count: number }>(sql`
          select count(*)::int as count
          from import_conflicts
          where initiative_id = ${id} and decision is null and section <> 'contact'
        `)
      : { count: 0 }
    if (!origin && count === 0) return null
    return { withdrawnAt: null, statedAt: null, ...origin, openConflicts: count }
  },
})
