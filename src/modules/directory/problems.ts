/** Everything that can go wrong in the directory. */
import { defineProblems } from '../../kernel/problems.ts'

export const problems = defineProblems('directory', {
  'org-missing': { kind: 'missing', params: ['org'] },
  'org-already-known': { kind: 'conflict', params: ['name', 'org'] },
  'org-changed-meanwhile': { kind: 'conflict', params: ['version', 'found', 'by', 'at', 'fields'] },
  'identifier-taken': { kind: 'conflict', params: ['identifier', 'org'] },
  'parent-is-below': { kind: 'invalid', params: ['parent'] },
  'country-unknown': { kind: 'invalid', params: ['field', 'found'] },
  'members-need-collective': { kind: 'invalid', params: [] },
  'clearance-day-without-clearance': { kind: 'invalid', params: ['found'] },
  'cursor-not-accepted': { kind: 'invalid', params: ['found'] },
})
