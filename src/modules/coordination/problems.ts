/** Everything that can go wrong in coordination. */
import { defineProblems } from '../../kernel/problems.ts'

defineProblems('coordination', {
  'focal-point-missing': { kind: 'missing', params: ['focalPoint'] },
  'main-already-named': { kind: 'conflict', params: ['focalPoint'] },
  'already-named': { kind: 'conflict', params: ['focalPoint'] },
  'focal-point-changed-meanwhile': { kind: 'conflict', params: ['version', 'found', 'by', 'at'] },
  'focal-point-ended': { kind: 'conflict', params: ['at'] },
  'country-needed': { kind: 'invalid', params: [] },
  'country-not-for-org': { kind: 'invalid', params: [] },
  'country-unknown': { kind: 'invalid', params: ['found'] },
  'org-needed': { kind: 'invalid', params: [] },
  'org-not-for-country': { kind: 'invalid', params: [] },
  'office-not-in-country': { kind: 'invalid', params: [] },
  'person-needed': { kind: 'invalid', params: [] },
  'person-erased': { kind: 'conflict', params: [] },
  'backup-is-the-person': { kind: 'invalid', params: [] },
  'backup-missing': { kind: 'conflict', params: [] },
  'ends-before': { kind: 'invalid', params: ['from', 'to'] },
  'end-in-future': { kind: 'invalid', params: ['found', 'today'] },
  'no-address': { kind: 'refused', params: [] },
  'link-over': { kind: 'conflict', params: [] },
  'filter-needs-sign-in': { kind: 'refused', params: [] },
  'group-unknown': { kind: 'invalid', params: ['found', 'accepted'] },
})
