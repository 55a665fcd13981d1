/** Where the chain stands, and what the last verification said: noted by whoever verifies, shown beside the audit trail. */
import { z } from 'zod'
import { type AuditHead, findAuditHead } from '../../../database/backup/audit-head.ts'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { defineQuery } from '../../../operations/index.ts'
import type { ChainVerification, Finding } from './verify-chain.ts'

export interface NotedVerification {
  readonly at: string
  readonly events: number
  readonly headSeq: number | null
  readonly anchors: number
  readonly brokenSeq: number | null
  readonly finding: Finding | null
}

export interface AuditState {
  readonly head: AuditHead | null
  readonly lastVerification: NotedVerification | null
}

export const getAuditState = defineQuery({
  name: 'access.get-audit-state',
  permission: 'access.audit.view',
  input: z.object({}),
  async run({ whole }): Promise<AuditState> {
    const lastVerification = await whole.maybe<NotedVerification>(sql`
      select at, events, head_seq as "headSeq", anchors, broken_seq as "brokenSeq", finding
      from audit_verifications
      order by id desc
      limit 1
    `)
    return { head: (await findAuditHead(whole)) ?? null, lastVerification: lastVerification ?? null }
  },
})

export async function noteVerification(db: Db, { events, head, anchors, broken }: ChainVerification, at: Date): Promise<void> {
  await db.run(sql`
    insert into audit_verifications (id, at, events, head_seq, head_hash, anchors, broken_seq, finding)
    values (${newId()}, ${at.toISOString()}, ${events}, ${head?.seq ?? null}, ${head?.hash ?? null}, ${anchors},
            ${broken?.seq ?? null}, ${broken?.finding ?? null})
  `)
}
