/** What can go wrong when records are linked. */
import { defineProblems } from '../../../kernel/problems.ts'

defineProblems('linking', {
  'proposal-missing': { kind: 'missing', params: ['id'] },
  'link-missing': { kind: 'missing', params: ['id'] },
  'same-record': { kind: 'invalid', params: [] },
  'already-linked': { kind: 'conflict', params: [] },
  'leading-not-in-pair': { kind: 'invalid', params: ['found'] },
  'decided-meanwhile': { kind: 'conflict', params: ['version', 'found'] },
  'linked-already-decided': { kind: 'conflict', params: [] },
  'search-failed': { kind: 'conflict', params: [] },
  'too-many-records': { kind: 'invalid', params: ['count', 'most'] },
})
