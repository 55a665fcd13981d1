/** The collections of this instance. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import type { Visibility } from '../../directory/index.ts'

export interface CollectionSource {
  readonly name: string
  readonly url?: string
  readonly licence?: string
  readonly date?: string
}

export interface Collection {
  readonly id: string
  readonly key: string
  readonly names: LocalizedText
  readonly kind: 'working' | 'sample'
  readonly readOnly: boolean
  readonly entryState: 'published' | 'submitted'
  readonly source: CollectionSource | null
  readonly ownerOrg: string | null
  readonly visibility: Visibility
  readonly version: number
}

export async function listCollections(db: Db): Promise<Collection[]> {
  return db.many<Collection>(sql`
    select id, key, names, kind, read_only as "readOnly", entry_state as "entryState", source,
           owner_org as "ownerOrg", visibility, version
    from collections
    order by kind desc, key
  `)
}

export async function findCollection(db: Db, key: string): Promise<Collection | undefined> {
  return db.maybe<Collection>(sql`
    select id, key, names, kind, read_only as "readOnly", entry_state as "entryState", source,
           owner_org as "ownerOrg", visibility, version
    from collections
    where key = ${key}
  `)
}

export async function getCollection(db: Db, key: string): Promise<Collection> {
  const collection = await findCollection(db, key)
  if (!collection) throw new Problem('registry.collection-missing', { collection: key })
  return collection
}

export const listCollectionsQuery = defineQuery({
  name: 'registry.list-collections',
  permission: 'registry.initiative.read',
  input: z.object({}),
  run: ({ db }) => listCollections(db),
})
