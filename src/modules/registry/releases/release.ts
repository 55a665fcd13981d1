/**
 * A release: records that are meant to leave this instance, under the hand of their owner. What would leave is fixed when it is
 * drafted, record by record with the version; a second person confirms it where there is one; then it is written as one package.
 *
 *   drafted -> confirmed (verify: another person than the last to change it) -> written | abandoned;  drafted -> abandoned
 */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { CommandContext, QueryContext, RecordScope } from '../../../operations/index.ts'
import { scopeOfOwner } from '../collections/collection-scope.ts'
import type { ReleaseField } from './release-fields.ts'

export const RELEASE_STATES = ['drafted', 'confirmed', 'written', 'abandoned'] as const
export type ReleaseState = (typeof RELEASE_STATES)[number]

export interface Release {
  readonly id: string
  readonly state: ReleaseState
  /** As in the address of the list. */
  readonly filter: string
  /** Organisation whose records leave; null: the instance itself. */
  readonly ownerOrg: string | null
  readonly addressee: string
  readonly purpose: string
  readonly licence: string
  /** Withheld from every record. */
  readonly withheldFields: readonly ReleaseField[]
  /** Records that the selection found. */
  readonly records: number
  readonly fixedAt: string
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly confirmedAt: string | null
  readonly confirmedBy: string | null
  readonly writtenAt: string | null
  readonly writtenBy: string | null
  readonly abandonedAt: string | null
  readonly abandonedBy: string | null
  readonly fileBytes: number | null
  readonly fileDigest: string | null
}

export const ReleaseSchema = z.object({
  id: z.string(),
  state: z.enum(RELEASE_STATES),
  filter: z.string(),
  ownerOrg: z.string().nullable(),
  addressee: z.string(),
  purpose: z.string(),
  licence: z.string(),
  withheldFields: z.array(z.string()),
  records: z.number().int(),
  fixedAt: z.string(),
  version: z.number().int(),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string(),
  confirmedAt: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  writtenAt: z.string().nullable(),
  writtenBy: z.string().nullable(),
  abandonedAt: z.string().nullable(),
  abandonedBy: z.string().nullable(),
  fileBytes: z.number().int().nullable(),
  fileDigest: z.string().nullable(),
}) as unknown as z.ZodType<Release>

const COLUMNS = sql`
  r.id, r.state, r.filter, r.owner_org as "ownerOrg", r.addressee, r.purpose, r.licence, r.withheld_fields as "withheldFields",
  r.records, r.fixed_at as "fixedAt", r.version, r.created_at as "createdAt", r.created_by as "createdBy",
  r.updated_at as "updatedAt", r.updated_by as "updatedBy", r.confirmed_at as "confirmedAt", r.confirmed_by as "confirmedBy",
  r.written_at as "writtenAt", r.written_by as "writtenBy", r.abandoned_at as "abandonedAt", r.abandoned_by as "abandonedBy",
  r.file_bytes as "fileBytes", r.file_digest as "fileDigest"
`

/** Newest first. */
export function selectReleases(db: Db, where: Sql, limit: number): Promise<Release[]> {
  return db.many<Release>(sql`
    select ${COLUMNS}
    from releases as r
    where ${where}
    order by r.id desc
    limit ${limit}
  `)
}

/** Errors: Problem `releases.missing`, also when the actor may not see it. */
export async function getReleaseRow(db: Db, id: string): Promise<Release> {
  const [release] = await selectReleases(db, sql`r.id = ${id}`, 1)
  if (!release) throw new Problem('releases.missing', { id })
  return release
}

/**
 * Locked for this transaction, when it still is the version that the person saw and in a state that allows it.
 * Errors: Problems `releases.changed-meanwhile`, `releases.state-not-for-this`.
 */
export async function getReleaseForChange(
  db: Db,
  id: string,
  version: number,
  accepted: readonly ReleaseState[],
): Promise<Release> {
  await db.maybe(sql`select 1 from releases where id = ${id} for update`)
  const release = await getReleaseRow(db, id)
  if (!accepted.includes(release.state)) {
    throw new Problem('releases.state-not-for-this', { found: release.state, accepted: accepted.join(', ') })
  }
  if (release.version !== version) throw new Problem('releases.changed-meanwhile', { version, found: release.version })
  return release
}

type Changed = Partial<
  Pick<Release, 'state' | 'withheldFields' | 'records' | 'fixedAt' | 'confirmedAt' | 'confirmedBy' | 'writtenAt' | 'writtenBy'> &
    Pick<Release, 'abandonedAt' | 'abandonedBy' | 'fileBytes' | 'fileDigest' | 'addressee' | 'purpose' | 'licence'>
>

export async function saveRelease(
  { db, clock, actor, changed }: Pick<CommandContext, 'db' | 'clock' | 'actor' | 'changed'>,
  before: Release,
  changes: Changed,
  action: string,
  details: { readonly after?: unknown; readonly reason?: string | undefined } = {},
): Promise<Release> {
  const updatedAt = clock.now().toISOString()
  const after: Release = { ...before, ...changes, version: before.version + 1, updatedAt, updatedBy: actor.id }
  await db.run(sql`
    update releases
    set state = ${after.state}, addressee = ${after.addressee}, purpose = ${after.purpose}, licence = ${after.licence},
        withheld_fields = ${after.withheldFields}::text[], records = ${after.records}, fixed_at = ${after.fixedAt},
        version = ${after.version}, updated_at = ${updatedAt}, updated_by = ${actor.id}, confirmed_at = ${after.confirmedAt},
        confirmed_by = ${after.confirmedBy}, written_at = ${after.writtenAt}, written_by = ${after.writtenBy},
        abandoned_at = ${after.abandonedAt}, abandoned_by = ${after.abandonedBy}, file_bytes = ${after.fileBytes},
        file_digest = ${after.fileDigest}
    where id = ${after.id}
  `)
  changed({
    ref: releaseRef(after.id),
    action,
    version: after.version,
    before,
    after: details.after === undefined ? after : { ...after, ...(details.after as object) },
    ...(details.reason === undefined ? {} : { reason: details.reason }),
  })
  return after
}

export function releaseRef(id: string) {
  return { module: 'registry', aggregate: 'releases', id } as const
}

/** One that is not there is nobody's; the operation then says that it is missing. */
export async function scopeOfRelease({ whole }: Pick<QueryContext, 'whole'>, id: string): Promise<RecordScope> {
  const found = await whole.maybe<{ ownerOrg: string | null; author: string }>(sql`
    select owner_org as "ownerOrg", updated_by as author from releases where id = ${id}
  `)
  return { ...scopeOfOwner(found?.ownerOrg ?? null), ...(found ? { author: found.author } : {}) }
}
