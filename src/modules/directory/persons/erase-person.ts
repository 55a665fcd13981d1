/**
 * Deletes the personal values of a person for good: name, organisations, contact data, consents. An empty row stays, so that
 * what points to it does not break; versions and the audit trail never held the values. Without an id: one's own.
 */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineCommand } from '../../../operations/index.ts'
import { traceOf } from './person.ts'
import { getPersonRow, lockPerson } from './person-rows.ts'

export const erasePerson = defineCommand({
  name: 'directory.erase-person',
  permission: {
    oneOf: ['directory.person.erase', 'directory.own-person.edit'],
    of: ({ id }: { id?: string | undefined }) => (id === undefined ? 'directory.own-person.edit' : 'directory.person.erase'),
  },
  input: z.object({
    /** Absent: the person of the account. */
    id: z.string().optional(),
    /** Kept in the audit trail: it must not repeat what is erased. */
    reason: z.string().trim().min(1).max(2_000),
  }),

  async run({ whole: db, clock, actor, changed }, { id: named, reason }): Promise<{ id: string; erasedAt: string }> {
    const person = await lockPerson(db, actor, named)
    const { id } = person
    const at = clock.now().toISOString()
    const version = person.version + 1
    await db.run(sql`delete from person_affiliations where person_id = ${id}`)
    await db.run(sql`delete from person_contacts where person_id = ${id}`)
    await db.run(sql`delete from person_consents where person_id = ${id}`)
    await db.run(sql`delete from person_contact_reads where person_id = ${id}`)
    await db.run(sql`
      update persons
      set name = null,
          other_names = '{}',
          languages = '{}',
          country_code = null,
          user_id = null,
          search_text = '',
          version = ${version},
          updated_at = ${at},
          updated_by = ${actor.id},
          erased_at = ${at},
          erased_by = ${actor.id}
      where id = ${id}
    `)
    const before = traceOf(person)
    const after = traceOf(await getPersonRow(db, id), before.stated)
    changed({
      ref: { module: 'directory', aggregate: 'persons', id },
      action: 'erased',
      version,
      before,
      after,
      reason,
      erases: true,
    })
    return { id, erasedAt: at }
  },
})
