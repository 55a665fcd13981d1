import { expect, test } from 'vitest'
import type { PlannedChange } from '../../modules/registry/index.ts'
import { type ChangesTally, identifiersInDoubt, tallyChanges } from './planned-changes.ts'

const side = (title: string, hosts: string[]): PlannedChange['before'] => ({
  facts: { title: { orig: 'en', texts: { en: title } }, hosts },
  listed: [],
})
const change = (seq: number, before: PlannedChange['before'], after: PlannedChange['before']): PlannedChange => ({
  seq,
  identifier: String(seq),
  before,
  after,
})

test('rows whose title and countries both differ count as other initiatives; a new title or a new country alone does not', () => {
  const tally: ChangesTally = { first: [], total: 0, replaced: 0 }
  tallyChanges(
    tally,
    [
      change(0, side('Wells', ['KEN']), side('Cotton', ['BRA'])),
      change(1, side('Wells', ['KEN']), side('Deep wells', ['KEN'])),
      change(2, side('Wells', ['KEN']), side('Wells', ['BRA'])),
      change(3, side('Wells', []), side('Cotton', ['BRA'])),
    ],
    [],
  )
  expect([tally.total, tally.replaced]).toEqual([4, 1])
})

test('the first twenty changes are shown with the row of the file', () => {
  const tally: ChangesTally = { first: [], total: 0, replaced: 0 }
  const changes = Array.from({ length: 25 }, (_, seq) => change(seq, side('a', ['KEN']), side('b', ['KEN'])))
  const listed = { year: null, revision: null, groupKey: null }
  tallyChanges(tally, changes, [{ seq: 0, identifier: '0', facts: {}, listed: { ...listed, sourceRow: 7 } }])
  expect([tally.first.length, tally.first[0]?.sourceRow, tally.first[1]?.sourceRow]).toEqual([20, 7, null])
})

test('identifiers are in doubt when every fourth changed row, and two at least, is another initiative', () => {
  expect([identifiersInDoubt(1, 1), identifiersInDoubt(2, 9), identifiersInDoubt(2, 8), identifiersInDoubt(12, 12)]).toEqual([
    false,
    false,
    true,
    true,
  ])
})
