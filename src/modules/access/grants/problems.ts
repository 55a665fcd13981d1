/** What can go wrong when roles are given, delegated and taken back. */
import { defineProblems } from '../../../kernel/problems.ts'

defineProblems('grants', {
  'scope-not-accepted': { kind: 'invalid', params: ['role', 'found', 'accepted'] },
  'scope-missing': { kind: 'missing', params: ['scope', 'found'] },
  'time-not-accepted': { kind: 'invalid', params: ['found', 'accepted'] },
  'user-missing': { kind: 'missing', params: ['user'] },
  'grant-missing': { kind: 'missing', params: ['id'] },
  'already-held': { kind: 'conflict', params: ['grant'] },
  'already-revoked': { kind: 'conflict', params: ['at'] },
  'last-admin': { kind: 'conflict', params: [] },
  'nothing-to-delegate': { kind: 'refused', params: [] },
  'which-to-delegate': { kind: 'invalid', params: ['accepted'] },
  'not-to-yourself': { kind: 'invalid', params: [] },
})
