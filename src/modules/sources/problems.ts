/** Everything that can go wrong with sources and the numbers quoted from them. */
import { defineProblems } from '../../kernel/problems.ts'

export const problems = defineProblems('sources', {
  'document-missing': { kind: 'missing', params: ['document'] },
  'document-already-known': { kind: 'conflict', params: ['document'] },
  'paragraph-repeated': { kind: 'invalid', params: ['paragraph'] },
  'place-required': { kind: 'invalid', params: [] },
  'paragraph-not-in-document': { kind: 'invalid', params: ['document', 'found', 'first', 'last'] },
  'footnote-not-in-document': { kind: 'invalid', params: ['document', 'found', 'accepted'] },
  'value-or-range': { kind: 'invalid', params: [] },
  'number-not-accepted': { kind: 'invalid', params: ['field', 'found'] },
  'range-reversed': { kind: 'invalid', params: ['low', 'high'] },
  'fewer-digits-than-written': { kind: 'invalid', params: ['digits', 'found'] },
  'value-missing': { kind: 'missing', params: ['reference'] },
  'value-already-known': { kind: 'conflict', params: ['reference', 'document'] },
  'value-changed-meanwhile': { kind: 'conflict', params: ['version', 'found', 'by', 'at', 'fields'] },
  'several-documents': { kind: 'conflict', params: ['reference', 'documents'] },
})
