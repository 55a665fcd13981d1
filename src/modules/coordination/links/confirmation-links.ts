/** Links by which a person says that it is still so. Only the digest of a token is kept; a newer link ends the older ones. */
import { digestOf, newToken } from '../../../credentials/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { forgetLinks } from '../../access/index.ts'

/** A letter by post takes its time. */
const DAYS = 60
const DAY_MS = 24 * 60 * 60 * 1000

interface NewLink {
  readonly focalPointId: string
  readonly way: 'mail' | 'print'
  readonly createdBy: string
}

export interface ConfirmationLink {
  readonly id: string
  readonly token: string
  readonly expiresAt: string
}

/** `db` sees every row, here and below. */
export async function makeConfirmationLink(
  db: Db,
  at: Date,
  { focalPointId, way, createdBy }: NewLink,
): Promise<ConfirmationLink> {
  await endLinksOf(db, at, focalPointId)
  const { token, digest } = newToken()
  const id = newId()
  const expiresAt = new Date(at.getTime() + DAYS * DAY_MS).toISOString()
  await db.run(sql`
    insert into focal_point_links (id, focal_point_id, token_digest, way, created_at, created_by, expires_at)
    values (${id}, ${focalPointId}, ${digest}, ${way}, ${at.toISOString()}, ${createdBy}, ${expiresAt})
  `)
  return { id, token, expiresAt }
}

export async function noteMessageOfLink(db: Db, id: string, messageId: string): Promise<void> {
  await db.run(sql`update focal_point_links set message_id = ${messageId} where id = ${id}`)
}

/** What works once is kept no longer than it works: messages that wait or were kept lose the token. */
export async function endLinksOf(db: Db, at: Date, focalPointId: string): Promise<void> {
  const ended = await db.many<{ messageId: string | null }>(sql`
    update focal_point_links
    set used_at = ${at.toISOString()}
    where focal_point_id = ${focalPointId} and used_at is null
    returning message_id as "messageId"
  `)
  await forgetLinks(
    db,
    ended.flatMap(({ messageId }) => messageId ?? []),
  )
}

/** The focal point of a link that works still. */
export async function findFocalPointOfLink(db: Db, at: Date, token: string): Promise<string | undefined> {
  const found = await db.maybe<{ focalPointId: string }>(sql`
    select focal_point_id as "focalPointId"
    from focal_point_links
    where token_digest = ${digestOf(token)} and used_at is null and expires_at > ${at.toISOString()}
  `)
  return found?.focalPointId
}

/** Uses it up: of two who come at once one wins. Errors: Problem `coordination.link-over`. */
export async function takeConfirmationLink(db: Db, at: Date, token: string): Promise<string> {
  const taken = await db.maybe<{ focalPointId: string; messageId: string | null }>(sql`
    update focal_point_links
    set used_at = ${at.toISOString()}
    where token_digest = ${digestOf(token)} and used_at is null and expires_at > ${at.toISOString()}
    returning focal_point_id as "focalPointId", message_id as "messageId"
  `)
  if (!taken) throw new Problem('coordination.link-over')
  if (taken.messageId !== null) await forgetLinks(db, [taken.messageId])
  return taken.focalPointId
}
