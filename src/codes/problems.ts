/** Everything that a person can get wrong when asking for a code list. */
import { defineProblems } from '../kernel/problems.ts'

export const problems = defineProblems('codes', {
  'bad-date': { kind: 'invalid', params: ['found'] },
  'unknown-list': { kind: 'missing', params: ['list'] },
  'unknown-group': { kind: 'missing', params: ['group', 'accepted'] },
  'unknown-profile': { kind: 'missing', params: ['profile', 'accepted'] },
  'profile-needs-groups': { kind: 'invalid', params: ['profile'] },
})
