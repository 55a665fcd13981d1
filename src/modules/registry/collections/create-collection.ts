/** Creates a collection: a set of initiatives with its own scope of identifiers (ruling 6). */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { localizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import { VISIBILITIES } from '../../directory/index.ts'
import { LocalizedTextSchema } from '../fields.ts'
import { ownerFor, requireOwner, requireOwnerOfOwn, scopeOfOwner } from './collection-scope.ts'
import { type Collection, findCollection } from './list-collections.ts'

const KEY = /^[a-z0-9][a-z0-9._-]{0,63}$/

export function isCollectionKey(text: string): boolean {
  return KEY.test(text)
}

export const CreateCollectionInput = z.object({
  key: z.string(),
  names: LocalizedTextSchema.optional(),
  kind: z.enum(['working', 'sample']).default('working'),
  /** Without the right to publish, rows enter as submitted whatever is asked. */
  entryState: z.enum(['published', 'submitted']).default('published'),
  /** Organisation to which it belongs; by default that for which the person works. */
  ownerOrg: z.string().nullable().optional(),
  visibility: z.enum(VISIBILITIES).default('public'),
  source: z
    .object({
      name: z.string(),
      url: z
        .string()
        .regex(/^https?:\/\//i, 'http://, https://')
        .optional(),
      licence: z.string().optional(),
      date: z.string().optional(),
    })
    .optional(),
})

export const createCollection = defineCommand({
  name: 'registry.create-collection',
  permission: 'registry.collection.create',
  input: CreateCollectionInput,
  async scope({ actor }, { ownerOrg }) {
    const scope = scopeOfOwner(ownerOrg === undefined ? ownerFor(actor) : ownerOrg)
    if (ownerOrg === undefined) requireOwnerOfOwn(actor, 'registry.collection.create', scope)
    return scope
  },
  async run(context, input): Promise<Collection> {
    if (await findCollection(context.whole, input.key)) throw new Problem('registry.collection-exists', { collection: input.key })
    return insertCollection(context, input)
  },
})

/** The collection with this key, created empty when it is not there: an import names its collection and need not prepare it. */
export async function ensureCollection(
  context: CommandContext,
  input: z.input<typeof CreateCollectionInput>,
): Promise<Collection> {
  return (await findCollection(context.whole, input.key)) ?? insertCollection(context, CreateCollectionInput.parse(input))
}

async function insertCollection(context: CommandContext, input: z.output<typeof CreateCollectionInput>): Promise<Collection> {
  if (!isCollectionKey(input.key)) throw new Problem('registry.collection-key-not-accepted', { found: input.key })
  await requireOwner(context.whole, input.ownerOrg)
  const at = context.clock.now().toISOString()
  const ownerOrg = input.ownerOrg === undefined ? ownerFor(context.actor) : input.ownerOrg
  const mayPublish = permits(context.actor, 'registry.initiative.publish', scopeOfOwner(ownerOrg))
  const collection: Collection = {
    id: newId(),
    key: input.key,
    names: (input.names as Collection['names'] | undefined) ?? localizedText(input.key),
    kind: input.kind,
    readOnly: input.kind === 'sample',
    entryState: mayPublish ? input.entryState : 'submitted',
    source: (input.source as Collection['source'] | undefined) ?? null,
    ownerOrg,
    visibility: input.visibility,
    version: 1,
  }
  await write(context.db, collection, at, context.actor.id)
  context.changed({
    ref: { module: 'registry', aggregate: 'collections', id: collection.id },
    action: 'created',
    version: 1,
    after: collection,
  })
  return collection
}

async function write(db: Db, collection: Collection, at: string, actorId: string): Promise<void> {
  await db.run(sql`
    insert into collections (id, key, names, kind, read_only, entry_state, source, owner_org, visibility, version,
                             created_at, created_by, updated_at, updated_by)
    values (${collection.id}, ${collection.key}, ${JSON.stringify(collection.names)}::jsonb, ${collection.kind}, ${collection.readOnly},
            ${collection.entryState}, ${collection.source === null ? null : JSON.stringify(collection.source)}::jsonb,
            ${collection.ownerOrg}, ${collection.visibility}, 1,
            ${at}, ${actorId}, ${at}, ${actorId})
  `)
}
