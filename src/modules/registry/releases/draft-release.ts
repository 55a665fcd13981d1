/** Drafts a release, takes its records anew, and says which fields stay: until it is confirmed. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { ownerFor, requireOwner, requireOwnerOfOwn, scopeOfOwner } from '../collections/collection-scope.ts'
import { formatListingFilter, parseListingFilter } from '../listings/listing-filter.ts'
import { selectRecords, writeRecords } from './fix-records.ts'
import './problems.ts'
import {
  getReleaseForChange,
  getReleaseRow,
  type Release,
  ReleaseSchema,
  releaseRef,
  saveRelease,
  scopeOfRelease,
} from './release.ts'
import { isReleaseField, RELEASE_FIELDS, type ReleaseField, WITHHELD_AT_FIRST } from './release-fields.ts'

const Said = (longest: number) => z.string().trim().min(1).max(longest)

export const draftRelease = defineCommand({
  name: 'registry.draft-release',
  permission: 'registry.release.draft',
  input: z.object({
    /** As in the address of the list: `collection=ours&host=AGO`. */
    filter: z.string().max(4_000),
    addressee: Said(300),
    purpose: Said(2_000),
    licence: Said(300),
    /** Whose records leave; by default of the organisation for which the person works. Null: of the instance itself. */
    ownerOrg: z.string().nullable().optional(),
  }),
  output: ReleaseSchema,
  limitSeconds: 'none',
  async scope({ actor }, { ownerOrg }) {
    const scope = scopeOfOwner(ownerOrg === undefined ? ownerFor(actor) : ownerOrg)
    if (ownerOrg === undefined) requireOwnerOfOwn(actor, 'registry.release.draft', scope)
    return scope
  },
  async run(context, input): Promise<Release> {
    const { db, whole, actor, clock, changed } = context
    await requireOwner(whole, input.ownerOrg)
    const ownerOrg = input.ownerOrg === undefined ? ownerFor(actor) : input.ownerOrg
    const filter = formatListingFilter(parseListingFilter(input.filter)).toString()
    const records = await selectRecords(context, filter, ownerOrg)
    const id = newId()
    const at = clock.now().toISOString()
    await db.run(sql`
      insert into releases (id, state, filter, owner_org, addressee, purpose, licence, withheld_fields, records, fixed_at, version,
                            created_at, created_by, updated_at, updated_by)
      values (${id}, 'drafted', ${filter}, ${ownerOrg}, ${input.addressee}, ${input.purpose}, ${input.licence},
              ${[...WITHHELD_AT_FIRST]}::text[], ${records.length}, ${at}, 1, ${at}, ${actor.id}, ${at}, ${actor.id})
    `)
    await writeRecords(db, whole, id, records)
    const release = await getReleaseRow(db, id)
    changed({ ref: releaseRef(id), action: 'drafted', version: 1, after: release })
    return release
  },
})

const Which = z.object({ id: z.string(), version: z.number().int().min(1) })

/** Takes the records as they are published now; what was withheld stays withheld. */
export const refreshRelease = defineCommand({
  name: 'registry.refresh-release',
  permission: 'registry.release.edit',
  input: Which,
  output: ReleaseSchema,
  limitSeconds: 'none',
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run(context, { id, version }): Promise<Release> {
    const release = await getReleaseForChange(context.db, id, version, ['drafted'])
    const records = await selectRecords(context, release.filter, release.ownerOrg)
    await writeRecords(context.db, context.whole, id, records)
    return saveRelease(context, release, { records: records.length, fixedAt: context.clock.now().toISOString() }, 'refreshed')
  },
})

/** Says which fields leave with no record: the whole list, in place of the one before. */
export const withholdFields = defineCommand({
  name: 'registry.withhold-fields',
  permission: 'registry.release.edit',
  input: Which.extend({ fields: z.array(z.string()).max(RELEASE_FIELDS.length) }),
  output: ReleaseSchema,
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run(context, { id, version, fields }): Promise<Release> {
    const release = await getReleaseForChange(context.db, id, version, ['drafted'])
    return saveRelease(context, release, { withheldFields: inOrder(fields) }, 'fields-withheld')
  },
})

/** Says which fields stay of one record, or that the whole record does. */
export const withholdFromRecord = defineCommand({
  name: 'registry.withhold-from-record',
  permission: 'registry.release.edit',
  input: Which.extend({
    initiativeId: z.string(),
    fields: z.array(z.string()).max(RELEASE_FIELDS.length).default([]),
    whole: z.boolean().default(false),
  }),
  output: ReleaseSchema,
  scope: (context, { id }) => scopeOfRelease(context, id),
  async run(context, { id, version, initiativeId, fields, whole }): Promise<Release> {
    const release = await getReleaseForChange(context.db, id, version, ['drafted'])
    const withheld = inOrder(fields)
    const found = await context.db.run(sql`
      update release_records
      set withheld_fields = ${withheld}::text[], withheld = ${whole}
      where release_id = ${id} and initiative_id = ${initiativeId}
    `)
    if (found === 0) throw new Problem('releases.record-missing', { id: initiativeId })
    const record = { initiativeId, withheldFields: withheld, withheld: whole }
    return saveRelease(context, release, {}, 'record-withheld', { after: { record } })
  },
})

/** Errors: Problem `releases.field-unknown`. */
function inOrder(fields: readonly string[]): ReleaseField[] {
  const unknown = fields.find((field) => !isReleaseField(field))
  if (unknown !== undefined)
    throw new Problem(
      'releases.field-unknown',
      { found: unknown, accepted: RELEASE_FIELDS.join(', ') },
      { place: { field: 'fields' } },
    )
  return RELEASE_FIELDS.filter((field) => fields.includes(field))
}
