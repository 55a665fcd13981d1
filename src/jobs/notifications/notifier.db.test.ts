import { expect, test } from 'vitest'
import { type Db, sql } from '../../database/db.ts'
import {
  chooseDigest,
  deskOperations,
  giveGrant,
  listOwnNotifications,
  loadGrants,
  markNotificationsRead,
  noticeOperations,
} from '../../modules/access/index.ts'
import { registerOrg } from '../../modules/directory/index.ts'
import {
  answerObjection,
  createCollection,
  moveInitiative,
  raiseObjection,
  registerInitiative,
} from '../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../modules/registry/testing/registry-desk.ts'
import { type Actor, type Operations, PROGRAM } from '../../operations/index.ts'
import { createNotifier } from './notifier.ts'

const FACTS = {
  title: { orig: 'en', texts: { en: 'Irrigation' } },
  kind: 'project',
  reportingOrg: { name: 'Agency' },
  hosts: ['GHA'],
  partners: [{ no: '1', iso3: 'KEN', role: 'recipient' }],
} as const

async function account(db: Db, id: string, lang = 'en'): Promise<void> {
  await db.run(sql`
    insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
    values (${id}, ${`${id}@example.org`}, ${id}, ${lang}, 'active', 1, now(), 'test', now(), 'test')
  `)
}

async function role(db: Db, userId: string, held: string, scope: string, scopeId: string | null, endsAt: string | null = null) {
  await db.run(sql`
    insert into grants (id, user_id, role, scope, scope_id, starts_at, ends_at, given_at, given_by)
    values (${`${userId}-${held}`}, ${userId}, ${held}, ${scope}, ${scopeId}, '2026-01-01', ${endsAt}, '2026-01-01', 'test')
  `)
}

async function as(db: Db, id: string): Promise<Actor> {
  return { id, kind: 'user', name: id, grants: await loadGrants(db, id) }
}

/** An agency with two people, the secretariat, the focal point of Kenya, an administrator. */
async function atOffice(
  work: (desk: RegistryDesk, notifier: ReturnType<typeof createNotifier>, agency: string) => Promise<void>,
) {
  await atRegistryDesk(async (desk) => {
    const { database } = desk
    const agency = await desk.run(registerOrg, { names: { orig: 'en', texts: { en: 'Agency' } }, orgType: '40' })
    for (const id of ['author', 'desk', 'kenya', 'admin']) await account(database, id)
    await role(database, 'author', 'entity_focal_point', 'entity', agency.id)
    await role(database, 'desk', 'secretariat', 'instance', null)
    await role(database, 'kenya', 'national_focal_point', 'country', 'KEN')
    await role(database, 'admin', 'admin', 'instance', null)
    await desk.run(createCollection, { key: 'ours', ownerOrg: agency.id })
    const operations: Operations = { run: desk.run as Operations['run'] }
    let now = new Date('2026-11-24T12:00:00Z')
    const notifier = createNotifier({
      operations,
      clock: {
        now: () => {
          now = new Date(now.getTime() + 3_600_000)
          return now
        },
      },
    })
    // The first look begins at the end of the trail.
    expect(await notifier.look()).toEqual({ written: 0, digests: 0 })
    await work(desk, notifier, agency.id)
  })
}

const kindsOf = async (desk: RegistryDesk, id: string) =>
  (await desk.run(listOwnNotifications, {}, await as(desk.database, id))).rows.map(({ kind }) => kind).sort()

async function submitted(desk: RegistryDesk, agency: string) {
  const author = await as(desk.database, 'author')
  const record = await desk.run(
    registerInitiative,
    { collection: 'ours', facts: FACTS as never, listed: [{ year: 2014 }], ownerOrg: agency },
    author,
  )
  return desk.run(moveInitiative, { id: record.id, version: 1, to: 'submitted' }, author)
}

test('another person reads and marks nothing of mine, and the steps of the pass are nobody’s', () =>
  atOffice(async (desk, notifier, agency) => {
    await submitted(desk, agency)
    await notifier.look()
    const kenya = await as(desk.database, 'kenya')
    expect(await desk.run(markNotificationsRead, {}, kenya)).toEqual({ marked: 0 })
    expect(await desk.run(listOwnNotifications, {}, kenya)).toMatchObject({ rows: [], unread: 0 })
    for (const step of [noticeOperations.readNews, noticeOperations.readCalendar, noticeOperations.listDueDigests]) {
      await expect(desk.run(step as typeof noticeOperations.readNews, {}, await as(desk.database, 'desk'))).rejects.toMatchObject(
        {
          code: 'operations.permission-lacking',
        },
      )
    }
    expect(await desk.run(listOwnNotifications, {}, await as(desk.database, 'desk'))).toMatchObject({ unread: 1 })
  }))

test('a record on its way: verifiers, publishers and the author learn of it, each once, and nobody of the own act', () =>
  atOffice(async (desk, notifier, agency) => {
    const { id } = await submitted(desk, agency)
    expect(await notifier.look()).toMatchObject({ written: 1 })
    expect(await notifier.look()).toMatchObject({ written: 0 })
    const secretariat = await as(desk.database, 'desk')
    await desk.run(moveInitiative, { id, version: 2, to: 'verified' }, secretariat)
    await desk.run(moveInitiative, { id, version: 3, to: 'published' }, secretariat)
    await notifier.look()
    expect(await kindsOf(desk, 'desk')).toEqual(['record-submitted'])
    expect(await kindsOf(desk, 'author')).toEqual(['record-published'])
    // The administrator keeps the installation; records have their own people.
    expect(await kindsOf(desk, 'admin')).toEqual([])
  }))

