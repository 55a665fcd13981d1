import { describe, expect, test } from 'vitest'
import { checkAnswer } from './check-answer.ts'
import { checkResponse } from './check-response.ts'
import { InstrumentSchema, type Question, QuestionSchema } from './question.ts'

const text = { orig: 'en', texts: { en: 'A question' } }
const options = ['x', 'y'].map((code) => ({ code, label: text }))

function question(given: Record<string, unknown>): Question {
  return QuestionSchema.parse({ code: 'q', text, ...given })
}

const said = (asked: Question, value: unknown) =>
  checkAnswer(asked, value).map(({ code, params, place }) => [
    code.replace('results.answer-', ''),
    params.accepted ?? '',
    place?.row ?? 0,
  ])

describe('what is no answer is refused with what would be accepted', () => {
  test.each([
    ['words for yes or no', { type: 'yes_no' }, 'yes', [['wrong-type', 'yes_no', 0]]],
    ['an unknown option', { type: 'choice', options }, 'z', [['option-unknown', 'x, y', 0]]],
    [
      'one unknown and one repeated option',
      { type: 'multi', options },
      ['x', 'x', 'z'],
      [
        ['option-unknown', 'x, y', 0],
        ['option-repeated', '', 0],
      ],
    ],
    ['a number of the program', { type: 'number' }, 12, [['wrong-type', 'number', 0]]],
    ['a number with a comma', { type: 'number' }, '1,200', [['wrong-type', 'number', 0]]],
    ['half a project', { type: 'number' }, '0.5', [['too-precise', 0, 0]]],
    ['below the smallest', { type: 'number', min: '0' }, '-1', [['out-of-range', '≥ 0', 0]]],
    ['above the largest', { type: 'number', min: '0', max: '17' }, '18', [['out-of-range', '0–17', 0]]],
    ['money without a currency', { type: 'money' }, { amount: '5' }, [['wrong-type', 'money', 0]]],
    ['negative money', { type: 'money', min: '0' }, { amount: '-5', currency: 'USD' }, [['out-of-range', '≥ 0', 0]]],
    ['a text that is too long', { type: 'text', maxLength: 3 }, 'four', [['too-long', 3, 0]]],
    ['a file that is nowhere', { type: 'file' }, [{ name: 'a.pdf' }], [['wrong-type', 'file', 0]]],
    [
      'an address that runs a program',
      { type: 'file' },
      [{ name: 'a', address: 'javascript:alert(1)' }],
      [['wrong-type', 'file', 0]],
    ],
  ])('%s', (_name, asked, value, expected) => {
    expect(said(question(asked), value)).toEqual(expected)
  })

  const matrix = { rows: options, columns: [{ code: 'n', type: 'number', text, min: '0', required: true }] }
  test.each([
    ['no table', 'x', [['wrong-type', 'matrix', 0]]],
    ['an unknown row', [{ row: 'z', cells: { n: '1' } }], [['option-unknown', 'x, y', 1]]],
    [
      'a row twice',
      [
        { row: 'x', cells: {} },
        { row: 'x', cells: {} },
      ],
      [['option-repeated', '', 2]],
    ],
    [
      'a cell out of range',
      [
        { row: 'x', cells: { n: '1' } },
        { row: 'y', cells: { n: '-1' } },
      ],
      [['out-of-range', '≥ 0', 2]],
    ],
    ['an unknown column', [{ row: 'x', cells: { m: '1' } }], [['option-unknown', 'n', 1]]],
    [
      'more rows than there are',
      [
        { row: 'x', cells: {} },
        { row: 'y', cells: {} },
        { row: 'x', cells: {} },
      ],
      [['too-many-rows', 2, 0]],
    ],
    ['something that is no row', [null], [['wrong-type', 'matrix', 1]]],
  ])('a table with %s', (_name, value, expected) => {
    expect(said(question({ type: 'matrix', matrix }), value)).toEqual(expected)
  })
})

test.each([
  ['no', { type: 'yes_no' }, false],
  ['zero', { type: 'number', min: '0' }, '0'],
  ['a share with a digit', { type: 'number', decimals: 1 }, '74.5'],
  ['money', { type: 'money' }, { amount: '10.5', currency: 'KES' }],
  ['nothing', { type: 'number', required: true }, ''],
  ['a file by its digest', { type: 'file' }, [{ name: 'a.pdf', digest: 'a'.repeat(64) }]],
])('%s is an answer, or none that is wrong', (_name, asked, value) => {
  expect(said(question(asked), value)).toEqual([])
})

describe('a whole return', () => {
  const instrument = InstrumentSchema.parse({
    questions: [
      { code: 'total', type: 'number', text },
      { code: 'a', type: 'number', text },
      { code: 'b', type: 'number', text },
      {
        code: 'rows',
        type: 'matrix',
        text,
        matrix: {
          columns: [
            { code: 'paid', type: 'money', text },
            { code: 'n', type: 'number', text, required: true },
          ],
        },
      },
      { code: 'paid', type: 'money', text },
    ],
    checks: [
      { code: 'parts', kind: 'sum_equals', parts: ['a', 'b'], total: 'total' },
      { code: 'money', kind: 'sum_at_most', parts: ['rows.paid'], total: 'paid' },
    ],
  })
  const usd = (amount: string, currency = 'USD') => ({ amount, currency })

  test('parts that do not add up to their total are said, also by a cent', () => {
    expect(checkResponse(instrument, { total: '3', a: '1', b: '1' })).toMatchObject([
      {
        code: 'results.totals-contradict',
        params: { check: 'parts', found: '2', total: 'total', accepted: '3' },
        place: { field: 'total' },
      },
    ])
    const rows = [{ cells: { paid: usd('0.1'), n: '1' } }, { cells: { paid: usd('0.2'), n: '1' } }]
    expect(checkResponse(instrument, { rows, paid: usd('0.3') })).toEqual([])
    expect(checkResponse(instrument, { rows, paid: usd('0.29') })).toMatchObject([
      { params: { found: '0.3', accepted: '≤ 0.29' } },
    ])
  })

  test('a part that is not known leaves the rule unjudged; so do two currencies', () => {
    expect(checkResponse(instrument, { total: '3', a: '9' })).toEqual([])
    expect(checkResponse(instrument, { rows: [{ cells: { paid: usd('9', 'EUR'), n: '1' } }], paid: usd('1') })).toEqual([])
  })

  test('a row that was begun needs its required cells', () => {
    expect(checkResponse(instrument, { rows: [{ cells: { n: '1' } }, { cells: { paid: usd('1') } }] })).toMatchObject([
      { code: 'results.answer-required', params: { question: 'rows.n' }, place: { row: 2, column: 'n' } },
    ])
  })
})
