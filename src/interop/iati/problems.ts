/** What can be wrong with an IATI file as a whole. What can be wrong with one activity is declared where the rules are. */
import { defineProblems } from '../../kernel/problems.ts'

export const problems = defineProblems('iati', {
  'not-well-formed': { kind: 'invalid', params: ['reason'] },
  'too-deep': { kind: 'invalid', params: ['limit'] },
  'not-exportable': { kind: 'invalid', params: ['missing'] },
})
