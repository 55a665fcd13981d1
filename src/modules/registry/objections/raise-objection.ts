/** A country says what is wrong with a record that names it. Only its national focal points may, and only of what they see. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { recordAsSeen } from '../initiatives/get-initiative.ts'
import { namedCountries, OBJECTION_KINDS, type Objection, objectionRef, selectObjections, UNSETTLED } from './objection.ts'

export const raiseObjection = defineCommand({
  name: 'registry.raise-objection',
  permission: 'registry.initiative.object',
  async scope(context, { initiativeId, country }) {
    // What the actor may not see is missing; otherwise the right is that of the country for which the person speaks.
    await recordAsSeen(context, initiativeId)
    return { orgs: [], countries: [country] }
  },
  input: z.object({
    initiativeId: z.string(),
    /** ISO 3166-1 alpha-3. */
    country: z.string().regex(/^[A-Z]{3}$/),
    kind: z.enum(OBJECTION_KINDS),
    text: z.string().trim().min(1).max(5_000),
  }),
  async run(context, { initiativeId, country, kind, text }): Promise<Objection> {
    const { db, clock, actor, changed } = context
    const { record } = await recordAsSeen(context, initiativeId)
    const named = namedCountries(record.facts)
    if (!named.includes(country)) {
      throw new Problem('objections.country-not-named', { country, accepted: named.join(', ') }, { place: { field: 'country' } })
    }
    const at = clock.now().toISOString()
    const objection: Objection = {
      id: newId(),
      initiativeId,
      country,
      kind,
      text,
      recordVersion: record.version,
      state: 'open',
      answer: null,
      answerVersion: null,
      answeredAt: null,
      answeredBy: null,
      remark: null,
      version: 1,
      raisedAt: at,
      raisedBy: actor.id,
      updatedAt: at,
      updatedBy: actor.id,
    }
    const written = await db.run(sql`
      insert into objections (id, initiative_id, country_code, kind, text, record_version, state, version, raised_at, raised_by,
                              updated_at, updated_by)
      values (${objection.id}, ${initiativeId}, ${country}, ${kind}, ${text}, ${record.version}, 'open', 1, ${at}, ${actor.id},
              ${at}, ${actor.id})
      on conflict (initiative_id, country_code, kind) where state in ('open', 'answered') do nothing
    `)
    if (written === 0) {
      const [waiting] = await selectObjections(
        db,
        sql`o.initiative_id = ${initiativeId} and o.country_code = ${country} and o.kind = ${kind}
          and o.state = any(${UNSETTLED}::text[])`,
        1,
      )
      throw new Problem('objections.objection-waits', { country, id: waiting?.id ?? '' })
    }
    changed({ ref: objectionRef(objection.id), action: 'raised', version: 1, after: objection })
    return objection
  },
})
