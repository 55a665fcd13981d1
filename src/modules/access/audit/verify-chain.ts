/**
 * Reads the audit trail from its first event to its last and finds the first position where it is not what was written: a changed
 * field, a removed, added or moved row, a cut tail, a changed personal value.
 *
 * A chain alone shows only that it is consistent. That it is the same one as before show the anchors: heads that were noted outside
 * the database, in files of the data folder and in backups. Whoever can change both can deceive, so an anchor belongs elsewhere.
 */
import { type Db, sql } from '../../../database/db.ts'
import { eventContent, FIRST_PREVIOUS_HASH, hashOf } from './event-content.ts'
import { digestsOf, type PersonalDigests, type PersonalValue } from './personal-values.ts'

/** A head of the chain, noted outside the database. */
export interface AuditAnchor {
  readonly seq: number
  readonly hash: string
  /** The file in which it stands. */
  readonly source: string
}

export const FINDINGS = [
  'changed',
  'removed',
  'inserted',
  'moved',
  'not-linked',
  'cut-off',
  'anchor-differs',
  'personal-changed',
] as const
export type Finding = (typeof FINDINGS)[number]

export interface ChainVerification {
  readonly events: number
  /** The last event that was read; null when the trail is empty. */
  readonly head: { readonly seq: number; readonly hash: string } | null
  readonly anchors: number
  /** Personal fields whose values were erased: no fault. */
  readonly erased: number
  /** Null when the chain holds. */
  readonly broken: BrokenChain | null
}

export interface BrokenChain {
  readonly seq: number
  readonly finding: Finding
  /** The file that says otherwise, when it is an anchor that does. */
  readonly source?: string
}

interface ChainRow {
  readonly seq: number
  readonly id: string
  readonly previousHash: string
  readonly hash: string
  readonly content: string
  readonly personal: Readonly<Record<string, PersonalDigests>> | null
  readonly values: readonly PersonalValue[]
}

/** A row may hold a whole record before and after, so that a thousand of them could be many megabytes. */
const ROWS_PER_BATCH = 500

export async function verifyAuditChain(db: Db, anchors: readonly AuditAnchor[] = []): Promise<ChainVerification> {
  let last: ChainRow | undefined
  let events = 0
  let erased = 0
  const result = (broken: BrokenChain | null): ChainVerification => ({
    events,
    head: last === undefined ? null : { seq: last.seq, hash: last.hash },
    anchors: anchors.length,
    erased,
    broken,
  })
  const anchorsBySeq = Map.groupBy(anchors, ({ seq }) => seq)
  for await (const row of readChain(db)) {
    const broken = breakAt(last, row) ?? personalBreakAt(row) ?? anchorBreakAt(row, anchorsBySeq.get(row.seq) ?? [])
    if (broken !== undefined) return result(broken)
    last = row
    events += 1
    erased += Object.keys(row.personal ?? {}).length - row.values.length
  }
  const end = last?.seq ?? 0
  const ahead = anchors.filter(({ seq }) => seq > end).sort((a, b) => b.seq - a.seq)[0]
  if (ahead !== undefined) return result({ seq: end + 1, finding: 'cut-off', source: ahead.source })
  // A row that stands outside the order, for which its constraints must have been taken away.
  const { count } = await db.one<{ count: number }>(sql`
    select count(*) as count from audit_events where seq is null or seq between 1 and ${end}
  `)
  return result(count === events ? null : { seq: end, finding: 'inserted' })
}

/** By position and id rather than by position alone: two rows at one position must both be seen. */
async function* readChain(db: Db): AsyncGenerator<ChainRow> {
  let after: Pick<ChainRow, 'seq' | 'id'> | undefined
  for (;;) {
    const rows: Omit<ChainRow, 'values'>[] = await db.many<Omit<ChainRow, 'values'>>(sql`
      select seq, id, previous_hash as "previousHash", hash, ${eventContent} as content, personal
      from audit_events
      where ${after === undefined ? sql`true` : sql`(seq, id) > (${after.seq}, ${after.id})`}
      order by seq, id
      limit ${ROWS_PER_BATCH}
    `)
    const values = await readPersonalValues(
      db,
      rows.map(({ id }) => id),
    )
    for (const row of rows) yield { ...row, values: values.get(row.id) ?? [] }
    after = rows.at(-1)
    if (rows.length < ROWS_PER_BATCH) return
  }
}

/** Also of events that say nothing of personal values: there must be none. */
async function readPersonalValues(db: Db, eventIds: readonly string[]): Promise<ReadonlyMap<string, PersonalValue[]>> {
  const values = await db.many<PersonalValue & { readonly eventId: string }>(sql`
    select event_id as "eventId", field, before, after, salt
    from audit_personal_values
    where event_id = any(${eventIds}::text[])
    order by event_id, field
  `)
  return Map.groupBy(values, ({ eventId }) => eventId)
}

function breakAt(last: ChainRow | undefined, row: ChainRow): BrokenChain | undefined {
  const expected = (last?.seq ?? 0) + 1
  if (row.seq < expected) return { seq: row.seq, finding: 'inserted' }
  if (row.seq > expected) return { seq: expected, finding: 'removed' }
  const isLinked = row.previousHash === (last?.hash ?? FIRST_PREVIOUS_HASH)
  if (hashOf(row.content) !== row.hash) return { seq: row.seq, finding: isLinked ? 'changed' : 'moved' }
  return isLinked ? undefined : { seq: row.seq, finding: 'not-linked' }
}

/** A value that is gone was erased; one that is there must be the one that was digested. */
function personalBreakAt({ seq, personal, values }: ChainRow): BrokenChain | undefined {
  for (const value of values) {
    const [kept, found] = [personal?.[value.field], digestsOf(value)]
    if (kept?.before !== found.before || kept.after !== found.after) return { seq, finding: 'personal-changed' }
  }
  return undefined
}

function anchorBreakAt({ seq, hash }: ChainRow, anchors: readonly AuditAnchor[]): BrokenChain | undefined {
  const other = anchors.find((anchor) => anchor.hash !== hash)
  return other === undefined ? undefined : { seq, finding: 'anchor-differs', source: other.source }
}
