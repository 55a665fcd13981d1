/** Merges, newest first, also those that were taken back: of one organisation or of all. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery } from '../../../operations/index.ts'
import { selectMerges } from './org-merge-rows.ts'

export interface ListedMerge {
  readonly id: string
  readonly keptId: string
  readonly keptNames: LocalizedText
  readonly mergedId: string
  readonly mergedNames: LocalizedText
  readonly reason: string
  readonly mergedAt: string
  readonly mergedBy: string
  readonly undoneAt: string | null
}

export const listOrgMerges = defineQuery({
  name: 'directory.list-org-merges',
  permission: 'directory.org.merge',
  input: z.object({
    orgId: z.string().optional(),
    mergeId: z.string().optional(),
    limit: z.number().int().min(1).max(200).default(20),
  }),

  async run({ db }, { orgId, mergeId, limit }): Promise<ListedMerge[]> {
    const conditions = [
      ...(orgId === undefined ? [] : [sql`(m.kept_id = ${orgId} or m.merged_id = ${orgId})`]),
      ...(mergeId === undefined ? [] : [sql`m.id = ${mergeId}`]),
    ]
    const merges = await selectMerges(db, conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`, limit)
    return merges.map(({ id, keptId, mergedId, before, reason, mergedAt, mergedBy, undoneAt }) => ({
      id,
      keptId,
      keptNames: before.kept.names,
      mergedId,
      mergedNames: before.merged.names,
      reason,
      mergedAt,
      mergedBy,
      undoneAt,
    }))
  },
})
