/** What can be wrong with a package of another instance. Whatever it is, nothing of the package is stored. */
import { defineProblems } from '../../kernel/problems.ts'

defineProblems('releases', {
  'package-damaged': { kind: 'invalid', params: ['place', 'found', 'accepted'] },
  'package-file-unlisted': { kind: 'invalid', params: ['found', 'accepted'] },
  'package-too-large': { kind: 'invalid', params: ['place', 'found', 'accepted'] },
  'package-edition-newer': { kind: 'invalid', params: ['found', 'accepted'] },
  'package-signature-wrong': { kind: 'invalid', params: ['fingerprint'] },
  'package-record-not-accepted': { kind: 'invalid', params: ['row', 'place', 'accepted'] },
})
