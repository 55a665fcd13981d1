/**
 * Row-level security holds by itself: with the policy's predicate switched off no foreign row comes out, and the role of the program
 * can neither change tables nor read past it, whatever statement it is made to run.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { type Database, type Db, type RowScope, sql } from '../../src/database/db.ts'
import { openDatabase } from '../../src/database/open-database.ts'
import { openTestDatabase, type TestDatabase, testEngine } from '../../src/database/testing/test-database.ts'
import { Problem } from '../../src/kernel/problems.ts'
import { auditWriter, policy, type Role } from '../../src/modules/access/index.ts'
import { listPersons } from '../../src/modules/directory/index.ts'
import {
  exportListings,
  getCountryProfile,
  getInitiative,
  getInitiativeHistory,
  type ListedInitiative,
  listListings,
  listOrgInitiatives,
  registerInitiative,
  registryOperations,
} from '../../src/modules/registry/index.ts'
import { computeFigures } from '../../src/modules/reporting/index.ts'
import {
  type Actor,
  createOperations,
  LOCAL_ADMINISTRATOR,
  type Operation,
  type Operations,
  type Policy,
} from '../../src/operations/index.ts'
import { type AccessDesk, factsOf, HIDDEN, setUpAccessDesk, somebodyWith } from './access-desk.ts'

let database: TestDatabase
let desk: AccessDesk
const people = new Map<Role, Actor>()

const NARROW_ROLES = [
  'public',
  'member',
  'national_focal_point',
  'entity_focal_point',
  'reviewer',
  'broker',
  'finance_officer',
] as const satisfies readonly Role[]

beforeAll(async () => {
  database = await openTestDatabase()
  desk = await setUpAccessDesk(database)
  const raiseObjection = registryOperations.find(({ name }) => name === 'registry.raise-objection') as unknown as Operation
  const { initiatives, country } = desk.hidden
  const objection = { initiativeId: initiatives.published?.id, country, kind: 'object', text: HIDDEN }
  await operationsWith(database, policy).run(raiseObjection, objection, LOCAL_ADMINISTRATOR)
  const ofShown = { initiativeId: desk.shown.initiatives.published?.id, country: desk.shown.country, kind: 'object', text: 'No.' }
  await operationsWith(database, policy).run(raiseObjection, ofShown, LOCAL_ADMINISTRATOR)
  await database.run(sql`
    insert into import_mappings (name, mapping, version, updated_at, updated_by) values ('A file', '{}', 1, now(), 'test')
  `)
  for (const role of NARROW_ROLES) people.set(role, await somebodyWith(database, role, desk.own))
})
afterAll(() => database.close())

/** Row-level security refuses a new row. */
const BEYOND_THE_EYES = { code: '42501' }

const BLIND: Policy = {
  ...policy,
  sightOf: (actor) => ({ rows: policy.sightOf(actor).rows, visible: () => sql`true`, own: () => sql`true` }),
}

function operationsWith(db: Database, used: Policy): Operations {
  return createOperations({ database: db, clock: { now: () => new Date() }, policy: used, audit: auditWriter })
}

function person(role: Role): Actor {
  const found = people.get(role)
  if (!found) throw new Error(role)
  return found
}

