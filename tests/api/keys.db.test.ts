import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/database/db.ts'
import { createApiKey, findKeyActor, giveGrant, listApiKeys, listMessages, revokeApiKey } from '../../src/modules/access/index.ts'
import { createCollection } from '../../src/modules/registry/index.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { type ApiSite, NOW, openApiSite } from './api-site.ts'

let site: ApiSite
let officer: Actor

beforeAll(async () => {
  site = await openApiSite()
  officer = await site.addPerson('officer', [{ role: 'admin', scope: 'instance' }])
  await site.operations.run(createCollection, { key: 'ours' }, LOCAL_ADMINISTRATOR)
})
afterAll(() => site.close())

const READ = 'registry.initiative.read'
const CREATE = 'registry.initiative.create'
const IN_SUMMER = '2027-06-01T00:00:00Z'
const PAGE = '/api/registry/list-listings?limit=1'
const register = { collection: 'ours', facts: { hosts: ['BEN'] } }

function makeKey(actor: Actor, input: Partial<{ permissions: string[]; hourlyQuota: number; expiresAt: string }> = {}) {
  return site.operations.run(createApiKey, { name: 'copy', permissions: [READ], expiresAt: IN_SUMMER, ...input }, actor)
}

describe('making a key', () => {
  test('a stranger makes none, nor does the person at this machine, who has no account that it could narrow', async () => {
    await expect(makeKey(ANONYMOUS)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
    await expect(makeKey(LOCAL_ADMINISTRATOR)).rejects.toMatchObject({ code: 'keys.needs-account' })
  })

  test('nobody gives a key what they do not hold, nor what concerns the person alone', async () => {
    const member = await site.addPerson('member')
    await expect(makeKey(member, { permissions: [CREATE] })).rejects.toMatchObject({
      code: 'keys.permission-not-held',
      params: { permission: CREATE },
    })
    for (const permission of ['access.key.edit', 'access.own-account.edit', 'access.sign-in.use', 'no.such.thing']) {
      await expect(makeKey(officer, { permissions: [permission] })).rejects.toMatchObject({ code: 'keys.permission-not-held' })
    }
  })

  test('accounts, their messages and roles are never for a key, nor for one that was made when they were', async () => {
    const forPeople = [
      'access.user.read',
      'access.user.edit',
      'access.outbox.read',
      'access.grant.give',
      'access.delegation.give',
    ]
    for (const permission of forPeople) {
      await expect(makeKey(officer, { permissions: [permission] })).rejects.toMatchObject({ code: 'keys.permission-not-held' })
    }
    const { id, key } = await makeKey(officer)
    await site.database.run(sql`update api_keys set permissions = ${forPeople}::text[] where id = ${id}`)
    const { actor } = await site.operations.run(findKeyActor, { key }, ANONYMOUS)
    const roles = { userId: officer.id, role: 'admin', scope: 'instance', reason: 'x' } as const
    await expect(site.operations.run(giveGrant, roles, actor)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
    await expect(site.operations.run(listMessages, {}, actor)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
    const owner = await site.operations.run(listMessages, {}, officer)
    expect(owner.rows).toEqual(expect.any(Array))
  })

  test('it ends within a year and makes at most 10,000 calls an hour', async () => {
    for (const expiresAt of ['2026-11-24T11:59:59Z', '2027-11-26T00:00:00Z']) {
      await expect(makeKey(officer, { expiresAt })).rejects.toMatchObject({ code: 'keys.expiry-not-accepted' })
    }
    await expect(makeKey(officer, { expiresAt: 'tomorrow' })).rejects.toMatchObject({ code: 'operations.input-not-accepted' })
    await expect(makeKey(officer, { hourlyQuota: 10_001 })).rejects.toMatchObject({ code: 'operations.input-not-accepted' })
  })

  test('its secret is given once: neither the list nor the table nor the audit trail holds it', async () => {
    const { key, id } = await makeKey(officer)
    const { keys } = await site.operations.run(listApiKeys, {}, officer)
    expect(keys.find((one) => one.id === id)).toMatchObject({ name: 'copy', permissions: [READ], usedAt: null, revokedAt: null })
    const kept = await site.database.many(
      sql`select k.*, e.after from api_keys as k join audit_events as e on e.record_id = k.id`,
    )
    expect(JSON.stringify([keys, kept])).not.toContain(key.slice(-50))
  })

  test('a key makes no other key', async () => {
    const byKey: Actor = { ...officer, keyId: 'abc' }
    await expect(makeKey(byKey)).rejects.toMatchObject({ code: 'keys.not-by-key' })
  })
})

describe('calling with a key', () => {
  test('it may what was given to it, and nothing else that its owner may', async () => {
    const key = await site.addKey(officer, [READ])
    expect((await site.get(PAGE, { key })).status).toBe(200)
    expect(await site.post('/api/registry/register-initiative', register, { key })).toMatchObject({
      status: 403,
      body: { code: 'operations.permission-lacking', params: { permission: CREATE } },
    })
  })

  test('what its owner loses is lost to it with the next call; who is suspended calls no longer', async () => {
    const focal = await site.addPerson('focal', [{ role: 'admin', scope: 'instance' }])
    const key = await site.addKey(focal, [READ, CREATE])
    expect((await site.post('/api/registry/register-initiative', register, { key })).status).toBe(200)
    await site.database.run(sql`update grants set revoked_at = ${NOW}, revoked_by = 'test' where user_id = 'focal'`)
    expect((await site.post('/api/registry/register-initiative', register, { key })).status).toBe(403)
    expect((await site.get(PAGE, { key })).status).toBe(200)
    await site.database.run(sql`update users set state = 'suspended' where id = 'focal'`)
    expect(await site.get(PAGE, { key })).toMatchObject({ status: 401, body: { code: 'keys.owner-not-active' } })
  })

  test.each([
    ['garbled', 'sursur_abc'],
    ['of somebody else’s making', 'sursur_00000000_0000000000000000000000000000000000000000000000000000000000'],
    ['empty words', '…'],
    ['very long', 'x'.repeat(5_000)],
  ])('a key that is %s is not known: 401 with what to do', async (_name, key) => {
    const headers = { authorization: `Bearer ${Buffer.from(key).toString('latin1')}`, 'accept-language': 'ru' }
    const answer = await site.get(PAGE, { headers })
    expect(answer).toMatchObject({ status: 401, body: { code: 'keys.not-known', status: 401 } })
    expect(answer.headers['www-authenticate']).toContain('invalid_token')
    expect(answer.headers['content-language']).toBe('ru')
    expect(answer.body.detail).toContain('ключ API')
  })

  test('one letter of a key changed makes it unknown', async () => {
    const key = await site.addKey(officer, [READ])
    const changed = key.slice(0, 20) + (key[20] === 'a' ? 'b' : 'a') + key.slice(21)
    expect(await site.get(PAGE, { key: changed })).toMatchObject({ status: 401, body: { code: 'keys.not-known' } })
  })

  test('an expired and a revoked key say so', async () => {
    const short = await site.addKey(officer, [READ], { expiresAt: '2026-11-24T13:00:00Z' })
    site.setTime('2026-11-24T13:00:00Z')
    expect(await site.get(PAGE, { key: short })).toMatchObject({ status: 401, body: { code: 'keys.expired' } })
    site.setTime(NOW)
    const { key, id } = await makeKey(officer)
    const stranger = await site.addPerson('another')
    await expect(site.operations.run(revokeApiKey, { id }, stranger)).rejects.toMatchObject({ code: 'keys.missing' })
    await site.operations.run(revokeApiKey, { id, reason: 'retired' }, officer)
    expect(await site.get(PAGE, { key })).toMatchObject({
      status: 401,
      body: { code: 'keys.revoked', params: { on: '2026-11-24' } },
    })
  })

  test('calls of an hour are counted: then 429 with when to go on, and a new hour begins anew', async () => {
    const key = await site.addKey(officer, [READ], { hourlyQuota: 2 })
    expect((await site.get(PAGE, { key })).headers).toMatchObject({
      'ratelimit-policy': '"hour";q=2;w=3600',
      ratelimit: '"hour";r=1;t=3600',
    })
    await site.get(PAGE, { key })
    const refused = await site.get(PAGE, { key })
    expect(refused).toMatchObject({ status: 429, body: { code: 'keys.quota-used', params: { quota: 2, seconds: 3600 } } })
    expect(refused.headers['retry-after']).toBe('3600')
    site.setTime('2026-11-24T13:00:00Z')
    expect((await site.get(PAGE, { key })).status).toBe(200)
    site.setTime(NOW)
  })

  test('the use is noted to the minute, and the audit trail names the key', async () => {
    const { key, id } = await makeKey(officer, { permissions: [CREATE] })
    site.setTime('2026-11-24T12:34:56Z')
    const made = await site.post('/api/registry/register-initiative', register, { key })
    site.setTime(NOW)
    const { keys } = await site.operations.run(listApiKeys, {}, officer)
    expect(keys.find((one) => one.id === id)?.usedAt).toMatch(/^2026-11-24T12:34:00/)
    expect(
      await site.database.one(sql`
        select actor_id as "actorId", key_id as "keyId", request_id as "requestId" from audit_events where record_id = ${made.body.id}
      `),
    ).toEqual({ actorId: 'officer', keyId: id, requestId: made.headers['x-request-id'] })
  })

  test('who sends no key and needs one is asked to say who they are', async () => {
    const answer = await site.post('/api/registry/register-initiative', register)
    expect(answer).toMatchObject({ status: 401, body: { code: 'api.key-needed', params: { permission: CREATE } } })
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="sursur"')
    expect((await site.get(PAGE)).status).toBe(200)
  })
})
