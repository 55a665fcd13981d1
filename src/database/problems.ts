/** Everything that can go wrong with the database and that a person can act on. Texts: `locales/<lang>/database.json`. */
import { defineProblems } from '../kernel/problems.ts'

export const problems = defineProblems('database', {
  /** A statement ran longer than allowed. Nothing of its transaction was saved. */
  'statement-timeout': { kind: 'refused', params: ['seconds'] },
  /** The engine was restarted (another statement was stopped, or a fault) while this work waited. Nothing of it was saved. */
  restarted: { kind: 'conflict', params: [] },
  'disk-full': { kind: 'refused', params: [] },
  unreachable: { kind: 'missing', params: ['reason'] },
  /** The folder belongs to a live process on another machine (a shared volume). */
  'in-use-elsewhere': { kind: 'conflict', params: ['host', 'pid'] },
  'folder-not-writable': { kind: 'refused', params: ['folder'] },
  'server-too-old': { kind: 'invalid', params: ['found', 'needed'] },
  /** Two transactions changed the same rows, or locked each other out. Trying again is safe. */
  'try-again': { kind: 'conflict', params: [] },

  'newer-schema': { kind: 'conflict', params: ['database', 'program'] },
  'edited-migration': { kind: 'conflict', params: ['file'] },
  'migration-name': { kind: 'invalid', params: ['file'] },
  'migration-numbers': { kind: 'invalid', params: ['file'] },
  'migration-failed': { kind: 'invalid', params: ['file', 'message'] },
  /** The role of the program is missing or not given to the login; `statements` are for a superuser of the server. */
  'program-role-not-usable': { kind: 'refused', params: ['role', 'statements'] },

  'backup-unreadable': { kind: 'invalid', params: ['file'] },
  'backup-damaged': { kind: 'invalid', params: ['file', 'table'] },
  'backup-newer-schema': { kind: 'conflict', params: ['file', 'backup', 'program'] },
  'target-not-empty': { kind: 'conflict', params: ['table'] },
  'copy-not-equal': { kind: 'conflict', params: ['table'] },
})