describe.each(NARROW_ROLES)('with the predicate switched off, %s', (role) => {
  const run = <Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>): Promise<Output> =>
    operationsWith(database, BLIND).run(operation, input, person(role))

  test('is told of hidden records that they are not there', async () => {
    for (const { id } of Object.values(desk.hidden.initiatives)) {
      const asked = [
        run(getInitiative, { id }),
        run(getInitiative, { id, asOf: '2999-01-01' }),
        run(getInitiativeHistory, { id }),
      ]
      for (const one of await Promise.allSettled(asked)) {
        expect(one.status === 'rejected' && one.reason).toBeInstanceOf(Problem)
      }
    }
  })

  test('finds none in lists, searches, exports, organisations, people, figures and changes', async () => {
    const answers: unknown[] = [
      await run(listListings, { filter: { values: { collection: [desk.hidden.collection] } } }),
      await run(listListings, { filter: { values: {}, search: HIDDEN }, sort: 'title' }),
      await run(listListings, { filter: { values: { host: [desk.hidden.country] } } }),
      await run(listOrgInitiatives, { orgId: desk.hidden.entity }),
      await run(computeFigures, {}),
      ...(await rowsOf(await run(exportListings, { filter: { values: {}, search: HIDDEN } }))),
      ...(role === 'public' ? [] : [await run(listPersons, {})]),
    ]
    for (const name of ['registry.list-collections', 'registry.list-changes', 'registry.list-objections']) {
      const operation = registryOperations.find((one) => one.name === name) as unknown as Operation
      answers.push(await run(operation, {}))
    }
    // The word that was searched for comes back in no row.
    expect(JSON.stringify(answers)).not.toContain(HIDDEN)
  })

  test('counts what it sees and nothing else', async () => {
    const policed = operationsWith(database, policy)
    for (const filter of [{ values: {} }, { values: { state: ['published'] } }, { values: { host: [desk.hidden.country] } }]) {
      const blind = await run(listListings, { filter, limit: 500 })
      const seen = await policed.run(listListings, { filter, limit: 500 }, person(role))
      expect([blind.total, blind.rows.length]).toEqual([seen.total, seen.rows.length])
      expect(blind.facets.host).toEqual(seen.facets.host)
    }
    expect(await run(getCountryProfile, { iso3: desk.hidden.country })).toMatchObject({ listings: 0 })
  })

  test('finds the word in no table at all', async () => {
    const eyes = database.as(policy.sightOf(person(role)).rows)
    for (const table of await tablesOf(database)) {
      const { text } = await eyes
        .one<{ text: string | null }>(sql`select string_agg(to_jsonb(t)::text, ' ') as text from ${sql.table(table)} as t`)
        .catch(() => ({ text: null }))
      expect([table, text?.includes(HIDDEN) ?? false]).toEqual([table, false])
    }
  })
})

describe.each(NARROW_ROLES)('writing with the eyes of %s', (role) => {
  test('changes nothing that is only shown', async () => {
    const eyes = database.as(policy.sightOf(person(role)).rows)
    const { entity, collection } = desk.shown
    const shown = await database.one<{ id: string }>(sql`select id from collections where key = ${collection}`)
    for (const statement of [
      sql`update listings set visibility = 'public' where owner_org = ${entity}`,
      sql`update initiatives set visibility = 'public' where owner_org = ${entity}`,
      sql`update collections set visibility = 'public' where id = ${shown.id}`,
      sql`delete from initiative_partners where org_id = ${entity}`,
      sql`delete from listings where owner_org = ${entity}`,
      sql`update organisation_publications set identifier = 'planted'`,
      sql`delete from organisation_publications`,
      sql`update objections set text = 'planted'`,
      sql`delete from objections`,
      sql`delete from initiatives where owner_org = ${entity}`,
      sql`delete from collections where id = ${shown.id}`,
    ]) {
      expect(await eyes.run(statement)).toBe(0)
    }
    const parts = await database.one<{ shown: number }>(sql`
      select count(*)::integer as shown from initiative_partners where org_id = ${entity}
    `)
    expect(parts.shown).toBeGreaterThan(0)
    await expect(
      eyes.run(sql`
        insert into initiatives
        select (jsonb_populate_record(i, jsonb_build_object('id', ${`planted-${role}`}::text, 'identifier', ${role}::text))).*
        from initiatives as i where i.owner_org = ${entity} and i.state = 'published'
      `),
    ).rejects.toMatchObject(BEYOND_THE_EYES)
  })

  test('gives the own account nothing', async () => {
    const { id } = person(role)
    const eyes = database.as(policy.sightOf(person(role)).rows)
    const at = new Date().toISOString()
    await expect(
      eyes.run(sql`
        insert into grants (id, user_id, role, scope, starts_at, reason, given_at, given_by)
        values (${`planted-${role}`}, ${id}, 'admin', 'instance', ${at}, 'Planted.', ${at}, ${id})
      `),
    ).rejects.toMatchObject(BEYOND_THE_EYES)
    await expect(
      eyes.run(sql`
        insert into audit_events (id, at, operation, actor_id, actor_kind, outcome)
        values (${`planted-${role}`}, ${at}, 'access.nothing', ${id}, 'user', 'done')
      `),
    ).rejects.toMatchObject(BEYOND_THE_EYES)
    await expect(
      eyes.run(sql`
        insert into notifications (id, user_id, kind, cause, created_at) values ('planted', ${id}, 'role-ending', 'planted', ${at})
      `),
    ).rejects.toMatchObject(BEYOND_THE_EYES)
    for (const statement of [
      sql`update grants set role = 'admin', scope = 'instance', scope_id = null, ends_at = null where user_id = ${id}`,
      sql`update users set state = 'active', email = 'planted@example.org' where id = ${id}`,
      sql`update user_secrets set totp_confirmed_at = null where user_id = ${id}`,
      sql`update api_keys set permissions = '{access.grant.give}', revoked_at = null where user_id = ${id}`,
      sql`update sessions set ended_at = null where user_id = ${id}`,
      sql`update persons set user_id = null where visibility in ('public', 'network')`,
      sql`delete from person_contacts`,
      sql`delete from person_consents`,
      sql`delete from record_versions`,
      sql`delete from command_answers`,
      sql`delete from import_rows`,
      sql`update import_mappings set updated_by = ${id}`,
      sql`delete from org_merges`,
    ]) {
      expect(await eyes.run(statement)).toBe(0)
    }
  })
})

