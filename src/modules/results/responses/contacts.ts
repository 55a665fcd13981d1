/** How respondents were reached: mails, letters, calls, reminders and notes; for whoever runs the survey. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { surveyScope } from '../surveys/survey.ts'
import { getResponseAsSeen } from './response.ts'

export const CONTACT_WAYS = ['mail', 'letter', 'call', 'reminder', 'note'] as const
export type ContactWay = (typeof CONTACT_WAYS)[number]

export interface ResponseContact {
  readonly id: string
  readonly responseId: string
  readonly at: string
  readonly kind: ContactWay
  readonly by: string
  readonly outcome: string | null
  readonly note: string | null
}

export const logContact = defineCommand({
  name: 'results.log-contact',
  permission: 'results.survey.run',
  scope: async (context, { responseId }) => surveyScope(context, (await getResponseAsSeen(context, responseId)).surveyId),
  input: z.object({
    responseId: z.string(),
    kind: z.enum(CONTACT_WAYS),
    /** When it took place; by default now. */
    at: z.iso.datetime({ offset: true }).optional(),
    outcome: z.string().trim().max(300).optional(),
    note: z.string().trim().max(5_000).optional(),
  }),
  async run({ whole, clock, actor, changed }, { responseId, kind, at, outcome, note }): Promise<ResponseContact> {
    const contact: ResponseContact = {
      id: newId(),
      responseId,
      at: at === undefined ? clock.now().toISOString() : new Date(at).toISOString(),
      kind,
      by: actor.id,
      outcome: outcome || null,
      note: note || null,
    }
    await whole.run(sql`
      insert into response_contacts (id, response_id, at, kind, by, outcome, note)
      values (${contact.id}, ${responseId}, ${contact.at}, ${kind}, ${actor.id}, ${contact.outcome}, ${contact.note})
    `)
    // A note may speak of a person: the trail keeps a digest.
    changed({
      ref: { module: 'results', aggregate: 'response_contacts', id: contact.id },
      action: 'logged',
      version: 1,
      after: contact,
      personal: ['note', 'outcome'],
    })
    return contact
  },
})

export const listContacts = defineQuery({
  name: 'results.list-contacts',
  permission: 'results.survey.run',
  scope: async (context, { responseId }) => surveyScope(context, (await getResponseAsSeen(context, responseId)).surveyId),
  input: z.object({ responseId: z.string(), limit: z.number().int().min(1).max(500).default(100) }),
  /** Newest first. */
  run: ({ whole }, { responseId, limit }): Promise<ResponseContact[]> =>
    whole.many<ResponseContact>(sql`
      select c.id, c.response_id as "responseId", c.at, c.kind, c.by, c.outcome, c.note
      from response_contacts as c
      where c.response_id = ${responseId}
      order by c.at desc, c.id desc
      limit ${limit}
    `),
})
