import { expect, test } from 'vitest'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { checkInstrument } from './check-instrument.ts'
import { type Instrument, InstrumentSchema } from './question.ts'

const text = { orig: 'en', texts: Object.fromEntries(OFFICIAL_LANGUAGES.map((lang) => [lang, 'A question'])) }

function instrument(given: Record<string, unknown>): Instrument {
  return InstrumentSchema.parse(given)
}

const found = (given: Record<string, unknown>) =>
  checkInstrument(instrument(given)).map(({ code, params, place }) => [code.replace('results.', ''), place?.field, params])

test.each([
  ['no question', { questions: [] }, [['instrument-empty', 'questions', {}]]],
  [
    'a code twice',
    {
      questions: [
        { code: 'a', type: 'text', text },
        { code: 'a', type: 'number', text },
      ],
    },
    [['code-repeated', 'questions.a', { found: 'a' }]],
  ],
  [
    'a text that two languages lack',
    { questions: [{ code: 'a', type: 'text', text: { orig: 'en', texts: { ...text.texts, ar: '', zh: ' ' } } }] },
    [['language-missing', 'questions.a.text', { place: 'questions.a.text', missing: 'ar, zh' }]],
  ],
  [
    'a choice without options',
    { questions: [{ code: 'a', type: 'choice', text }] },
    [['options-missing', 'questions.a.options', { question: 'a' }]],
  ],
  [
    'a table without columns',
    { questions: [{ code: 'a', type: 'matrix', text }] },
    [['matrix-columns-missing', 'questions.a.matrix', { question: 'a' }]],
  ],
  [
    'a smallest value above the largest',
    { questions: [{ code: 'a', type: 'number', text, min: '10', max: '9' }] },
    [['bounds-reversed', 'questions.a.min', { question: 'a', min: '10', max: '9' }]],
  ],
  [
    'a section that is not there',
    { questions: [{ code: 'a', type: 'text', text, section: 'gone' }] },
    [['section-unknown', 'questions.a.section', { found: 'gone', accepted: '–' }]],
  ],
  [
    'a condition on a question that is not asked',
    { questions: [{ code: 'a', type: 'text', text, showWhen: { question: 'gone', op: 'answered' } }] },
    [['condition-question-unknown', 'questions.a.showWhen', { question: 'a', found: 'gone' }]],
  ],
  [
    'a condition on an option that is not there, within and and or',
    {
      questions: [
        { code: 'a', type: 'choice', text, options: [{ code: 'x', label: text }] },
        { code: 'b', type: 'text', text, showWhen: { all: [{ any: [{ question: 'a', op: 'in', value: ['x', 'y'] }] }] } },
      ],
    },
    [['condition-option-unknown', 'questions.b.showWhen', { question: 'b', other: 'a', found: 'y', accepted: 'x' }]],
  ],
  [
    'a comparison that says nothing',
    {
      questions: [
        { code: 'a', type: 'text', text },
        { code: 'b', type: 'text', text, showWhen: { question: 'a', op: 'gt', value: '1' } },
      ],
    },
    [['condition-not-comparable', 'questions.b.showWhen', { question: 'b', other: 'a', type: 'text', op: 'gt' }]],
  ],
  [
    'conditions in a circle',
    {
      questions: [
        { code: 'a', type: 'yes_no', text, showWhen: { question: 'b', op: 'eq', value: true } },
        { code: 'b', type: 'yes_no', text, showWhen: { question: 'a', op: 'answered' } },
        { code: 'c', type: 'text', text, showWhen: { question: 'a', op: 'answered' } },
      ],
    },
    [
      ['condition-circle', 'questions.a.showWhen', { question: 'a', path: 'a → b → a' }],
      ['condition-circle', 'questions.b.showWhen', { question: 'b', path: 'b → a → b' }],
    ],
  ],
  [
    'a rule over words, and over a question that is not there',
    { questions: [{ code: 'a', type: 'text', text }], checks: [{ code: 'r', kind: 'at_most', parts: ['a'], total: 'a.b' }] },
    [
      ['check-not-numeric', 'checks.r', { check: 'r', found: 'a', type: 'text' }],
      ['check-question-unknown', 'checks.r', { check: 'r', found: 'a.b' }],
    ],
  ],
])('%s is said with its place', (_name, given, expected) => {
  expect(found(given as Record<string, unknown>)).toEqual(expected)
})

test('an item that the scorecard does not have is said with those that it has', () => {
  const [problem] = checkInstrument(
    instrument({ questions: [{ code: 'a', type: 'yes_no', text, mapsTo: { scorecardItem: 'happiness' } }] }),
  )
  expect(problem).toMatchObject({ code: 'results.scorecard-item-unknown', params: { found: 'happiness' } })
  expect(String(problem?.params.accepted)).toContain('focal_point')
})

test('a good set of questions has no problem', () => {
  expect(
    found({
      sections: [{ code: 's', title: text }],
      questions: [
        { code: 'a', section: 's', type: 'yes_no', text, mapsTo: { scorecardItem: 'strategy' } },
        { code: 'b', section: 's', type: 'matrix', text, matrix: { columns: [{ code: 'n', type: 'number', text }] } },
        { code: 't', section: 's', type: 'number', text, showWhen: { question: 'a', op: 'ne', value: false } },
      ],
      checks: [{ code: 'r', kind: 'sum_equals', parts: ['b.n'], total: 't' }],
    }),
  ).toEqual([])
})
