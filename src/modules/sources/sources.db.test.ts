import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, sql } from '../../database/db.ts'
import { withRollback } from '../../database/testing/rollback-database.ts'
import { openTestDatabase, type TestDatabase } from '../../database/testing/test-database.ts'
import type { Problem } from '../../kernel/problems.ts'
import { ANONYMOUS, createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import { auditWriter, policy } from '../access/index.ts'
import {
  type Document,
  getDocumentQuery,
  getReportedValueQuery,
  listDocuments,
  listReportedValues,
  loadShippedSources,
  type ReportedValue,
  recordReportedValue,
  registerDocument,
  reportedValueFor,
  reviseReportedValue,
} from './index.ts'

const AT = '2026-11-24T10:00:00.000Z'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

function inSources(work: (operations: Operations, db: Database) => Promise<void>): Promise<void> {
  return withRollback(database, (db) =>
    work(createOperations({ database: db, clock: { now: () => new Date(AT) }, policy, audit: auditWriter }), db),
  )
}

function inEnglish(text: string) {
  return { orig: 'en', texts: { en: text } }
}

const PARAGRAPHS = ['1', '2', '3'].map((number) => ({ number, topic: inEnglish(`Topic ${number}`) }))
const DOCUMENT = {
  symbol: 'A/99/1',
  kind: 'report' as const,
  titles: inEnglish('State of cooperation'),
  date: '2044-05',
  paragraphs: PARAGRAPHS,
  footnotes: [{ number: '7', para: '2', sources: ['A/98/1'] }],
}
const VALUE = {
  key: 'projects',
  period: '2043',
  document: 'A/99/1',
  para: '2',
  label: inEnglish('Projects'),
  value: '469',
  unit: 'count' as const,
}

function givenDocument(operations: Operations, facts: object = {}): Promise<Document> {
  return operations.run(registerDocument, { ...DOCUMENT, ...facts }, LOCAL_ADMINISTRATOR)
}

function givenValue(operations: Operations, facts: object = {}): Promise<ReportedValue> {
  return operations.run(recordReportedValue, { ...VALUE, ...facts }, LOCAL_ADMINISTRATOR)
}

function problemOf(promise: Promise<unknown>): Promise<{ code: string; params: unknown; kind: string }> {
  return promise.then(
    () => {
      throw new Error('No problem was thrown')
    },
    (problem: Problem) => ({ code: problem.code, params: problem.params, kind: problem.kind }),
  )
}

/** Somebody who is signed in and holds no role. */
const MEMBER = { id: 'ben', kind: 'user', name: 'Ben', grants: [] } as const

function auditTrail(db: Database): Promise<Record<string, unknown>[]> {
  return db.many(
    sql`select operation, outcome, aggregate, action, version, reason, before, after, counts from audit_events order by id`,
  )
}

describe('registering a document', () => {
  test('a member may not; the refusal is audited', () =>
    inSources(async (operations, db) => {
      expect((await problemOf(operations.run(registerDocument, DOCUMENT, MEMBER))).code).toBe('operations.permission-lacking')
      expect(await auditTrail(db)).toMatchObject([{ operation: 'sources.register-document', outcome: 'refused' }])
    }))

  test('it is kept with its paragraphs in order and bears its symbol unless said otherwise', () =>
    inSources(async (operations, db) => {
      const document = await givenDocument(operations)
      expect(document).toMatchObject({
        symbol: 'A/99/1',
        printedSymbol: 'A/99/1',
        date: '2044-05',
        paragraphs: PARAGRAPHS,
        version: 1,
      })
      const unsigned = await givenDocument(operations, { symbol: 'STUDY-2044', printedSymbol: null })
      expect(unsigned.printedSymbol).toBeNull()
      const [event] = await auditTrail(db)
      expect(event).toMatchObject({
        aggregate: 'documents',
        action: 'created',
        version: 1,
        after: { symbol: 'A/99/1', paragraphs: PARAGRAPHS },
      })
    }))

  test('the same symbol twice, or a paragraph twice, is refused and nothing is written', () =>
    inSources(async (operations, db) => {
      const twice = [...PARAGRAPHS, { number: '2', topic: inEnglish('Again') }]
      expect(await problemOf(givenDocument(operations, { paragraphs: twice }))).toMatchObject({
        code: 'sources.paragraph-repeated',
        params: { paragraph: '2' },
      })
      expect(await db.many(sql`select id from documents`)).toEqual([])
      await givenDocument(operations)
      expect(await problemOf(givenDocument(operations))).toMatchObject({
        code: 'sources.document-already-known',
        kind: 'conflict',
      })
    }))
})

describe('recording a reported number', () => {
  test('a stranger may not', () =>
    inSources(async (operations) => {
      await givenDocument(operations)
      expect((await problemOf(operations.run(recordReportedValue, VALUE, ANONYMOUS))).code).toBe('operations.permission-lacking')
    }))

  test('it is kept as printed, with paragraph and document; the event holds it', () =>
    inSources(async (operations, db) => {
      await givenDocument(operations)
      const value = await givenValue(operations, {
        value: null,
        low: '16.1',
        high: '19.0',
        unit: 'usd_bn',
        qualifier: 'approx',
        footnote: '7',
      })
      expect(value).toMatchObject({
        reference: 'projects@2043',
        status: 'reported',
        document: 'A/99/1',
        printedSymbol: 'A/99/1',
        documentTitle: inEnglish('State of cooperation'),
        para: '2',
        footnote: '7',
        value: null,
        low: '16.1',
        high: '19.0',
        digits: 1,
        qualifier: 'approx',
        provenance: { origin: 'entered' },
      })
      expect((await auditTrail(db))[1]).toMatchObject({
        aggregate: 'reported_values',
        action: 'created',
        version: 1,
        after: { key: 'projects', low: '16.1', high: '19.0' },
      })
    }))

  const invalid: { name: string; given: object; expected: object }[] = [
    {
      name: 'a document that is not registered',
      given: { document: 'X/1' },
      expected: { code: 'sources.document-missing', params: { document: 'X/1' } },
    },
    {
      name: 'a paragraph that the document does not have',
      given: { para: '56' },
      expected: { code: 'sources.paragraph-not-in-document', params: { document: 'A/99/1', found: '56', first: '1', last: '3' } },
    },
    {
      name: 'a footnote that it does not have',
      given: { footnote: '8' },
      expected: { code: 'sources.footnote-not-in-document', params: { document: 'A/99/1', found: '8', accepted: '7' } },
    },
    { name: 'no place in the document', given: { para: null }, expected: { code: 'sources.place-required' } },
    {
      name: 'a separator of thousands',
      given: { value: '3,500' },
      expected: { code: 'sources.number-not-accepted', params: { field: 'value', found: '3,500' } },
    },
    { name: 'no number', given: { value: null }, expected: { code: 'sources.value-or-range' } },
    { name: 'a period that cannot be', given: { period: '2043-2041' }, expected: { code: 'operations.input-not-accepted' } },
    { name: 'a key with spaces', given: { key: 'All projects' }, expected: { code: 'operations.input-not-accepted' } },
  ]
  test.each(invalid)('not accepted: $name; nothing is written', ({ given, expected }) =>
    inSources(async (operations, db) => {
      await givenDocument(operations)
      expect(await problemOf(givenValue(operations, given))).toMatchObject(expected)
      expect(await db.many(sql`select id from reported_values`)).toEqual([])
    }),
  )

  test('section 4: a number recorded once is never recorded over', () =>
    inSources(async (operations) => {
      await givenDocument(operations)
      await givenValue(operations)
      expect(await problemOf(givenValue(operations, { value: '470' }))).toMatchObject({
        code: 'sources.value-already-known',
        params: { reference: 'projects@2043', document: 'A/99/1' },
      })
      await givenValue(operations, { period: null })
      expect((await problemOf(givenValue(operations, { period: null }))).code).toBe('sources.value-already-known')
    }))

  test('section 4: the table itself refuses a computed number, a number with a range, and half a range', () =>
    inSources(async (operations, db) => {
      await givenDocument(operations)
      await givenValue(operations)
      const refused = [
        sql`update reported_values set provenance = '{"origin": "computed"}'`,
        sql`update reported_values set low = 1, high = 2`,
        sql`update reported_values set value = null, low = 1`,
        sql`update reported_values set value = null`,
      ]
      for (const statement of refused) {
        await expect(db.transaction((tx) => tx.run(statement))).rejects.toMatchObject({ code: '23514' })
      }
    }))
})

describe('revising a reported number', () => {
  test('a stranger may not, and a reason is needed', () =>
    inSources(async (operations) => {
      await givenDocument(operations)
      const { id } = await givenValue(operations)
      const input = { id, version: 1, changes: { value: '470' }, reason: 'misread' }
      expect((await problemOf(operations.run(reviseReportedValue, input, ANONYMOUS))).code).toBe('operations.permission-lacking')
      const silent = operations.run(reviseReportedValue, { ...input, reason: ' ' }, LOCAL_ADMINISTRATOR)
      expect((await problemOf(silent)).code).toBe('operations.input-not-accepted')
    }))

  test('the event tells before, after and why; the older version stays readable', () =>
    inSources(async (operations, db) => {
      await givenDocument(operations)
      const { id } = await givenValue(operations)
      const input = { id, version: 1, changes: { value: '469.5', qualifier: 'approx' as const }, reason: 'misread' }
      const revised = await operations.run(reviseReportedValue, input, LOCAL_ADMINISTRATOR)
      expect(revised).toMatchObject({ value: '469.5', digits: 1, qualifier: 'approx', version: 2, para: '2' })
      expect((await auditTrail(db))[2]).toMatchObject({
        operation: 'sources.revise-reported-value',
        action: 'changed',
        version: 2,
        reason: 'misread',
        before: { value: '469', digits: 0, qualifier: 'exact' },
        after: { value: '469.5', digits: 1, qualifier: 'approx' },
      })
      const versions = await db.many(
        sql`select version, snapshot ->> 'value' as value from record_versions where record_id = ${id} order by version`,
      )
      expect(versions).toEqual([
        { version: 1, value: '469' },
        { version: 2, value: '469.5' },
      ])
    }))

  test('a range replaces a number as a whole, a number a range', () =>
    inSources(async (operations) => {
      await givenDocument(operations)
      const { id } = await givenValue(operations)
      const revise = (version: number, changes: object) =>
        operations.run(reviseReportedValue, { id, version, changes, reason: 'misread' }, LOCAL_ADMINISTRATOR)
      expect(await revise(1, { low: '460', high: '470' })).toMatchObject({ value: null, low: '460', high: '470' })
      expect(await revise(2, { value: '470' })).toMatchObject({ value: '470', low: null, high: null })
      expect((await revise(3, { value: '470' })).version).toBe(3)
    }))

  test('who started from an older version learns what changed meanwhile', () =>
    inSources(async (operations) => {
      await givenDocument(operations)
      const { id } = await givenValue(operations)
      const revise = (changes: object) =>
        operations.run(reviseReportedValue, { id, version: 1, changes, reason: 'misread' }, LOCAL_ADMINISTRATOR)
      await revise({ para: '3' })
      expect(await problemOf(revise({ value: '470' }))).toMatchObject({
        code: 'sources.value-changed-meanwhile',
        kind: 'conflict',
        params: { version: 1, found: 2, by: 'local-administrator', fields: 'para' },
      })
    }))
})

describe('finding reported numbers', () => {
  test('two documents print one key and period: the caller says which', () =>
    inSources(async (operations, db) => {
      await givenDocument(operations)
      await givenDocument(operations, { symbol: 'A/99/2' })
      await givenValue(operations)
      expect(await reportedValueFor(db, 'projects', '2043')).toMatchObject({ value: '469', document: 'A/99/1' })
      await givenValue(operations, { document: 'A/99/2', value: '471' })
      expect(await problemOf(reportedValueFor(db, 'projects', '2043'))).toMatchObject({
        code: 'sources.several-documents',
        params: { reference: 'projects@2043', documents: 'A/99/1, A/99/2' },
      })
      expect(await reportedValueFor(db, 'projects', '2043', 'A/99/2')).toMatchObject({ value: '471' })
      expect(await reportedValueFor(db, 'projects', null)).toBeUndefined()
    }))

  test('a number that nobody recorded is missing, and so is a hidden one for a stranger', () =>
    inSources(async (operations) => {
      await givenDocument(operations, { visibility: 'network' })
      await givenValue(operations, { visibility: 'network' })
      const get = (key: string, actor: typeof ANONYMOUS) => operations.run(getReportedValueQuery, { key, period: '2043' }, actor)
      expect((await get('projects', LOCAL_ADMINISTRATOR)).value).toBe('469')
      expect(await problemOf(get('projects', ANONYMOUS))).toMatchObject({ code: 'sources.value-missing', kind: 'missing' })
      expect((await problemOf(get('countries', LOCAL_ADMINISTRATOR))).params).toEqual({ reference: 'countries@2043' })
      const document = operations.run(getDocumentQuery, { document: 'A/99/1' }, ANONYMOUS)
      expect((await problemOf(document)).code).toBe('sources.document-missing')
      expect((await operations.run(listReportedValues, {}, ANONYMOUS)).total).toBe(0)
    }))
})

describe('what the product ships', () => {
  test('a stranger may not load it', () =>
    inSources(async (operations) => {
      expect((await problemOf(operations.run(loadShippedSources, {}, ANONYMOUS))).code).toBe('operations.permission-lacking')
    }))

  test('25 documents and 37 numbers, one event for each batch; a second load changes nothing', () =>
    inSources(async (operations, db) => {
      const first = await operations.run(loadShippedSources, {}, LOCAL_ADMINISTRATOR)
      const nothing = { created: 0, changed: 0, kept: 0 }
      expect(first).toEqual({
        documents: { ...nothing, created: 25, unchanged: 0 },
        reportedValues: { ...nothing, created: 37, unchanged: 0 },
      })
      expect(await operations.run(loadShippedSources, {}, LOCAL_ADMINISTRATOR)).toEqual({
        documents: { ...nothing, unchanged: 25 },
        reportedValues: { ...nothing, unchanged: 37 },
      })
      expect((await auditTrail(db)).map(({ aggregate, action, counts }) => ({ aggregate, action, counts }))).toEqual([
        { aggregate: 'documents', action: 'loaded', counts: first.documents },
        { aggregate: 'reported_values', action: 'loaded', counts: first.reportedValues },
      ])
      expect(await db.one(sql`select count(*) as count from record_versions where module = 'sources'`)).toEqual({
        count: 25 + 37,
      })
    }))

  test('newer shipped facts replace older ones, but not what a person has corrected', () =>
    inSources(async (operations, db) => {
      await operations.run(loadShippedSources, {}, LOCAL_ADMINISTRATOR)
      const projects = await operations.run(
        getReportedValueQuery,
        { key: 'undp_ssc_projects', period: '2014' },
        LOCAL_ADMINISTRATOR,
      )
      const input = { id: projects.id, version: 1, changes: { value: '470' }, reason: 'misread' }
      await operations.run(reviseReportedValue, input, LOCAL_ADMINISTRATOR)
      await db.run(sql`update reported_values set shipped_digest = 'older' where key like 'undp_ssc_%'`)
      await db.run(sql`update reported_values set value = 1 where key = 'undp_ssc_countries'`)
      const counts = await operations.run(loadShippedSources, {}, LOCAL_ADMINISTRATOR)
      expect(counts.reportedValues).toEqual({ created: 0, changed: 2, unchanged: 34, kept: 1 })
      expect(await reportedValueFor(db, 'undp_ssc_projects', '2014')).toMatchObject({ value: '470', version: 2 })
      expect(await reportedValueFor(db, 'undp_ssc_countries', '2014')).toMatchObject({ value: '133', version: 2 })
    }))

  test('the report of 2015 shows 55 paragraphs, ¶30 with its five numbers', () =>
    inSources(async (operations) => {
      await operations.run(loadShippedSources, {}, LOCAL_ADMINISTRATOR)
      const report = await operations.run(getDocumentQuery, { document: 'SG-REPORT-2015' }, ANONYMOUS)
      expect(report.printedSymbol).toBeNull()
      expect(report.paragraphs.map(({ number }) => number)).toEqual(Array.from({ length: 55 }, (_, at) => String(at + 1)))
      expect(report.footnotes).toHaveLength(6)
      const thirty = report.paragraphs.find(({ number }) => number === '30')
      expect(thirty?.reportedValues.map(({ reference, value }) => [reference, value])).toEqual([
        ['award_winners_per_year', '3'],
        ['undp_projects_reviewed@2014', '3500'],
        ['undp_ssc_countries@2014', '133'],
        ['undp_ssc_projects@2013', '269'],
        ['undp_ssc_projects@2014', '469'],
      ])
      expect(report.otherReportedValues).toEqual([])
    }))

  test('documents by part of a symbol or title in any language, in pages', () =>
    inSources(async (operations) => {
      await operations.run(loadShippedSources, {}, LOCAL_ADMINISTRATOR)
      const list = (input: object) => operations.run(listDocuments, input, ANONYMOUS)
      expect((await list({ search: '69/239' })).rows.map(({ symbol }) => symbol)).toEqual(['A/RES/69/239'])
      expect((await list({ search: '南南合作', kind: ['resolution'] })).rows.map(({ symbol }) => symbol)).toContain(
        'A/RES/69/239',
      )
      expect((await list({ search: '%' })).total).toBe(0)
      const first = await list({ limit: 20 })
      expect(first).toMatchObject({ total: 25, next: first.rows[19]?.symbol })
      const second = await list({ limit: 20, cursor: first.next ?? '' })
      expect(second.next).toBeNull()
      expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(25)
      const report = [...first.rows, ...second.rows].find(({ symbol }) => symbol === 'SG-REPORT-2015')
      expect(report).toMatchObject({ paragraphs: 55, reportedValues: 37 })
    }))

  test('reported numbers by document, paragraph, key and period, in the order of the document', () =>
    inSources(async (operations) => {
      await operations.run(loadShippedSources, {}, LOCAL_ADMINISTRATOR)
      const list = (input: object) => operations.run(listReportedValues, input, ANONYMOUS)
      expect((await list({ document: 'SG-REPORT-2015', para: '32' })).rows.map(({ reference }) => reference)).toEqual([
        'fig2_regional_share@2013',
        'fig2_regional_share@2014',
        'fig2_regional_share_change@2013-2014',
        'undp_regional_programmes@2014',
      ])
      expect((await list({ key: 'undp_ssc_projects' })).rows.map(({ value }) => value)).toEqual(['269', '469'])
      expect((await list({ period: '2013' })).total).toBe(4)
      const page = await list({ limit: 10, offset: 30 })
      expect(page).toMatchObject({ total: 37, offset: 30 })
      expect(page.rows).toHaveLength(7)
      const paragraphs = (await list({})).rows.map(({ para }) => Number(para))
      expect(paragraphs).toEqual(paragraphs.toSorted((a, b) => a - b))
    }))
})
