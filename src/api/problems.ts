/** What can go wrong between a program and the API, before an operation is asked. */
import { defineProblems } from '../kernel/problems.ts'

defineProblems('api', {
  'body-not-json': { kind: 'invalid', params: ['accepted'] },
  'input-not-json': { kind: 'invalid', params: ['found'] },
  'key-needed': { kind: 'refused', params: ['permission'] },
  'version-needed': { kind: 'conflict', params: [] },
  'version-not-current': { kind: 'conflict', params: ['version', 'found'] },
  'if-match-not-accepted': { kind: 'invalid', params: ['found'] },
  'version-stated-twice': { kind: 'invalid', params: ['header', 'body'] },
  'idempotency-key-not-accepted': { kind: 'invalid', params: ['limit'] },
})
