/** What can go wrong with the schedule of an address. */
import { defineProblems } from '../../../kernel/problems.ts'

defineProblems('schedules', {
  missing: { kind: 'missing', params: ['id'] },
  'address-not-accepted': { kind: 'invalid', params: ['found'] },
  'address-scheduled': { kind: 'conflict', params: ['address', 'collection'] },
  'changed-meanwhile': { kind: 'conflict', params: ['version', 'found'] },
  'owner-gone': { kind: 'refused', params: [] },
  'taken-over': { kind: 'conflict', params: ['id'] },
})
