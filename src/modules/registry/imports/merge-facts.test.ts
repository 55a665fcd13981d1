import { describe, expect, test } from 'vitest'
import type { InitiativeFacts } from '../initiatives/initiative.ts'
import { mergeFacts } from './merge-facts.ts'

const newest = (base: InitiativeFacts, row: InitiativeFacts) => mergeFacts(base, row, { rowWins: true, isByHand: () => false })
const older = (base: InitiativeFacts, row: InitiativeFacts) => mergeFacts(base, row, { rowWins: false, isByHand: () => false })

describe('a text in several languages', () => {
  const title = { orig: 'en', texts: { en: 'Wells', fr: 'Puits' } }

  test('keeps the languages of which the file says nothing; a translation of a renewed original is older than it', () => {
    expect(newest({ title }, { title: { orig: 'en', texts: { en: 'Deep wells' } } }).title).toEqual({
      orig: 'en',
      texts: { en: 'Deep wells', fr: 'Puits' },
      state: { fr: 'stale' },
    })
    expect(newest({ title }, { title: { orig: 'es', texts: { es: 'Pozos' } } }).title).toEqual({
      orig: 'en',
      texts: { en: 'Wells', fr: 'Puits', es: 'Pozos' },
    })
  })

  test('whose language the file does not state is known again, and gets its language when the file states it', () => {
    expect(newest({ title }, { title: { orig: 'und', texts: { und: 'Wells' } } }).title).toEqual(title)
    const unstated = { orig: 'und', texts: { und: 'Wells', fr: 'Puits' } }
    expect(newest({ title: unstated }, { title: { orig: 'en', texts: { en: 'Wells' } } }).title).toEqual(title)
  })

  test('of an older year adds a language and changes none', () => {
    expect(older({ title }, { title: { orig: 'es', texts: { es: 'Pozos', en: 'Old wells' } } }).title).toEqual({
      orig: 'en',
      texts: { en: 'Wells', fr: 'Puits', es: 'Pozos' },
    })
  })
})

test('a period keeps the end of which the file says nothing', () => {
  const base = { plannedPeriod: { start: '2013', end: '2016-12' } }
  expect(newest(base, { plannedPeriod: { start: '2014' } }).plannedPeriod).toEqual({ start: '2014', end: '2016-12' })
  expect(older(base, { plannedPeriod: { start: '2012' } }).plannedPeriod).toEqual(base.plannedPeriod)
})

test('kept columns and identifiers of which the file says nothing stay', () => {
  const base = { kept: { Remark: 'a', Office: 'x' }, identifiers: [{ scheme: 'iati', value: 'XM-1' }] }
  const row = { kept: { Remark: 'b' }, identifiers: [{ scheme: 'award', value: '100' }] }
  expect(newest(base, row)).toEqual({
    kept: { Remark: 'b', Office: 'x' },
    identifiers: [
      { scheme: 'award', value: '100' },
      { scheme: 'iati', value: 'XM-1' },
    ],
  })
})

describe('partners', () => {
  const base: InitiativeFacts = {
    partners: [
      { no: 'p1', iso3: 'BRA', role: 'first_provider' },
      { no: 'p2', iso3: 'KEN', role: 'recipient', agreed: true },
      { no: 'p3', iso3: 'CHL', role: 'first_provider' },
    ],
    contributions: [{ no: 'c1', giver: 'p1', taker: 'p2' }],
  }

  test('that a contribution points to stay, those listed again keep their number, new ones get a free one', () => {
    const row: InitiativeFacts = {
      partners: [
        { no: 'p1', iso3: 'CUB', role: 'first_provider' },
        { no: 'p2', iso3: 'KEN', role: 'recipient' },
      ],
    }
    expect(newest(base, row)).toEqual({
      partners: [
        { no: 'p1', iso3: 'BRA', role: 'first_provider' },
        { no: 'p2', iso3: 'KEN', role: 'recipient', agreed: true },
        { no: 'p3', iso3: 'CUB', role: 'first_provider' },
      ],
      contributions: base.contributions,
    })
  })

  test('that a person brought stay, others go when the file no longer lists them', () => {
    const row: InitiativeFacts = { partners: [{ no: 'p1', name: 'Ministry of Water', role: 'peer' }] }
    const { partners } = mergeFacts({ partners: base.partners }, row, { rowWins: true, isByHand: ({ iso3 }) => iso3 === 'CHL' })
    expect(partners).toEqual([
      { no: 'p3', iso3: 'CHL', role: 'first_provider' },
      { no: 'p1', name: 'Ministry of Water', role: 'peer' },
    ])
  })

  test('and contributions of one file still belong together after the partners have got other numbers', () => {
    const row: InitiativeFacts = {
      partners: [
        { no: 'p1', iso3: 'KEN', role: 'recipient' },
        { no: 'p2', iso3: 'CUB', role: 'first_provider' },
      ],
      contributions: [{ no: 'c9', giver: 'p2', taker: 'p1' }],
    }
    const merged = newest(base, row)
    const iso3Of = (no: string | undefined) => merged.partners?.find((partner) => partner.no === no)?.iso3
    expect(merged.contributions?.map(({ no, giver, taker }) => [no, iso3Of(giver), iso3Of(taker)])).toEqual([
      ['c9', 'CUB', 'KEN'],
    ])
  })

  test('of an older year change nothing', () => {
    expect(older(base, { partners: [{ no: 'p1', iso3: 'CUB' }] })).toEqual(base)
  })
})