test('an objection goes to the owner and the secretariat, its answer back to the country', () =>
  atOffice(async (desk, notifier, agency) => {
    const { id } = await submitted(desk, agency)
    const secretariat = await as(desk.database, 'desk')
    await desk.run(moveInitiative, { id, version: 2, to: 'verified' }, secretariat)
    await desk.run(moveInitiative, { id, version: 3, to: 'published' }, secretariat)
    await notifier.look()
    const kenya = await as(desk.database, 'kenya')
    const says = { initiativeId: id, country: 'KEN', kind: 'not_ours', text: 'No.' } as const
    const objection = await desk.run(raiseObjection, says, kenya)
    await notifier.look()
    expect(await kindsOf(desk, 'author')).toEqual(['objection-raised', 'record-published'])
    expect(await kindsOf(desk, 'desk')).toEqual(['objection-raised', 'record-submitted'])
    await desk.run(answerObjection, { id: objection.id, version: 1, text: 'Yes.' }, await as(desk.database, 'author'))
    await notifier.look()
    expect(await kindsOf(desk, 'kenya')).toEqual(['objection-answered'])
    expect(JSON.stringify((await desk.run(listOwnNotifications, {}, kenya)).rows)).not.toContain('Yes.')
  }))

test('roles given and ending, keys and imports: told to whom they belong', () =>
  atOffice(async (desk, notifier) => {
    const { database } = desk
    await account(database, 'new')
    await desk.run(giveGrant, { userId: 'new', role: 'broker', scope: 'instance', reason: 'Letter' })
    await role(database, 'new', 'secretariat', 'instance', null, new Date(Date.now() + 3 * 86_400_000).toISOString())
    desk.setTime(new Date().toISOString())
    await database.run(sql`
      insert into api_keys (id, user_id, name, secret_digest, permissions, hourly_quota, expires_at, created_at)
      values ('k', 'new', 'Nightly', 'd', '{}', 10, ${new Date(Date.now() + 5 * 86_400_000).toISOString()}, now())
    `)
    await notifier.look()
    await notifier.look()
    expect(await kindsOf(desk, 'new')).toEqual(['key-ending', 'role-ending', 'role-given'])
  }))

test('a digest comes once in a period, in the language of the person, and never with nothing to say', () =>
  atOffice(async (desk, notifier, agency) => {
    const { database } = desk
    await database.run(sql`update users set lang = 'ar' where id = 'desk'`)
    await submitted(desk, agency)
    const mails = () =>
      database.many<{ subject: string; body: string; lang: string }>(
        sql`select subject, body, lang from messages where purpose = 'digest' order by id`,
      )
    expect((await notifier.look()).digests).toBe(1)
    const [mail] = await mails()
    expect(mail?.lang).toBe('ar')
    expect(mail?.subject).toContain('إشعار جديد واحد')
    expect(mail?.body).toContain('سجل واحد قُدّم للتحقق')
    expect(mail?.body).toContain('/ar/notifications')
    expect(mail?.body).not.toContain('Irrigation')
    await submitted(desk, agency)
    expect((await notifier.look()).digests).toBe(0)
    desk.setTime('2026-11-25T12:00:01Z')
    expect((await notifier.look()).digests).toBe(1)
    desk.setTime('2026-11-27T12:00:01Z')
    expect((await notifier.look()).digests).toBe(0)
    expect(await mails()).toHaveLength(2)
  }))

test('whoever wants no digest gets none', () =>
  atOffice(async (desk, notifier, agency) => {
    await desk.run(chooseDigest, { digest: 'none' }, await as(desk.database, 'desk'))
    await submitted(desk, agency)
    expect((await notifier.look()).digests).toBe(0)
  }))

test('what fails is written at the next look, and the session knows how much is new', () =>
  atOffice(async (desk, notifier, agency) => {
    await submitted(desk, agency)
    const failing = createNotifier({
      operations: {
        run: (operation, input, actor) =>
          operation.name === 'access.write-notices'
            ? Promise.reject(new Error('away'))
            : desk.run(operation as never, input as never, actor),
      } as Operations,
      clock: { now: () => new Date() },
    })
    await expect(failing.look()).rejects.toThrow('away')
    expect((await notifier.look()).written).toBe(1)
    const { upTo } = await desk.run(noticeOperations.readNews, {}, PROGRAM)
    expect(upTo).toBeGreaterThan(0)
    await desk.database.run(sql`
      insert into sessions (id, user_id, token_digest, method, second_factor, created_at, seen_at, expires_at)
      values ('s', 'desk', encode(sha256('t'), 'hex'), 'password', false, '2026-11-24T11:59:59Z', '2026-11-24T11:59:59Z', '2026-11-25')
    `)
    const session = await desk.run(deskOperations.findSessionActor, { token: 't', idleMinutes: 10 }, PROGRAM)
    expect(session).toMatchObject({ id: 'desk', unread: 1 })
  }))
