/** What can go wrong with accounts, roles and keys. */
import { defineProblems } from '../../kernel/problems.ts'

defineProblems('access', {
  'own-work': { kind: 'refused', params: ['permission'] },
})
