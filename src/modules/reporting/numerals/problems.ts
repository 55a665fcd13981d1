/** What can be wrong with the numerals of a report text. */
import { defineProblems } from '../../../kernel/problems.ts'

export const problems = defineProblems('numerals', {
  unbound: { kind: 'invalid', params: ['text'] },
  'unknown-token': { kind: 'invalid', params: ['token', 'accepted'] },
  'unknown-format': { kind: 'invalid', params: ['token', 'format', 'accepted'] },
  'malformed-token': { kind: 'invalid', params: ['token', 'accepted'] },
  'unknown-number': { kind: 'invalid', params: ['token'] },
  'unknown-footnote': { kind: 'invalid', params: ['token'] },
  'unknown-source': { kind: 'invalid', params: ['token'] },
})
