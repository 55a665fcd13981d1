/** What can go wrong in the workspace of a country or entity. */
import { defineProblems } from '../../../kernel/problems.ts'

defineProblems('workspace', { 'scope-missing': { kind: 'missing', params: ['kind', 'id'] } })
