/** What is to be said when a value of an activity is not taken as it stands. The piece itself is kept as it was received. */
import { defineProblems } from '../../../kernel/problems.ts'

export const problems = defineProblems('iati', {
  'text-cut': { kind: 'invalid', params: ['length', 'limit'] },
  'amount-with-separators': { kind: 'invalid', params: ['found', 'amount'] },
  'amount-not-read': { kind: 'invalid', params: ['found'] },
  'currency-not-stated': { kind: 'invalid', params: ['found'] },
  'end-before-start': { kind: 'invalid', params: ['start', 'end'] },
  'address-too-long': { kind: 'invalid', params: ['length', 'limit'] },
})
