/** What can go wrong with accounts, roles and keys. */
import { defineProblems } from '../../kernel/problems.ts'

defineProblems('access', {
  'own-work': { kind: 'refused', params: ['permission'] },
  'sign-in-not-accepted': { kind: 'refused', params: [] },
  'sign-in-step-over': { kind: 'refused', params: [] },
  'code-not-accepted': { kind: 'refused', params: [] },
  'password-not-accepted': { kind: 'refused', params: [] },
  'password-not-set': { kind: 'conflict', params: [] },
  'second-factor-set': { kind: 'conflict', params: [] },
  'second-factor-not-set': { kind: 'conflict', params: [] },
  'open-id-stranger': { kind: 'refused', params: [] },
  'open-id-not-set-up': { kind: 'missing', params: [] },
  'link-over': { kind: 'conflict', params: [] },
  'accounts-exist': { kind: 'conflict', params: [] },
  'administrator-first': { kind: 'conflict', params: [] },
  'email-taken': { kind: 'conflict', params: [] },
  'account-missing': { kind: 'missing', params: ['id'] },
  'account-state': { kind: 'conflict', params: ['state'] },
  'session-missing': { kind: 'missing', params: ['id'] },
  'message-missing': { kind: 'missing', params: ['id'] },
  'message-gone': { kind: 'conflict', params: [] },
})
