import { expect, test } from 'vitest'
import type { ProblemReport } from '../../kernel/problems.ts'
import { talliedKinds, tallyProblems } from './problem-kinds.ts'

const unknown = (column: string, found: string): ProblemReport => ({
  code: 'tables.unknown-code',
  params: { found, list: 'phase' },
  place: { column },
  level: 'warning',
})

test('a kind lists its different texts by column, the most frequent first, and no text twice', () => {
  const tally = new Map()
  tallyProblems(tally, [unknown('Statut', 'Achevé'), unknown('Statut', 'En cours'), unknown('Statut', 'Achevé')])
  tallyProblems(tally, [unknown('Secteur', 'Achevé')])
  expect(talliedKinds(tally)).toMatchObject([
    {
      count: 4,
      distinct: 3,
      found: [
        { column: 'Statut', text: 'Achevé', count: 2 },
        { column: 'Secteur', text: 'Achevé', count: 1 },
        { column: 'Statut', text: 'En cours', count: 1 },
      ],
    },
  ])
})

test('of 27 unknown words the first 20 are listed and all are counted', () => {
  const tally = new Map()
  tallyProblems(
    tally,
    Array.from({ length: 27 }, (_, index) => unknown('Statut', `word ${index}`)),
  )
  const [kind] = talliedKinds(tally)
  expect([kind?.found.length, kind?.distinct]).toEqual([20, 27])
})