test('versions of consents and of organisations that are not shown are for the program alone', async () => {
  await database.run(sql`
    insert into record_versions (module, aggregate, record_id, version, at, actor_id, action, snapshot)
    values ('directory', 'person_consents', 'planted', 1, now(), 'test', 'created', '{}'),
           ('directory', 'orgs', 'planted-private', 1, now(), 'test', 'created', '{"visibility": "private"}'),
           ('directory', 'orgs', 'planted-public', 1, now(), 'test', 'created', '{"visibility": "public"}')
  `)
  const planted = sql`select record_id as id from record_versions where record_id like 'planted%' order by record_id`
  for (const role of NARROW_ROLES) {
    expect(await database.as(policy.sightOf(person(role)).rows).many(planted)).toEqual([{ id: 'planted-public' }])
  }
  expect(await database.as(EVERYTHING).many(planted)).toHaveLength(3)
})

async function rowsOf(batches: AsyncGenerator<ListedInitiative[]>): Promise<ListedInitiative[]> {
  const rows: ListedInitiative[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

async function tablesOf(db: Db): Promise<string[]> {
  const rows = await db.many<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  )
  return rows.map(({ name }) => name)
}

test('the word is there for whoever sees everything: the tests above look for something', async () => {
  const { rows } = await operationsWith(database, policy).run(
    listListings,
    { filter: { values: {}, search: HIDDEN } },
    { id: 'program', kind: 'job', name: 'program' },
  )
  expect(JSON.stringify(rows)).toContain(HIDDEN)
})

/** What the role of the program must not do. */
const FORBIDDEN = [
  sql`create table mine (id integer)`,
  sql`create temporary table listings (id integer)`,
  sql`create function mine() returns integer language sql return 1`,
  sql`create schema mine`,
  sql`create role mine`,
  sql`alter table listings add column mine integer`,
  sql`alter table listings disable row level security`,
  sql`alter table listings no force row level security`,
  sql`drop table listings`,
  sql`drop policy listings_rows on listings`,
  sql`create policy mine on listings using (true)`,
  sql`truncate listings`,
  sql`truncate audit_events`,
  sql`update audit_events set actor_id = 'nobody'`,
  sql`delete from audit_events`,
  sql`delete from schema_migrations`,
  sql`insert into schema_migrations select * from schema_migrations`,
  sql`alter table audit_events disable trigger all`,
  sql`set session_replication_role = replica`,
  sql`copy listings to program 'cat'`,
  sql`select pg_read_file('/etc/passwd')`,
  sql`alter role current_user superuser`,
  sql`create extension dblink`,
]

const EVERYTHING: RowScope = { actorId: 'somebody', sees: 'all', orgs: [], countries: [] }

async function refusalOf(db: Db, index: number): Promise<string> {
  const statement = FORBIDDEN[index]
  if (!statement) throw new Error(String(index))
  return db.run(statement).then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )
}

