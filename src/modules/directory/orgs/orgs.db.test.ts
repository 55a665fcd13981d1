import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, sql } from '../../../database/db.ts'
import { withRollback } from '../../../database/testing/rollback-database.ts'
import { openTestDatabase, type TestDatabase } from '../../../database/testing/test-database.ts'
import type { Problem } from '../../../kernel/problems.ts'
import { ANONYMOUS, createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../../operations/index.ts'
import { auditWriter, policy } from '../../access/index.ts'
import { getOrgQuery, listOrgs, loadShippedOrgs, type Org, registerOrg, resolveOrgNames, reviseOrg } from '../index.ts'

const AT = '2026-11-24T10:00:00.000Z'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

function inDirectory(work: (operations: Operations, db: Database) => Promise<void>): Promise<void> {
  return withRollback(database, (db) =>
    work(createOperations({ database: db, clock: { now: () => new Date(AT) }, policy, audit: auditWriter }), db),
  )
}

function name(en: string) {
  return { orig: 'en', texts: { en } }
}

const KENYA_HEALTH = { names: name('Ministry of Health'), orgType: '10' as const, countryCode: 'KEN' }

function given(
  operations: Operations,
  facts: Partial<Parameters<typeof registerOrg.run>[1]> & { names?: ReturnType<typeof name> } = {},
): Promise<Org> {
  return operations.run(registerOrg, { ...KENYA_HEALTH, ...facts }, LOCAL_ADMINISTRATOR)
}

function problemOf(promise: Promise<unknown>): Promise<{ code: string; params: unknown; kind: string }> {
  return promise.then(
    () => {
      throw new Error('No problem was thrown')
    },
    (problem: Problem) => ({ code: problem.code, params: problem.params, kind: problem.kind }),
  )
}

interface AuditRow {
  readonly operation: string
  readonly outcome: string
  readonly action: string | null
  readonly version: number | null
  readonly reason: string | null
  readonly before: unknown
  readonly after: unknown
}

/** Somebody who is signed in and holds no role. */
const MEMBER = { id: 'ben', kind: 'user', name: 'Ben', grants: [] } as const

function auditTrail(db: Database): Promise<AuditRow[]> {
  return db.many<AuditRow>(sql`select operation, outcome, action, version, reason, before, after from audit_events order by id`)
}

describe('registering an organisation', () => {
  test('a member may not, and the refusal is in the audit trail', () =>
    inDirectory(async (operations, db) => {
      const problem = await problemOf(operations.run(registerOrg, KENYA_HEALTH, MEMBER))
      expect(problem).toMatchObject({ code: 'operations.permission-lacking', kind: 'refused' })
      expect(await auditTrail(db)).toMatchObject([{ operation: 'directory.register-org', outcome: 'refused', action: null }])
      expect(await db.many(sql`select id from orgs`)).toEqual([])
    }))

  test('6.1: a government body gets an identifier of ours, countries become alpha-3, the event holds the record', () =>
    inDirectory(async (operations, db) => {
      const org = await given(operations, { countryCode: 'ke', acronyms: { en: 'MoH' } })
      expect(org).toMatchObject({
        countryCode: 'KEN',
        iatiId: 'KE-SUR-moh',
        iatiIdBasis: 'own',
        dueDiligence: 'none',
        version: 1,
        createdBy: 'local-administrator',
        provenance: { origin: 'entered', actor: 'local-administrator', at: AT, sources: [] },
      })
      expect(new Date(org.createdAt).toISOString()).toBe(AT)
      expect(await auditTrail(db)).toMatchObject([
        { operation: 'directory.register-org', outcome: 'done', action: 'created', version: 1, after: { iatiId: 'KE-SUR-moh' } },
      ])
    }))

  test('a second body with the same slug gets the number 2', () =>
    inDirectory(async (operations) => {
      await given(operations, { acronyms: { en: 'MoH' } })
      const second = await given(operations, { names: name('Ministry of Housing'), acronyms: { en: 'MOH' } })
      expect(second.iatiId).toBe('KE-SUR-moh-2')
    }))

  test('a known name in the same country is a conflict until the person says that it is another', () =>
    inDirectory(async (operations) => {
      const first = await given(operations)
      expect(await problemOf(given(operations, { names: name('the MINISTRY of health') }))).toEqual({
        code: 'directory.org-already-known',
        kind: 'conflict',
        params: { name: 'Ministry of Health', org: first.id },
      })
      await given(operations, { countryCode: 'UGA' })
      const other = await given(operations, { anotherOfThatName: true })
      expect(other.iatiId).toBe('KE-SUR-ministry-of-health-2')
    }))

  const invalid: { name: string; given: Parameters<typeof given>[1]; expected: object }[] = [
    {
      name: 'an unknown country',
      given: { countryCode: 'KEY' },
      expected: { code: 'directory.country-unknown', params: { field: 'countryCode', found: 'KEY' } },
    },
    {
      name: 'members without being a body of countries',
      given: { memberCountries: [{ country: 'KEN' }] },
      expected: { code: 'directory.members-need-collective' },
    },
    {
      name: 'a day of clearance that was never given',
      given: { dueDiligenceUntil: '2027-01-31' },
      expected: { code: 'directory.clearance-day-without-clearance' },
    },
    {
      name: 'a parent that does not exist',
      given: { parentId: 'NONE' },
      expected: { code: 'directory.org-missing', params: { org: 'NONE' } },
    },
  ]
  test.each(invalid)('not accepted: $name; nothing is written', ({ given: facts, expected }) =>
    inDirectory(async (operations, db) => {
      expect(await problemOf(given(operations, facts))).toMatchObject(expected)
      expect(await db.many(sql`select id from orgs`)).toEqual([])
      expect(await auditTrail(db)).toEqual([])
    }),
  )

  test('a name without a text in its original language is named as the field at fault', () =>
    inDirectory(async (operations) => {
      const problem = await operations
        .run(registerOrg, { names: { orig: 'fr', texts: { en: 'Ministry' } }, orgType: '10' }, LOCAL_ADMINISTRATOR)
        .then(undefined, (error: Problem) => error)
      expect(problem).toMatchObject({ code: 'operations.input-not-accepted', details: [{ place: { field: 'names.texts' } }] })
    }))

  test('one identifier names one organisation, whatever the case of its letters', () =>
    inDirectory(async (operations) => {
      const first = await given(operations, { iatiId: 'KE-GOV-1' })
      const problem = await problemOf(given(operations, { names: name('Treasury'), iatiId: 'ke-gov-1' }))
      expect(problem).toMatchObject({ code: 'directory.identifier-taken', params: { identifier: 'ke-gov-1', org: first.id } })
    }))
})

describe('revising an organisation', () => {
  test('a stranger may not', () =>
    inDirectory(async (operations) => {
      const org = await given(operations)
      const problem = await problemOf(operations.run(reviseOrg, { id: org.id, version: 1, changes: {} }, ANONYMOUS))
      expect(problem.code).toBe('operations.permission-lacking')
    }))

  test('only the named fields change; the event tells before, after and why', () =>
    inDirectory(async (operations, db) => {
      const org = await given(operations)
      const changes = { aliases: ['Health Ministry'], dueDiligence: 'cleared' as const, dueDiligenceUntil: '2027-06-30' }
      const input = { id: org.id, version: 1, changes, reason: 'letter of 3 March' }
      const revised = await operations.run(reviseOrg, input, LOCAL_ADMINISTRATOR)
      expect(revised).toMatchObject({ ...changes, version: 2, iatiId: org.iatiId, names: org.names })
      expect((await auditTrail(db))[1]).toEqual({
        operation: 'directory.revise-org',
        outcome: 'done',
        action: 'changed',
        version: 2,
        reason: 'letter of 3 March',
        before: { aliases: [], dueDiligence: 'none', dueDiligenceUntil: null },
        after: changes,
      })
    }))

  test('a revision that changes nothing writes nothing', () =>
    inDirectory(async (operations, db) => {
      const org = await given(operations)
      const same = await operations.run(reviseOrg, { id: org.id, version: 1, changes: { orgType: '10' } }, LOCAL_ADMINISTRATOR)
      expect(same.version).toBe(1)
      expect(await auditTrail(db)).toHaveLength(1)
    }))

  test('who started from an older version learns what changed meanwhile, and overwrites nothing', () =>
    inDirectory(async (operations) => {
      const org = await given(operations)
      await operations.run(reviseOrg, { id: org.id, version: 1, changes: { aliases: ['A'] } }, LOCAL_ADMINISTRATOR)
      await operations.run(reviseOrg, { id: org.id, version: 2, changes: { orgType: '15' } }, LOCAL_ADMINISTRATOR)
      const late = operations.run(reviseOrg, { id: org.id, version: 1, changes: { aliases: ['B'] } }, LOCAL_ADMINISTRATOR)
      expect(await problemOf(late)).toMatchObject({
        code: 'directory.org-changed-meanwhile',
        kind: 'conflict',
        params: { version: 1, found: 3, by: 'local-administrator', fields: 'aliases, orgType' },
      })
      const now = await operations.run(getOrgQuery, { org: org.id }, LOCAL_ADMINISTRATOR)
      expect(now.aliases).toEqual(['A'])
    }))

  test('an organisation cannot stand below its own part', () =>
    inDirectory(async (operations) => {
      const ministry = await given(operations)
      const unit = await given(operations, { names: name('Unit'), parentId: ministry.id })
      const office = await given(operations, { names: name('Office'), parentId: unit.id })
      for (const parentId of [ministry.id, unit.id, office.id]) {
        const loop = operations.run(reviseOrg, { id: ministry.id, version: 1, changes: { parentId } }, LOCAL_ADMINISTRATOR)
        expect((await problemOf(loop)).code).toBe('directory.parent-is-below')
      }
    }))

  test('one that does not exist is missing', () =>
    inDirectory(async (operations) => {
      const problem = await problemOf(operations.run(reviseOrg, { id: 'X', version: 1, changes: {} }, LOCAL_ADMINISTRATOR))
      expect(problem).toEqual({ code: 'directory.org-missing', kind: 'missing', params: { org: 'X' } })
    }))
})

describe('loading the shipped organisations', () => {
  test('a stranger may not', () =>
    inDirectory(async (operations) => {
      expect((await problemOf(operations.run(loadShippedOrgs, {}, ANONYMOUS))).code).toBe('operations.permission-lacking')
    }))

  test('ruling 13: one event for the batch, one version per record; a second load changes nothing', () =>
    inDirectory(async (operations, db) => {
      const first = await operations.run(loadShippedOrgs, {}, LOCAL_ADMINISTRATOR)
      expect(first).toEqual({ created: 194, changed: 0, unchanged: 0, kept: 0 })
      expect(await operations.run(loadShippedOrgs, {}, LOCAL_ADMINISTRATOR)).toEqual({
        created: 0,
        changed: 0,
        unchanged: 194,
        kept: 0,
      })
      const events = await db.many(sql`select action, counts, length(digest) as digest from audit_events`)
      expect(events).toEqual([{ action: 'loaded', counts: first, digest: 64 }])
      const versions = await db.one(sql`
        select count(*) as count, count(distinct run_id) as runs, min(version) as first
        from record_versions
        where module = 'directory' and aggregate = 'orgs'
      `)
      expect(versions).toEqual({ count: 194, runs: 1, first: 1 })
    }))

  test('newer shipped facts replace older ones, but not what a person has revised', () =>
    inDirectory(async (operations, db) => {
      await operations.run(loadShippedOrgs, {}, LOCAL_ADMINISTRATOR)
      const undp = await operations.run(getOrgQuery, { org: 'undp' }, LOCAL_ADMINISTRATOR)
      await operations.run(
        reviseOrg,
        { id: undp.id, version: 1, changes: { aliases: ['UN Development Programme'] } },
        LOCAL_ADMINISTRATOR,
      )
      await db.run(sql`update orgs set shipped_digest = 'older', org_type = '90' where key in ('undp', 'wfp')`)

      const counts = await operations.run(loadShippedOrgs, {}, LOCAL_ADMINISTRATOR)
      expect(counts).toEqual({ created: 0, changed: 1, unchanged: 192, kept: 1 })
      const wfp = await operations.run(getOrgQuery, { org: 'wfp' }, LOCAL_ADMINISTRATOR)
      expect(wfp).toMatchObject({ orgType: '40', version: 2 })
      const kept = await operations.run(getOrgQuery, { org: 'undp' }, LOCAL_ADMINISTRATOR)
      expect(kept).toMatchObject({ aliases: ['UN Development Programme'], version: 2 })
    }))

  test('an identifier that a person already gave elsewhere stays there', () =>
    inDirectory(async (operations) => {
      const own = await given(operations, { names: name('Our own record of UNDP'), countryCode: null, iatiId: 'XM-DAC-41114' })
      const counts = await operations.run(loadShippedOrgs, {}, LOCAL_ADMINISTRATOR)
      expect(counts.created).toBe(194)
      const undp = await operations.run(getOrgQuery, { org: 'undp' }, LOCAL_ADMINISTRATOR)
      expect(undp.iatiId).toBeNull()
      expect((await operations.run(getOrgQuery, { org: own.id }, LOCAL_ADMINISTRATOR)).iatiId).toBe('XM-DAC-41114')
    }))
})

describe('finding organisations', () => {
  async function shipped(operations: Operations): Promise<void> {
    await operations.run(loadShippedOrgs, {}, LOCAL_ADMINISTRATOR)
  }
  async function keysFound(
    operations: Operations,
    input: Parameters<typeof operations.run<typeof listOrgs.input, unknown>>[1],
  ): Promise<(string | null)[]> {
    return (await operations.run(listOrgs, input, LOCAL_ADMINISTRATOR)).rows.map(({ key }) => key)
  }

  test('by words of a name in each of the six languages, by acronym and by identifier', () =>
    inDirectory(async (operations) => {
      await shipped(operations)
      const searches = [
        'population fund',
        'Fonds des nations unies pour la POPULATION',
        'fondo poblacion',
        'народонаселения фонд',
        '联合国人口基金',
        'صندوق الأمم المتحدة للسكان',
        'FNUAP',
        'xm-dac-41119',
      ]
      for (const search of searches) expect(await keysFound(operations, { search })).toContain('unfpa')
      expect(await keysFound(operations, { search: '%' })).toEqual([])
      expect(await keysFound(operations, { search: 'no such words' })).toEqual([])
    }))

  test('by country, by type and by being part of the United Nations system', () =>
    inDirectory(async (operations) => {
      await shipped(operations)
      expect((await keysFound(operations, { country: ['BRA'] })).toSorted()).toEqual([
        'bra-abc',
        'bra-embrapa',
        'bra-fiocruz',
        'bra-senai',
      ])
      expect(await keysFound(operations, { country: ['br'], orgType: ['10'] })).toEqual(['bra-abc'])
      const system = await operations.run(listOrgs, { partOfUnSystem: true, limit: 1 }, LOCAL_ADMINISTRATOR)
      expect(system.total).toBe(72)
    }))

  test('pages follow one another in the order of the reader’s language, each record once', () =>
    inDirectory(async (operations) => {
      await shipped(operations)
      const seen: Org[] = []
      let cursor: string | undefined
      do {
        const input = { limit: 50, lang: 'fr', ...(cursor === undefined ? {} : { cursor }) }
        const page = await operations.run(listOrgs, input, LOCAL_ADMINISTRATOR)
        seen.push(...page.rows)
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      expect(seen).toHaveLength(194)
      expect(new Set(seen.map(({ id }) => id)).size).toBe(194)
      expect(seen[0]?.names.texts.fr ?? seen[0]?.names.texts.en).toMatch(/^A/)
    }))

  test('a cursor that was not given by us is refused', () =>
    inDirectory(async (operations) => {
      const problem = await problemOf(operations.run(listOrgs, { cursor: 'abc' }, LOCAL_ADMINISTRATOR))
      expect(problem).toMatchObject({ code: 'directory.cursor-not-accepted', kind: 'invalid' })
    }))

  test('a stranger sees public organisations only', () =>
    inDirectory(async (operations) => {
      const hidden = await given(operations, { visibility: 'network' })
      const list = (actor: typeof ANONYMOUS) => operations.run(listOrgs, {}, actor)
      expect((await list(ANONYMOUS)).total).toBe(0)
      expect((await list(LOCAL_ADMINISTRATOR)).total).toBe(1)
      expect((await problemOf(operations.run(getOrgQuery, { org: hidden.id }, ANONYMOUS))).code).toBe('directory.org-missing')
      const [answer] = await operations.run(resolveOrgNames, { names: ['Ministry of Health'] }, ANONYMOUS)
      expect(answer).toEqual({ name: 'Ministry of Health', status: 'unknown', suggestions: [] })
    }))
})

describe('resolving names', () => {
  test('found, ambiguous or unknown, in the order asked, never a silent guess', () =>
    inDirectory(async (operations) => {
      await operations.run(loadShippedOrgs, {}, LOCAL_ADMINISTRATOR)
      const names = [
        'PNUD',
        'ВОЗ',
        'Всемирная организация здравоохранения',
        'BID',
        'Brazilian Cooperation Agenci',
        '—',
        'BR-SUR-ABC',
        '',
      ]
      const answers = await operations.run(resolveOrgNames, { names }, LOCAL_ADMINISTRATOR)
      expect(answers.map(({ name: asked }) => asked)).toEqual(names)
      const short = answers.map((answer) =>
        answer.status === 'found'
          ? answer.org.key
          : { [answer.status]: (answer.status === 'ambiguous' ? answer.candidates : answer.suggestions).map(({ key }) => key) },
      )
      expect(short[0]).toBe('undp')
      expect(short[2]).toBe('who')
      expect(short[3]).toEqual({ ambiguous: expect.arrayContaining(['regional-idb', 'regional-isdb']) })
      expect(short[4]).toEqual({ unknown: expect.arrayContaining(['bra-abc']) })
      expect(short[5]).toEqual({ unknown: [] })
      expect(short[6]).toBe('bra-abc')
      expect(short[7]).toEqual({ unknown: [] })
    }))

  test('6.1: by identifier in its forms, by short names of other scripts, and by name and acronym in one cell', () =>
    inDirectory(async (operations) => {
      await operations.run(loadShippedOrgs, {}, LOCAL_ADMINISTRATOR)
      const asked = {
        'UNDP/UNICEF': undefined,
        'Ministry of Health (UNDP)': undefined,
        'xm-dac-41114': 'undp',
        '41114': 'undp',
        'XM-DAC-41313': 'ohchr',
        ПРООН: 'undp',
        儿基会: 'unicef',
        اليونسكو: 'unesco',
        'United Nations Development Programme (UNDP)': 'undp',
        'ЮНИСЕФ / UNICEF': 'unicef',
      }
      const answers = await operations.run(resolveOrgNames, { names: Object.keys(asked) }, LOCAL_ADMINISTRATOR)
      const found = answers.map((answer) => [answer.name, answer.status === 'found' ? answer.org.key : undefined])
      expect(Object.fromEntries(found)).toEqual(asked)
    }))

  test('an alias finds it, and a record marked as a duplicate answers with the one that it repeats', () =>
    inDirectory(async (operations, db) => {
      const kept = await given(operations, { aliases: ['Afya House'] })
      const copy = await given(operations, { names: name('Health, Ministry of'), countryCode: 'KEN' })
      await db.run(sql`update orgs set duplicate_of = ${kept.id} where id = ${copy.id}`)
      const answers = await operations.run(resolveOrgNames, { names: ['afya house', 'Health, Ministry of'] }, LOCAL_ADMINISTRATOR)
      expect(answers).toMatchObject([
        { status: 'found', org: { id: kept.id } },
        { status: 'found', org: { id: kept.id } },
      ])
    }))
})
