/** Says which account is the person's own. Its holder may then read and correct everything that is kept, so an administrator does it. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { traceOf } from './person.ts'
import { lockPerson, type PersonToWrite, updatePerson } from './person-rows.ts'

export const linkPersonToAccount = defineCommand({
  name: 'directory.link-person-to-account',
  permission: 'directory.person.link',
  input: z.object({ id: z.string(), userId: z.string().min(1).max(100).nullable() }),

  async run({ whole: db, clock, actor, changed }, { id, userId }): Promise<{ id: string; version: number }> {
    const person = (await lockPerson(db, actor, id)) as PersonToWrite
    if (person.userId === userId) return { id, version: person.version }
    const other =
      userId === null ? undefined : await db.maybe<{ id: string }>(sql`select id from persons where user_id = ${userId}`)
    if (other) throw new Problem('directory.account-taken', { person: other.id }, { place: { field: 'userId' } })
    const version = person.version + 1
    const linked = { ...person, userId, version, updatedAt: clock.now().toISOString(), updatedBy: actor.id }
    await updatePerson(db, linked)
    changed({
      ref: { module: 'directory', aggregate: 'persons', id },
      action: userId === null ? 'unlinked' : 'linked',
      version,
      before: traceOf(person),
      after: traceOf(linked, ['userId']),
    })
    return { id, version }
  },
})