const DENIED = /^(42501|0A000|22023)$/

test.each(FORBIDDEN.map((_, index) => index))('the role of the program cannot run forbidden statement %i', async (index) => {
  expect(await refusalOf(database.as(EVERYTHING), index)).toMatch(DENIED)
})

test('the role of the program cannot give its rights away', async () => {
  // PostgreSQL only warns that nothing was granted.
  await database.as(EVERYTHING).run(sql`grant all on listings to public`)
  const given = await database.many(sql`
    select table_name from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema = 'public'
  `)
  expect(given).toEqual([])
})

describe.runIf(testEngine() === 'server')('a login that is only a member of the role', () => {
  const login = `sursur_login_${process.pid}`
  let asLogin: Database

  beforeAll(async () => {
    await database.run(sql.raw(`create role ${login} login password 'of a test' in role sursur_program`))
    const url = new URL('url' in database.location ? database.location.url : '')
    url.username = login
    url.password = 'of a test'
    asLogin = await openDatabase({ url: url.href, poolSize: 3 })
  })
  afterAll(async () => {
    await asLogin.close()
    await database.run(sql.raw(`drop role ${login}`))
  })

  test('cannot run what is forbidden, with and without the role set', async () => {
    for (const index of FORBIDDEN.keys()) {
      expect([index, await refusalOf(asLogin, index)]).toEqual([index, expect.stringMatching(DENIED)])
      expect([index, await refusalOf(asLogin.as(EVERYTHING), index)]).toEqual([index, expect.stringMatching(DENIED)])
    }
  })

  test('cannot become another role, nor find more by giving up the one it has', async () => {
    const { owner } = await database.one<{ owner: string }>(sql`select current_user as owner`)
    await expect(asLogin.run(sql.raw(`set role ${owner}`))).rejects.toMatchObject({ code: '42501' })
    await expect(asLogin.run(sql.raw(`set session authorization ${owner}`))).rejects.toMatchObject({ code: '42501' })
    const stranger: RowScope = { ...EVERYTHING, sees: 'public' }
    const shown = await asLogin.transaction(
      async (tx) => {
        await tx.run(sql`reset role`)
        return tx.many<{ text: string }>(sql`select to_jsonb(l)::text as text from listings as l`)
      },
      { rows: stranger },
    )
    expect(JSON.stringify(shown)).not.toContain(HIDDEN)
    expect(shown.length).toBeGreaterThan(0)
  })

  test('runs the operations of the program: what is refused, read and written', async () => {
    const operations = operationsWith(asLogin, policy)
    const { collection, country, entity } = desk.own
    const input = { collection, facts: factsOf('By the login', [country], entity), ownerOrg: entity }
    await expect(operations.run(registerInitiative, input, person('member'))).rejects.toMatchObject({
      code: 'operations.permission-lacking',
    })
    const made = await operations.run(registerInitiative, input, person('entity_focal_point'))
    const page = await operations.run(listListings, { filter: { values: {} }, limit: 500 }, person('entity_focal_point'))
    expect(page.rows.map(({ initiativeId }) => initiativeId)).toContain(made.id)
    expect(JSON.stringify(page)).not.toContain(HIDDEN)
    const events = await database.many(sql`select operation from audit_events where record_id = ${made.id}`)
    expect(events).toEqual([{ operation: 'registry.register-initiative' }])
  })
})
