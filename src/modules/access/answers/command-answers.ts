/**
 * Answers of commands that came with an idempotency key: whoever sends the same again, because the line broke before the answer
 * came, gets the same answer, and nothing is done twice. Kept for a day.
 */
import { type Db, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { CommandAnswers, RepeatableCall } from '../../../operations/index.ts'

interface KeptAnswer {
  readonly operation: string
  readonly inputDigest: string
  readonly isKept: boolean
  readonly answer: unknown
}

/** A statement that waited for longer than it may run. */
const WAITED_TOO_LONG = '57014'

export const commandAnswers: CommandAnswers = {
  async take(db, call) {
    if (await isFirst(db, call)) return undefined
    const kept = await db.one<KeptAnswer>(sql`
      select operation, input_digest as "inputDigest", answer is not null as "isKept", answer
      from command_answers
      where actor_id = ${call.actorId} and key = ${call.key}
    `)
    if (kept.operation !== call.operation || kept.inputDigest !== call.inputDigest) {
      throw new Problem('operations.idempotency-key-used', { key: call.key, operation: kept.operation })
    }
    if (!kept.isKept) throw new Problem('operations.answer-not-kept', { operation: call.operation })
    return { answer: kept.answer }
  },

  async keep(db, { actorId, key }, answer) {
    await db.run(sql`
      update command_answers set answer = ${JSON.stringify(answer ?? null)}::jsonb where actor_id = ${actorId} and key = ${key}
    `)
  },
}

/** The row is taken before anything is done. Of two at once the second waits here until the first has committed or failed. */
async function isFirst(db: Db, { actorId, key, operation, inputDigest, at }: RepeatableCall): Promise<boolean> {
  try {
    const inserted = await db.run(sql`
      insert into command_answers (actor_id, key, operation, input_digest, at)
      values (${actorId}, ${key}, ${operation}, ${inputDigest}, ${at.toISOString()})
      on conflict (actor_id, key) do nothing
    `)
    return inserted === 1
  } catch (error) {
    if ((error as { code?: string }).code !== WAITED_TOO_LONG) throw error
    throw new Problem('operations.still-running', { operation }, { cause: error })
  }
}
