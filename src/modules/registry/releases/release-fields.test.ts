import { expect, test } from 'vitest'
import {
  InitiativeContributionSchema,
  type InitiativeFacts,
  InitiativeFactsSchema,
  InitiativeResultSchema,
  PartnerSchema,
} from '../initiatives/initiative.ts'
import { fieldsOf, RELEASE_FIELDS, type ReleaseField, releasedContent, valuesOf } from './release-fields.ts'

const record = (facts: InitiativeFacts, identifier: string | null = null) => ({
  identifier,
  facts,
  listed: [{ id: 'l', year: 2024, sourceRow: 7, runId: 'run', revision: 'b', groupKey: null }],
})

const allowed = (...fields: ReleaseField[]) => new Set(fields)
const all = new Set(RELEASE_FIELDS)

test('contacts, notes and labels by hand leave with no field', () => {
  const facts: InitiativeFacts = {
    contact: 'ada@example.org',
    note: 'internal',
    cooperationOverride: { type: 'SSC', reason: 'known', by: 'ada', at: '2026-11-25' },
  }
  expect(releasedContent(record(facts), all).facts).toEqual({})
  expect(fieldsOf(record(facts))).toEqual(['years', 'listing'])
})

test('nothing is allowed: nothing leaves but that there is a record', () => {
  const facts: InitiativeFacts = { title: { orig: 'en', texts: { en: 'Wells' } }, partners: [{ no: '1', name: 'Ministry' }] }
  expect(releasedContent(record(facts, 'X-1'), allowed())).toEqual({
    listed: [{ year: null, sourceRow: null, revision: null, groupKey: null }],
    facts: {},
  })
})

/** A value for each part, so that what is in no field shows. */
function everyPartOf(shape: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.keys(shape).map((name) => [name, name === 'no' ? '1' : `<${name}>`]))
}

test('every fact can leave, or never leaves: a new one must join the list or this test', () => {
  const facts = {
    ...everyPartOf(InitiativeFactsSchema.shape),
    partners: [everyPartOf(PartnerSchema.shape)],
    contributions: [{ ...everyPartOf(InitiativeContributionSchema.shape), giver: '1', taker: '1' }],
    results: [{ ...everyPartOf(InitiativeResultSchema.shape), giver: '1', taker: '1' }],
  } as unknown as InitiativeFacts
  const { contact: _contact, note: _note, cooperationOverride: _override, ...leaving } = facts
  expect(releasedContent(record(facts), all).facts).toEqual(leaving)
})

test('a field that is withheld is in no other one', () => {
  const facts = {
    ...everyPartOf(InitiativeFactsSchema.shape),
    partners: [{ no: '1', name: '<partner-name>', ref: '<partner-ref>', orgId: '<org>', iso3: 'BRA', role: 'peer' }],
    contributions: [{ no: '1', money: { amount: '98765', currency: 'USD' }, modality: 'grant_cash', giver: '1' }],
    results: [],
  } as unknown as InitiativeFacts
  for (const [field, words] of [
    ['partners.name', ['<partner-name>', '<partner-ref>', '<org>']],
    ['contributions.money', ['98765']],
    ['identifiers', ['<identifiers>', 'X-1']],
    ['kept', ['<kept>']],
  ] as const) {
    const left = JSON.stringify(releasedContent(record(facts, 'X-1'), new Set(RELEASE_FIELDS.filter((one) => one !== field))))
    for (const word of words) expect(left, `${field}: ${word}`).not.toContain(word)
  }
})

test('flows point only to partners that leave, and a number that says something is replaced', () => {
  const facts: InitiativeFacts = {
    partners: [
      { no: 'ministry', iso3: 'BRA' },
      { no: 'rio', name: 'Institute' },
    ],
    contributions: [{ no: 'secret-grant', giver: 'ministry', taker: 'rio', modality: 'grant_cash' }],
  }
  expect(
    releasedContent(record(facts), allowed('partners.country', 'contributions.parties', 'contributions.modality')).facts,
  ).toEqual({ partners: [{ no: '1', iso3: 'BRA' }], contributions: [{ no: '1', giver: '1', modality: 'grant_cash' }] })
})

test('years and places in a list are withheld apart; a record that a person entered is known as such', () => {
  const listed = { year: null, sourceRow: null, revision: null, groupKey: null }
  expect(releasedContent(record({}), allowed('years')).listed).toEqual([{ ...listed, year: 2024 }])
  expect(releasedContent(record({}), allowed('listing')).listed).toEqual([{ ...listed, sourceRow: 7, revision: 'b' }])
  const entered = { ...record({}), listed: [{ id: 'l', ...listed, year: 2024, runId: null }] }
  expect(releasedContent(entered, allowed('years')).listed).toEqual([{ ...listed, year: 2024, entered: true }])
})

test('what a person reads of a field: the original first, organisations by name, givers by who they are', () => {
  const facts: InitiativeFacts = {
    title: { orig: 'fr', texts: { ar: 'آبار', fr: 'Puits' } },
    partners: [{ no: '1', orgId: 'o-1', role: 'peer' }],
    contributions: [{ no: '1', giver: '1', joint: true }],
  }
  const orgs = new Map([['o-1', 'ABC (BR-1)']])
  expect(valuesOf(record(facts), 'title')).toEqual(['\u2068Puits\u2069 / \u2068آبار\u2069'])
  expect(valuesOf(record(facts), 'partners.name', orgs)).toEqual(['ABC (BR-1)'])
  expect(valuesOf(record(facts), 'contributions.parties', orgs)).toEqual(['ABC (BR-1) · true'])
  expect(valuesOf(record(facts, 'X-1'), 'identifiers')).toEqual(['X-1'])
})
