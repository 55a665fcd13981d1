/**
 * Shows the contact data of a person to somebody who asks for them. With consent to signed-in members; without it to the person
 * and the administrator (domain section 14). Reading is counted and stands in the audit trail; that makes it a command.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Actor, defineCommand } from '../../../operations/index.ts'
import { findSeen } from './get-person.ts'
import { type ContactKind, dayOf, isAdministrator, isOwn, shownKinds } from './person.ts'
import { listConsents } from './person-rows.ts'

/** People in an hour: enough to prepare a meeting, too few to copy the directory. */
export const CONTACT_READS_AN_HOUR = 60
const HOUR_MS = 60 * 60 * 1000

export interface ContactRead {
  readonly id: string
  readonly contact: readonly { readonly kind: ContactKind; readonly value: string; readonly consented: boolean }[]
}

export const readContact = defineCommand({
  name: 'directory.read-contact',
  permission: 'directory.contact.read',
  input: z.object({ id: z.string() }),

  async run({ db, actor, sight, clock, changed }, { id }): Promise<ContactRead> {
    if (actor.kind === 'anonymous') throw new Problem('directory.contact-needs-sign-in')
    const person = await findSeen(db, sight, id)
    const shown = shownKinds(await listConsents(db, id), dayOf(clock.now()))
    const own = isOwn(person, actor)
    const contact = Object.entries(person.contact)
      .map(([kind, value]) => ({ kind: kind as ContactKind, value, consented: shown.has(kind as ContactKind) }))
      .filter(({ consented }) => consented || own || isAdministrator(actor))
    if (contact.length === 0) throw new Problem('directory.contact-without-consent')
    if (own) return { id, contact }
    await countRead(db, actor, id, clock.now())
    changed({ ref: { module: 'directory', aggregate: 'persons', id }, action: 'contact-read', version: person.version })
    return { id, contact }
  },
})

/** The same person twice within the hour counts once. The person at this machine reads the database anyway. */
async function countRead(db: Db, actor: Actor, personId: string, now: Date): Promise<void> {
  if (actor.kind !== 'user') return
  const hourAgo = new Date(now.getTime() - HOUR_MS).toISOString()
  // Two requests of one account at the same moment count one after the other.
  await db.run(sql`select pg_advisory_xact_lock(hashtext(${`directory.read-contact ${actor.id}`}))`)
  await db.run(sql`delete from person_contact_reads where read_at <= ${hourAgo}`)
  const { others, known } = await db.one<{ others: number; known: number }>(sql`
    select count(distinct person_id) filter (where person_id <> ${personId}) as others,
           count(*) filter (where person_id = ${personId}) as known
    from person_contact_reads
    where actor_id = ${actor.id}
  `)
  if (known > 0) return
  if (others >= CONTACT_READS_AN_HOUR) throw new Problem('directory.contact-limit-reached', { limit: CONTACT_READS_AN_HOUR })
  await db.run(sql`
    insert into person_contact_reads (id, actor_id, person_id, read_at)
    values (${newId()}, ${actor.id}, ${personId}, ${now.toISOString()})
  `)
}
