/** Registers one initiative by hand, as a draft of its collection. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { isUniqueViolation } from '../../../database/translate-error.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand, type QueryContext } from '../../../operations/index.ts'
import { VISIBILITIES } from '../../directory/index.ts'
import { ownerFor, requireOwner, scopeOfOwner, scopeOfRecord } from '../collections/collection-scope.ts'
import { type Collection, findCollection, getCollection } from '../collections/list-collections.ts'
import { checkFacts } from './check-facts.ts'
import { deriveColumns } from './derive-columns.ts'
import { type InitiativeFacts, InitiativeFactsSchema, type InitiativeRecord, PERSONAL_FACTS } from './initiative.ts'
import { insertInitiatives, noteChangedInitiatives, recordSource } from './write-initiatives.ts'

export const ListedInput = z.object({
  year: z.number().int().min(1900).max(2200).nullable().default(null),
  groupKey: z.string().nullable().default(null),
  revision: z.string().nullable().default(null),
})

export const RegisterInitiativeInput = z.object({
  collection: z.string(),
  identifier: z.string().max(300).optional(),
  facts: InitiativeFactsSchema,
  /** The years in which it is reported; one listing each. None stated: one listing without year. */
  listed: z.array(ListedInput).default([]),
  /** Organisation to which the record belongs; by default that of the collection, else that for which the person works. */
  ownerOrg: z.string().nullable().optional(),
  visibility: z.enum(VISIBILITIES).optional(),
})

export const registerInitiative = defineCommand({
  name: 'registry.register-initiative',
  permission: 'registry.initiative.create',
  input: RegisterInitiativeInput,
  scope: async (context, input) => scopeOfRecord({ ...(await belongingOf(context, input)), hosts: input.facts.hosts }),
  async run(context, input): Promise<InitiativeRecord> {
    const { collection: key, identifier, facts, listed } = input
    const collection = await getCollection(context.db, key)
    requireOpen(collection)
    // A collection with an owner is filled by the owner: an identifier taken there by others would stand in the way of imports.
    if (collection.ownerOrg !== null)
      await context.requirePermission('registry.initiative.create', scopeOfOwner(collection.ownerOrg))
    await requireStatedOwner(context, input.ownerOrg)
    requireAccepted(facts)
    if (identifier !== undefined) await requireFree(context.whole, collection.id, identifier)
    const record = newRecord(context, collection, {
      identifier: identifier ?? null,
      facts,
      listed: (listed.length > 0 ? listed : [{ year: null, groupKey: null, revision: null }]).map((item) => ({
        ...item,
        id: newId(),
        sourceRow: null,
        runId: null,
      })),
      state: 'draft',
      ...(await belongingOf(context, input)),
    })
    await insertRecord(context, record)
    return record
  },
})

/** A host country in the own scope is not enough to register something for a foreign organisation. */
async function requireStatedOwner(context: CommandContext, ownerOrg: string | null | undefined): Promise<void> {
  if (ownerOrg === null || ownerOrg === undefined) return
  await context.requirePermission('registry.initiative.create', scopeOfOwner(ownerOrg))
  await requireOwner(context.whole, ownerOrg)
}

async function belongingOf(
  { whole, actor }: Pick<QueryContext, 'whole' | 'actor'>,
  { ownerOrg, visibility, collection: key }: z.output<typeof RegisterInitiativeInput>,
): Promise<Pick<InitiativeRecord, 'ownerOrg' | 'visibility'>> {
  const collection = await findCollection(whole, key)
  return {
    ownerOrg: ownerOrg === undefined ? (collection?.ownerOrg ?? ownerFor(actor)) : ownerOrg,
    visibility: visibility ?? collection?.visibility ?? 'public',
  }
}

export async function insertRecord(context: CommandContext, record: InitiativeRecord): Promise<void> {
  const source = recordSource([{ record, derived: deriveColumns(record) }])
  try {
    await insertInitiatives(context.db, source)
  } catch (error) {
    // Taken by somebody at this very moment, or by a file that is being imported and is not to be seen yet.
    if (record.identifier === null || !isUniqueViolation(error)) throw error
    throw identifierTaken(record.identifier, error)
  }
  await noteChangedInitiatives(context.db, source)
  context.changed({
    ref: { module: 'registry', aggregate: 'initiatives', id: record.id },
    action: 'created',
    version: record.version,
    after: record,
    personal: PERSONAL_FACTS,
  })
}

export function newRecord(
  context: Pick<CommandContext, 'clock' | 'actor'>,
  collection: Collection,
  parts: Pick<InitiativeRecord, 'identifier' | 'facts' | 'listed' | 'state' | 'ownerOrg' | 'visibility'>,
): InitiativeRecord {
  const at = context.clock.now().toISOString()
  return {
    id: newId(),
    collectionId: collection.id,
    version: 1,
    publishedVersion: parts.state === 'published' ? 1 : null,
    importDigest: null,
    createdAt: at,
    createdBy: context.actor.id,
    updatedAt: at,
    updatedBy: context.actor.id,
    ...parts,
  }
}

export function requireOpen(collection: Pick<Collection, 'key' | 'readOnly'>): void {
  if (collection.readOnly) throw new Problem('registry.collection-read-only', { collection: collection.key })
}

export function requireAccepted(facts: InitiativeFacts): void {
  const details = checkFacts(facts)
  const [first] = details
  if (first) throw new Problem(first.code, first.params, { details, ...(first.place ? { place: first.place } : {}) })
}

async function requireFree(db: Db, collectionId: string, identifier: string): Promise<void> {
  const taken = await db.maybe(
    sql`select 1 from initiatives where collection_id = ${collectionId} and identifier = ${identifier}`,
  )
  if (taken) throw identifierTaken(identifier)
}

function identifierTaken(identifier: string, cause?: unknown): Problem {
  return new Problem('registry.identifier-taken', { identifier }, { place: { field: 'identifier' }, cause })
}
