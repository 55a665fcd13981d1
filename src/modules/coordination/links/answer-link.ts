/**
 * What the person behind a link sees and says, without an account: that it is still so, or that somebody else should be named. Looking
 * changes nothing, because programs that look into mails call every address in them.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand, defineQuery } from '../../../operations/index.ts'
import { confirmed } from '../focal-points/confirm-focal-point.ts'
import { ended } from '../focal-points/end-focal-point.ts'
import type { FocalPointScope } from '../focal-points/focal-point.ts'
import { getFocalPointRow, lockFocalPoint, updateFocalPoint } from '../focal-points/focal-point-rows.ts'
import { changeOf } from '../focal-points/trace.ts'
import { findFocalPointOfLink, takeConfirmationLink } from './confirmation-links.ts'

const Token = z.string().min(1).max(200)

export interface AskedFocalPoint {
  readonly scope: FocalPointScope
  readonly countryCode: string | null
  readonly orgNames: LocalizedText | null
  readonly mechanismNames: LocalizedText | null
  readonly personName: string | null
  readonly from: string | null
}

/** Null when the link no longer works. */
export const findConfirmationLink = defineQuery({
  name: 'coordination.find-confirmation-link',
  permission: 'coordination.link.use',
  rows: 'whole',
  input: z.object({ token: Token }),
  async run({ db, clock }, { token }): Promise<AskedFocalPoint | null> {
    const id = await findFocalPointOfLink(db, clock.now(), token)
    if (id === undefined) return null
    const { scope, countryCode, mechanism, from } = await getFocalPointRow(db, id)
    const { personName, orgNames } = await namesOf(db, id)
    return { scope, countryCode, orgNames, mechanismNames: mechanism?.names ?? null, personName, from }
  },
})

function namesOf(db: Db, id: string): Promise<{ personName: string | null; orgNames: LocalizedText | null }> {
  return db.one<{ personName: string | null; orgNames: LocalizedText | null }>(sql`
    select p.name as "personName", o.names as "orgNames"
    from focal_points as f
    join persons as p on p.id = f.person_id
    left join orgs as o on o.id = f.org_id
    where f.id = ${id}
  `)
}

/** Why it ended, where the person said so by the link; shown in the words of the reader. */
export const LEFT_BY_LINK = 'left-by-link'

/** Errors: Problem `coordination.link-over`. */
export const answerConfirmationLink = defineCommand({
  name: 'coordination.answer-confirmation-link',
  permission: 'coordination.link.use',
  rows: 'whole',
  input: z.object({ token: Token, answer: z.enum(['confirmed', 'left']) }),
  async run({ db, clock, actor, changed }, { token, answer }): Promise<{ answer: 'confirmed' | 'left' }> {
    const before = await lockUnended(db, await takeConfirmationLink(db, clock.now(), token))
    const after =
      answer === 'confirmed'
        ? confirmed(before, clock.now(), actor.id, 'link')
        : ended(before, clock.now(), actor.id, LEFT_BY_LINK)
    await updateFocalPoint(db, after)
    changed(changeOf(answer === 'confirmed' ? 'confirmed-by-link' : 'left-by-link', before, after))
    return { answer }
  },
})

async function lockUnended(db: Db, id: string) {
  try {
    return await lockFocalPoint(db, id)
  } catch (error) {
    if (error instanceof Problem) throw new Problem('coordination.link-over', {}, { cause: error })
    throw error
  }
}
