/** What can go wrong when this installation calls another host. */
import { defineProblems } from '../kernel/problems.ts'

export const problems = defineProblems('outside', {
  'address-invalid': { kind: 'invalid', params: ['found'] },
  'plain-http-refused': { kind: 'refused', params: ['host'] },
  'address-refused': { kind: 'refused', params: ['host'] },
  'redirect-refused': { kind: 'refused', params: ['host'] },
  'host-unreachable': { kind: 'refused', params: ['host', 'reason'] },
  'host-too-slow': { kind: 'refused', params: ['host', 'seconds'] },
  'answer-too-large': { kind: 'refused', params: ['host', 'kilobytes'] },
  'answer-refused': { kind: 'refused', params: ['host', 'status'] },
  'too-many-redirects': { kind: 'refused', params: ['host', 'limit'] },
  'encoding-not-accepted': { kind: 'refused', params: ['host', 'found', 'accepted'] },
  'answer-dripping': { kind: 'refused', params: ['host', 'bytes', 'seconds'] },

  'mail-url-invalid': { kind: 'invalid', params: [] },
  'mail-address-invalid': { kind: 'invalid', params: ['found'] },
  'mail-header-invalid': { kind: 'invalid', params: ['field'] },
  'mail-too-large': { kind: 'invalid', params: ['kilobytes'] },
  'mail-refused': { kind: 'refused', params: ['host', 'reason'] },
  'mail-not-sent': { kind: 'refused', params: ['host', 'reason'] },

  'open-id-unreachable': { kind: 'refused', params: ['issuer'] },
  'open-id-too-slow': { kind: 'refused', params: ['issuer'] },
  'open-id-wrong-issuer': { kind: 'refused', params: ['issuer', 'found'] },
  'open-id-denied': { kind: 'refused', params: ['issuer'] },
  'open-id-refused': { kind: 'refused', params: ['issuer', 'found'] },
  'open-id-client-refused': { kind: 'refused', params: ['issuer'] },
  'open-id-code-refused': { kind: 'refused', params: ['issuer'] },
  'open-id-state-mismatch': { kind: 'refused', params: [] },
  'open-id-nonce-mismatch': { kind: 'refused', params: ['issuer'] },
  'open-id-not-for-us': { kind: 'refused', params: ['issuer'] },
  'open-id-bad-signature': { kind: 'refused', params: ['issuer'] },
  'open-id-expired': { kind: 'refused', params: ['issuer'] },
  'open-id-answer-unreadable': { kind: 'refused', params: ['issuer'] },
})
