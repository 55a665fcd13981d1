/** What leaves with a confirmed release, batch by batch, and the package once it is kept. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery, type QueryContext } from '../../../operations/index.ts'
import { recordRead } from '../../access/index.ts'
import { type Org, orgsById } from '../../directory/index.ts'
import { readVersions, requireStillOwn, requireVersion } from './fix-records.ts'
import { getReleaseRow, type Release, releaseRef, scopeOfRelease } from './release.ts'
import { orgIdsOf, RELEASE_FIELDS, type ReleasedContent, type ReleaseField, releasedContent } from './release-fields.ts'

/** How an organisation that the facts point to is known elsewhere. */
export interface ReleasedOrg {
  readonly names: LocalizedText
  /** Its identifier in IATI. */
  readonly ref?: string
}

export interface ReleasedRecord extends ReleasedContent {
  /** Id of the record here. */
  readonly record: string
  readonly version: number
  /** Organisations to which the released facts point, by their id here. */
  readonly orgs: Readonly<Record<string, ReleasedOrg>>
}

export interface ReleaseToWrite {
  readonly release: Release
  readonly instanceId: string
  /** Who releases: the owner's name, or null for the instance itself. */
  readonly ownerName: LocalizedText | null
  readonly batches: AsyncGenerator<ReleasedRecord[]>
}

const BATCH = 200

export const exportRelease = defineQuery({
  name: 'registry.export-release',
  permission: 'registry.release.read',
  input: z.object({ id: z.string() }),
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run({ db, whole }, { id }): Promise<ReleaseToWrite> {
    const release = await getReleaseRow(db, id)
    // Before somebody has confirmed it, nothing of it is put together.
    if (release.state !== 'confirmed' && release.state !== 'written')
      throw new Problem('releases.state-not-for-this', { found: release.state, accepted: 'confirmed, written' })
    await requireStillOwn(whole, release)
    const owners = await orgsById(whole, release.ownerOrg === null ? [] : [release.ownerOrg])
    const { id: instanceId } = await whole.one<{ id: string }>(sql`select id from release_instance`)
    return {
      release,
      instanceId,
      ownerName: owners.get(release.ownerOrg ?? '')?.names ?? null,
      batches: readBatches(whole, release),
    }
  },
})

async function* readBatches(whole: QueryContext['whole'], release: Release): AsyncGenerator<ReleasedRecord[]> {
  for (let from = 0; from < release.records; from += BATCH) {
    const rows = await whole.many<{ initiativeId: string; version: number; withheldFields: ReleaseField[] }>(sql`
      select initiative_id as "initiativeId", record_version as version, withheld_fields as "withheldFields"
      from release_records
      where release_id = ${release.id} and record_no >= ${from} and record_no < ${from + BATCH} and not withheld
      order by record_no
    `)
    const versions = await readVersions(whole, rows)
    const contents = rows.map((row) => {
      const stays = new Set<ReleaseField>([...release.withheldFields, ...row.withheldFields])
      const allowed = new Set(RELEASE_FIELDS.filter((field) => !stays.has(field)))
      return { row, content: releasedContent(requireVersion(versions, row), allowed) }
    })
    const orgs = await orgsById(whole, [...new Set(contents.flatMap(({ content }) => orgIdsOf(content.facts)))])
    yield contents.map(({ row, content }) => ({
      record: row.initiativeId,
      version: row.version,
      ...content,
      orgs: Object.fromEntries(
        [...new Set(orgIdsOf(content.facts))].sort().flatMap((orgId) => {
          const org = orgs.get(orgId)
          return org ? [[orgId, releasedOrg(org)]] : []
        }),
      ),
    }))
  }
}

function releasedOrg({ names, iatiId }: Org): ReleasedOrg {
  return { names, ...(iatiId === null ? {} : { ref: iatiId }) }
}

/** The package, piece by piece. Each reading is noted in the audit trail: this is how it leaves. */
export const readReleaseFile = defineQuery({
  name: 'registry.read-release-file',
  permission: 'registry.release.read',
  input: z.object({ id: z.string() }),
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run({ db, whole, actor, clock }, { id }): Promise<AsyncGenerator<Uint8Array>> {
    const release = await getReleaseRow(db, id)
    if (release.state !== 'written')
      throw new Problem('releases.state-not-for-this', { found: release.state, accepted: 'written' })
    await recordRead(whole, {
      operation: 'registry.read-release-file',
      actor,
      at: clock.now(),
      ref: releaseRef(id),
      counts: { records: release.records },
    })
    return pieces()

    async function* pieces() {
      for (let at = 0; ; at += 1) {
        const piece = await whole.maybe<{ content: Uint8Array }>(sql`
          select content from release_chunks where release_id = ${id} and chunk_no = ${at}
        `)
        if (!piece) return
        yield piece.content
      }
    }
  },
})
