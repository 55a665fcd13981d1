/**
 * Gives a return, or a part in it, to a colleague who has an account: to answer and submit it, to help answering, or to validate it.
 * Without a role the part is taken back. It needs no role in the organisation and ends with the return.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { findActiveUser } from '../../access/index.ts'
import {
  getResponseForChange,
  RESPONSE_ROLES,
  type ResponseRole,
  responseScope,
  type SurveyResponse,
  saveResponse,
} from './response.ts'

export interface ResponsePerson {
  readonly userId: string
  readonly role: ResponseRole
  readonly delegatedBy: string
  readonly at: string
}

export const delegateResponse = defineCommand({
  name: 'results.delegate-response',
  permission: 'results.response.edit',
  scope: (context, { id }) => responseScope(context, id, ['respondent']),
  input: z.object({
    id: z.string(),
    version: z.number().int().positive(),
    /** Id or address of an account. */
    person: z.string().trim().min(1).max(320),
    /** Null takes the part back. */
    role: z.enum(RESPONSE_ROLES).nullable(),
  }),
  async run(context, { id, version, person, role }): Promise<SurveyResponse> {
    const { whole, clock, actor } = context
    const before = await getResponseForChange(whole, id, version)
    // Somebody whose account was suspended meanwhile can still be taken off, by the id that the return holds.
    const userId = before.people.includes(person) ? person : (await findActiveUser(whole, person))?.id
    if (userId === undefined || (role === null && !before.people.includes(userId))) {
      throw new Problem('results.person-missing', { found: person }, { place: { field: 'person' } })
    }
    const others = before.people.filter((one) => one !== userId)
    await whole.run(sql`delete from response_people where response_id = ${id} and user_id = ${userId}`)
    if (role !== null) {
      await whole.run(sql`
        insert into response_people (response_id, user_id, role, delegated_by, at)
        values (${id}, ${userId}, ${role}, ${actor.id}, ${clock.now().toISOString()})
      `)
    }
    const people = role === null ? others : [...others, userId].sort()
    return saveResponse(context, before, { people }, role === null ? 'part-taken-back' : `given-to-${role}`)
  },
})

export function selectPeople(whole: Db, responseId: string): Promise<ResponsePerson[]> {
  return whole.many<ResponsePerson>(sql`
    select p.user_id as "userId", p.role, p.delegated_by as "delegatedBy", p.at
    from response_people as p
    where p.response_id = ${responseId}
    order by p.role, p.user_id
  `)
}
