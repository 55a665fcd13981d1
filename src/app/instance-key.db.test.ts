import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Db, sql } from '../database/db.ts'
import { withRollback } from '../database/testing/rollback-database.ts'
import { openTestDatabase } from '../database/testing/test-database.ts'
import { INSTANCE_KEY_FILE, requireInstanceKey } from './instance-key.ts'

let dataFolder: string
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'sursur-key-'))
})
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

async function givenAccount(db: Db, totpSecret: string | null): Promise<void> {
  await db.run(sql`
    insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
    values ('u1', 'a@example.org', 'A', 'en', 'active', 1, now(), 'x', now(), 'x')
  `)
  await db.run(sql`insert into user_secrets (user_id, totp_secret) values ('u1', ${totpSecret})`)
}

test('where second factors are sealed, a missing key stops the start and none is made', async () =>
  withRollback(await openTestDatabase(), async (db) => {
    await givenAccount(db, 'sealed')
    const file = join(dataFolder, INSTANCE_KEY_FILE)
    await expect(requireInstanceKey(db, { dataFolder, instanceKey: undefined })).rejects.toMatchObject({
      code: 'app.instance-key-missing',
      params: { file },
    })
    expect(readdirSync(dataFolder)).toEqual([])
    await requireInstanceKey(db, { dataFolder, instanceKey: 'given' })
    writeFileSync(file, 'the saved copy')
    await requireInstanceKey(db, { dataFolder, instanceKey: undefined })
  }))

test('where nobody uses a second factor, one may be made', async () =>
  withRollback(await openTestDatabase(), async (db) => {
    await givenAccount(db, null)
    await requireInstanceKey(db, { dataFolder, instanceKey: undefined })
  }))
