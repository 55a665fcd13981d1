import { expect, test } from 'vitest'
import type { InitiativeFacts } from '../initiatives/initiative.ts'
import { fillWithheld } from './fill-withheld.ts'

const KNOWN: InitiativeFacts = {
  partners: [
    { no: '1', name: 'Ministry', iso3: 'BRA', role: 'first_provider' },
    { no: '2', name: 'Institute', iso3: 'GHA', role: 'recipient' },
  ],
  contributions: [{ no: '1', giver: '1', modality: 'grant_cash', money: { amount: '10', currency: 'USD' } }],
  results: [{ statement: 'Wells', target: '12' }],
}

const cases: readonly { name: string; stated: InitiativeFacts; expected: InitiativeFacts }[] = [
  {
    name: 'a row that says something else is not filled from the one of its number',
    stated: { contributions: [{ no: '1', modality: 'training' }] },
    expected: { contributions: [{ no: '1', modality: 'training' }] },
  },
  {
    name: 'an amount that the package does not state stays',
    stated: { contributions: [{ no: '1', modality: 'grant_cash' }] },
    expected: {
      contributions: [{ no: '1', giver: '1', modality: 'grant_cash', money: { amount: '10', currency: 'USD' } }],
    },
  },
  {
    name: 'partners without names are those of their number and role',
    stated: {
      partners: [
        { no: '1', role: 'first_provider' },
        { no: '2', role: 'recipient' },
      ],
    },
    expected: KNOWN.partners ? { partners: KNOWN.partners } : {},
  },
  {
    name: 'numbers of partners are not taken over where the package brings its own partners',
    stated: { partners: [{ no: '1', iso3: 'BRA' }], contributions: [{ no: '1', modality: 'grant_cash' }] },
    expected: {
      partners: [{ no: '1', name: 'Ministry', iso3: 'BRA', role: 'first_provider' }],
      contributions: [{ no: '1', modality: 'grant_cash', money: { amount: '10', currency: 'USD' } }],
    },
  },
  { name: 'what the package is silent about is not its business', stated: { kind: 'project' }, expected: { kind: 'project' } },
  {
    name: 'a result is known again by its statement',
    stated: { results: [{ statement: 'Wells' }, { statement: 'Schools' }] },
    expected: { results: [{ statement: 'Wells', target: '12' }, { statement: 'Schools' }] },
  },
]

test.each(cases)('$name', ({ stated, expected }) => {
  expect(fillWithheld(KNOWN, stated)).toEqual(expected)
})

test('nothing known: the package alone', () => {
  const stated: InitiativeFacts = { partners: [{ no: '1', iso3: 'BRA' }] }
  expect(fillWithheld({}, stated)).toEqual(stated)
})
