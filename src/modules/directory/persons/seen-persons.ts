/** Names of people for other rooms that point to them, and the address to which a person agreed to be written. */
import { type Db, sql } from '../../../database/db.ts'
import type { Day } from '../../../kernel/partial-date.ts'
import type { Sight } from '../../../operations/index.ts'
import { isCurrent } from './person.ts'
import { getPersonRow, listConsents } from './person-rows.ts'
import { maySee } from './who-may-see.ts'

export interface SeenPerson {
  readonly id: string
  /** Null once the personal values were erased. */
  readonly name: string | null
  readonly languages: readonly string[]
}

/** Of those named by id the ones that the actor may see. */
export async function seenPersons(
  db: Db,
  sight: Pick<Sight, 'rows'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SeenPerson>> {
  const rows = await db.many<SeenPerson>(sql`
    select p.id, p.name, p.languages
    from persons as p
    where p.id = any(${[...new Set(ids)]}::text[]) and ${maySee(sight)}
    order by p.id
  `)
  return new Map(rows.map((row) => [row.id, row]))
}

export interface MailAddressee {
  readonly name: string | null
  readonly userId: string | null
  readonly languages: readonly string[]
  /** Null without an address, or without a consent to being written to that holds today. */
  readonly email: string | null
}

/** `db` sees every row. Throws `directory.person-missing`. */
export async function mailAddresseeOf(db: Db, personId: string, today: Day): Promise<MailAddressee> {
  const { name, userId, languages, contact } = await getPersonRow(db, personId)
  const agreed = (await listConsents(db, personId)).some(
    (one) => one.purpose === 'mailing' && one.covers.includes('email') && isCurrent(one, today),
  )
  return { name, userId, languages, email: agreed ? (contact.email ?? null) : null }
}
