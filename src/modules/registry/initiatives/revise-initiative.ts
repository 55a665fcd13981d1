/** Changes the facts of an initiative. The person says which version they saw; a newer one is a conflict, never overwritten. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { scopeOfRecord } from '../collections/collection-scope.ts'
import { deriveColumns } from './derive-columns.ts'
import { getInitiativeRecord } from './get-initiative.ts'
import { InitiativeFactsSchema, type InitiativeRecord, type ListedYear, PERSONAL_FACTS } from './initiative.ts'
import { initiativeScope } from './initiative-scope.ts'
import { ListedInput, requireAccepted, requireOpen } from './register-initiative.ts'
import { noteChangedInitiatives, recordSource, updateInitiatives } from './write-initiatives.ts'

export const ReviseInitiativeInput = z.object({
  id: z.string(),
  /** The version that the change builds on. */
  version: z.number().int().positive(),
  facts: InitiativeFactsSchema,
  listed: z.array(ListedInput).optional(),
  reason: z.string().max(2000).optional(),
})

export const reviseInitiative = defineCommand({
  name: 'registry.revise-initiative',
  permission: 'registry.initiative.edit',
  scope: (context, { id }) => initiativeScope(context, id),
  input: ReviseInitiativeInput,
  async run(context, { id, version, facts, listed, reason }): Promise<InitiativeRecord> {
    const before = await getForChange(context, id, version)
    requireAccepted(facts)
    // What is the person's own now must be so afterwards: nobody takes an initiative out of the own scope by naming other hosts.
    await context.requirePermission('registry.initiative.edit', scopeOfRecord({ ...before, hosts: facts.hosts }))
    // An edit of a published record opens a revision: the public keeps the published version until it is published again.
    const state = before.state === 'published' ? 'under_revision' : before.state
    const after: InitiativeRecord = {
      ...before,
      facts,
      state,
      listed: listed ? listedYears(before.listed, listed) : before.listed,
    }
    return saveRevision(context, before, after, 'changed', reason)
  },
})

/** The record, locked for this transaction, when it still is the version that the person saw. */
export async function getForChange(context: CommandContext, id: string, version: number): Promise<InitiativeRecord> {
  await context.db.maybe(sql`select 1 from initiatives where id = ${id} for update`)
  const record = await getInitiativeRecord(context.db, id)
  if (record.version !== version) {
    throw new Problem('registry.initiative-changed-meanwhile', {
      version,
      found: record.version,
      by: record.updatedBy,
      at: record.updatedAt,
    })
  }
  const collection = await context.db.one<{ key: string; readOnly: boolean }>(sql`
    select key, read_only as "readOnly" from collections where id = ${record.collectionId}
  `)
  requireOpen(collection)
  return record
}

export async function saveRevision(
  context: CommandContext,
  before: InitiativeRecord,
  changed: InitiativeRecord,
  action: string,
  reason?: string,
): Promise<InitiativeRecord> {
  const version = before.version + 1
  const after: InitiativeRecord = {
    ...changed,
    version,
    publishedVersion: changed.state === 'published' ? version : changed.state === 'withdrawn' ? null : changed.publishedVersion,
    updatedAt: context.clock.now().toISOString(),
    updatedBy: context.actor.id,
  }
  const source = recordSource([{ record: after, derived: deriveColumns(after) }])
  await updateInitiatives(context.db, source)
  await noteChangedInitiatives(context.db, source)
  context.changed({
    ref: { module: 'registry', aggregate: 'initiatives', id: after.id },
    action,
    version,
    before,
    after,
    personal: PERSONAL_FACTS,
    ...(reason === undefined ? {} : { reason }),
  })
  return after
}

/** Years that stay keep their listing; its source row and run are facts about where it came from. */
function listedYears(before: readonly ListedYear[], wanted: readonly z.output<typeof ListedInput>[]): ListedYear[] {
  return wanted.map((item) => {
    const known = before.find((listed) => listed.year === item.year)
    return known
      ? { ...known, groupKey: item.groupKey, revision: item.revision }
      : { ...item, id: newId(), sourceRow: null, runId: null }
  })
}
