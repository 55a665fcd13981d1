/** How a whole record is read from its table, the one way for every reader. The table stands as `i`. */
import { sql } from '../../../database/db.ts'

export const RECORD = sql`
  i.id, i.collection_id as "collectionId", i.identifier, i.state, i.version, i.published_version as "publishedVersion",
  i.import_digest as "importDigest", i.created_at as "createdAt", i.created_by as "createdBy", i.updated_at as "updatedAt",
  i.updated_by as "updatedBy", i.owner_org as "ownerOrg", i.visibility, i.facts, i.listed
`
