/** What can go wrong in reporting. */
import { defineProblems } from '../../kernel/problems.ts'

export const problems = defineProblems('reporting', {
  'definition-missing': { kind: 'missing', params: ['found'] },
  'year-not-readable': { kind: 'invalid', params: ['found'] },
  'template-missing': { kind: 'missing', params: ['found', 'accepted'] },
  'template-not-readable': { kind: 'invalid', params: ['file', 'found'] },
  'template-language-missing': { kind: 'missing', params: ['found', 'accepted'] },
  'template-number-unknown': { kind: 'invalid', params: ['number', 'found'] },
  'format-not-built': { kind: 'invalid', params: ['found', 'accepted'] },
})
