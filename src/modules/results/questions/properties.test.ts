/** What holds for every set of questions and every answer: hidden answers count nowhere, and carrying over loses nothing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carryOver } from './carry-over.ts'
import { checkResponse } from './check-response.ts'
import { type Answers, type Condition, type Instrument, InstrumentSchema, isAnswered } from './question.ts'
import { countedAnswers, questionsIn, visibleQuestions } from './visible-questions.ts'

const CODES = ['a', 'b', 'c', 'd', 'e', 'f'] as const
const label = (words: string) => ({ orig: 'en', texts: { en: words } })

const simple: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    question: fc.constantFrom(...CODES),
    op: fc.constantFrom('eq', 'ne'),
    value: fc.oneof(fc.boolean(), fc.constantFrom('1', '2', 'x')),
  }),
  fc.record({ question: fc.constantFrom(...CODES), op: fc.constantFrom('answered', 'not_answered') }),
  fc.record({ question: fc.constantFrom(...CODES), op: fc.constantFrom('gt', 'lte'), value: fc.constantFrom('1', '2') }),
) as fc.Arbitrary<Condition>
const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: simple },
  fc.record({ all: fc.array(simple, { minLength: 1, maxLength: 3 }) }),
  fc.record({ any: fc.array(simple, { minLength: 1, maxLength: 3 }) }),
)

const question = (code: string) =>
  fc.record(
    {
      code: fc.constant(code),
      type: fc.constantFrom('yes_no', 'choice', 'multi', 'number', 'text'),
      text: fc.constantFrom(label('One'), label('Another')),
      required: fc.boolean(),
      options: fc.constantFrom(
        [{ code: 'x', label: label('x') }],
        [
          { code: 'x', label: label('x') },
          { code: 'y', label: label('y') },
        ],
      ),
      showWhen: condition,
    },
    { requiredKeys: ['code', 'type', 'text', 'required', 'options'] },
  )

/** Also with circles, which no stored instrument has: nothing may hang on them. */
const instrument: fc.Arbitrary<Instrument> = fc
  .subarray([...CODES], { minLength: 1 })
  .chain((codes) => fc.tuple(...codes.map(question)))
  .map((questions) => InstrumentSchema.parse({ questions }))

const value = fc.oneof(fc.boolean(), fc.constantFrom('1', '2', 'x', 'y', '', 'words'), fc.subarray(['x', 'y']), fc.constant(null))
const answers: fc.Arbitrary<Answers> = fc
  .subarray([...CODES])
  .chain((codes) => fc.record(Object.fromEntries(codes.map((code) => [code, value]))))

test('the answer to a hidden question changes nothing: neither what is asked nor what is counted nor what is missing', () => {
  fc.assert(
    fc.property(instrument, answers, value, (questions, given, other) => {
      const visible = visibleQuestions(questions, given).map(({ code }) => code)
      const counted = countedAnswers(questions, given)
      expect(Object.keys(counted).filter((code) => !visible.includes(code))).toEqual([])
      for (const { code } of questions.questions.filter((one) => !visible.includes(one.code))) {
        const changed = { ...given, [code]: other }
        expect(visibleQuestions(questions, changed).map((one) => one.code)).toEqual(visible)
        expect(countedAnswers(questions, changed)).toEqual(counted)
        expect(checkResponse(questions, changed)).toEqual(checkResponse(questions, given))
      }
    }),
    { numRuns: 500 },
  )
})

test('a question without a condition is always asked; one that hangs on questions that are not there is asked only for want of an answer', () => {
  fc.assert(
    fc.property(instrument, answers, (questions, given) => {
      const visible = new Set(visibleQuestions(questions, given).map(({ code }) => code))
      for (const { code, showWhen } of questions.questions) {
        if (showWhen === undefined) expect(visible.has(code)).toBe(true)
        const known = questionsIn(showWhen).some((one) => questions.questions.some((other) => other.code === one.question))
        const asksForAbsence = questionsIn(showWhen).some(({ op }) => op === 'not_answered')
        if (showWhen !== undefined && !known && !asksForAbsence) expect(visible.has(code)).toBe(false)
      }
    }),
  )
})

test('carrying over loses nothing: each answer is carried as it was, or listed with the reason', () => {
  fc.assert(
    fc.property(instrument, instrument, answers, (before, after, given) => {
      const { answers: carried, dropped, added, changed } = carryOver(before, after, given)
      const old = Object.entries(given).filter(([, one]) => isAnswered(one))
      const found = [...Object.entries(carried), ...dropped.map((one) => [one.question, one.value] as const)]
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(old))
      expect(found).toHaveLength(old.length)
      const codes = after.questions.map(({ code }) => code)
      expect(Object.keys(carried).filter((code) => !codes.includes(code))).toEqual([])
      for (const { question: code, reason, problems } of dropped) {
        expect(codes.includes(code)).toBe(reason === 'not_accepted')
        expect(problems.length > 0).toBe(reason === 'not_accepted')
      }
      expect(changed.filter((one) => !(one.question in carried))).toEqual([])
      expect(added.filter((code) => before.questions.some((one) => one.code === code))).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('carrying over to the same questions keeps every answer that was one, and nothing is said to have changed', () => {
  fc.assert(
    fc.property(instrument, answers, (questions, given) => {
      const once = carryOver(questions, questions, given)
      expect(once.changed).toEqual([])
      expect(carryOver(questions, questions, once.answers)).toEqual({
        answers: once.answers,
        dropped: [],
        changed: [],
        added: [],
      })
    }),
  )
})
