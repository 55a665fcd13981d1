/** What can go wrong with passwords and sealed secrets. */
import { defineProblems } from '../kernel/problems.ts'

export const problems = defineProblems('credentials', {
  'password-too-short': { kind: 'invalid', params: ['least', 'found'] },
  'password-too-long': { kind: 'invalid', params: ['most', 'found'] },
  'password-too-common': { kind: 'invalid', params: [] },
  'password-too-personal': { kind: 'invalid', params: [] },
  busy: { kind: 'refused', params: ['seconds'] },
  'instance-key-changed': { kind: 'conflict', params: [] },
})
