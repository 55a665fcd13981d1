/** What can go wrong with keys of the API. The first four come before anybody is known; the API answers them with 401. */
import { defineProblems } from '../../../kernel/problems.ts'

defineProblems('keys', {
  'not-known': { kind: 'refused', params: [] },
  revoked: { kind: 'refused', params: ['on'] },
  expired: { kind: 'refused', params: ['on'] },
  'owner-not-active': { kind: 'refused', params: [] },
  'quota-used': { kind: 'refused', params: ['quota', 'seconds'] },
  'needs-account': { kind: 'refused', params: [] },
  'not-by-key': { kind: 'refused', params: [] },
  'permission-not-held': { kind: 'refused', params: ['permission'] },
  'expiry-not-accepted': { kind: 'invalid', params: ['found', 'days'] },
  missing: { kind: 'missing', params: ['id'] },
})
