/**
 * Guessing is slowed down, not punished: after five failures in a row each further attempt must wait, twice as long each time, at most
 * a quarter of an hour. Nobody can lock the owner out for good, and a new password by mail ends the wait.
 */
import { type Sql, sql } from '../../../database/db.ts'

const FREE_ATTEMPTS = 5
const FIRST_WAIT_SECONDS = 30
const LONGEST_WAIT_SECONDS = 900

/** Condition on a row `s` of `user_secrets`: an attempt may be made now. The sixth in a row waits 30 s, the seventh 60 s, ... */
export function mayTry(at: Date): Sql {
  return sql`(s.failures < ${FREE_ATTEMPTS} or s.failed_at is null or s.failed_at
    + least(${FIRST_WAIT_SECONDS} * power(2, least(s.failures - ${FREE_ATTEMPTS}, 10)), ${LONGEST_WAIT_SECONDS}) * interval '1 second'
    <= ${at.toISOString()})`
}
