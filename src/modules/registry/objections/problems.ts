/** What can go wrong with objections. */
import { defineProblems } from '../../../kernel/problems.ts'

defineProblems('objections', {
  'objection-missing': { kind: 'missing', params: ['id'] },
  'objection-changed-meanwhile': { kind: 'conflict', params: ['version', 'found'] },
  'country-not-named': { kind: 'invalid', params: ['country', 'accepted'] },
  'objection-waits': { kind: 'conflict', params: ['country', 'id'] },
  'not-answerable': { kind: 'conflict', params: ['state'] },
  'move-not-allowed': { kind: 'conflict', params: ['from', 'to', 'accepted'] },
  'remark-required': { kind: 'invalid', params: [] },
  'version-not-there': { kind: 'invalid', params: ['found', 'accepted'] },
})
