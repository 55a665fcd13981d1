/** What can go wrong with a release and with a package from another instance. */
import { defineProblems } from '../../../kernel/problems.ts'

defineProblems('releases', {
  missing: { kind: 'missing', params: ['id'] },
  'record-missing': { kind: 'missing', params: ['id'] },
  'changed-meanwhile': { kind: 'conflict', params: ['version', 'found'] },
  'state-not-for-this': { kind: 'conflict', params: ['found', 'accepted'] },
  empty: { kind: 'invalid', params: ['found'] },
  'too-many-records': { kind: 'invalid', params: ['found', 'accepted'] },
  'field-unknown': { kind: 'invalid', params: ['found', 'accepted'] },
  'nothing-leaves': { kind: 'invalid', params: [] },
  'version-gone': { kind: 'conflict', params: ['id'] },
  'records-withdrawn': { kind: 'conflict', params: ['count'] },
  'key-unknown': { kind: 'refused', params: ['instance', 'fingerprint'] },
})
