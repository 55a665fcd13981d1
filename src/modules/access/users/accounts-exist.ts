/** Whether anybody can sign in yet. Until then the person at this machine is the administrator (ruling 18). */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'

export const accountsExist = defineQuery({
  name: 'access.accounts-exist',
  permission: 'access.sign-in.use',
  rows: 'whole',
  input: z.object({}),
  run: ({ db }): Promise<boolean> => hasAccount(db),
})

/** An invitation alone is no account: nobody could sign in with it. */
export async function hasAccount(db: Db): Promise<boolean> {
  const { found } = await db.one<{ found: boolean }>(sql`select exists (select 1 from users where state <> 'invited') as found`)
  return found
}
