/** What can be wrong with an IATI file as a whole. What can be wrong with one activity is declared where the rules are. */
import { defineProblems } from '../../kernel/problems.ts'

export const problems = defineProblems('iati', {
  'not-well-formed': { kind: 'invalid', params: ['reason'] },
  'too-deep': { kind: 'invalid', params: ['limit'] },
  'wrong-root': { kind: 'invalid', params: ['found'] },
  'foreign-namespace': { kind: 'invalid', params: ['found'] },
  'prefixed-elements': { kind: 'invalid', params: ['found'] },
  'document-type': { kind: 'invalid', params: [] },
  'not-utf8': { kind: 'invalid', params: [] },
  'unknown-encoding': { kind: 'invalid', params: ['found'] },
  'not-in-encoding': { kind: 'invalid', params: ['encoding'] },
  'encoding-differs': { kind: 'invalid', params: ['declared', 'found'] },
  'stretch-too-long': { kind: 'invalid', params: ['limitMb'] },
  'empty-file': { kind: 'invalid', params: [] },
  'not-xml': { kind: 'invalid', params: ['found'] },
  'file-too-large': { kind: 'invalid', params: ['sizeMb', 'limitMb'] },
  'unpacks-too-large': { kind: 'invalid', params: ['entry', 'limitMb'] },
  'packed-too-tightly': { kind: 'invalid', params: ['entry', 'ratio', 'limit'] },
  'too-many-files': { kind: 'invalid', params: ['count', 'limit'] },
  'broken-archive': { kind: 'invalid', params: ['reason'] },
  'nothing-in-archive': { kind: 'invalid', params: [] },
  'name-leads-out': { kind: 'invalid', params: ['found'] },
  // What a run finds between activities.
  'identifier-repeated': { kind: 'invalid', params: ['found'] },
  'problems-not-kept': { kind: 'invalid', params: ['count'] },
  'activity-too-large': { kind: 'invalid', params: ['sizeMb', 'limitMb'] },
  'activity-of-many-tags': { kind: 'invalid', params: ['limit'] },
  'organisation-repeated': { kind: 'invalid', params: ['found'] },
  'not-exportable': { kind: 'invalid', params: ['missing'] },
  'parts-left-out': { kind: 'invalid', params: ['count', 'parts'] },
  'organisation-not-exportable': { kind: 'invalid', params: ['missing'] },
})
