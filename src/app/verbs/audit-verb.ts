/** `sursur audit verify`: whether the audit trail is what was written. The same as a check of `doctor`. */
import { basename } from 'node:path'
import type { CliCall, CliVerb } from '../../cli/command.ts'
import { readHeader } from '../../database/backup/archive.ts'
import { AUDIT_CHAIN_SCHEMA } from '../../database/backup/audit-head.ts'
import type { Database } from '../../database/db.ts'
import type { Check } from '../../database/doctor.ts'
import { schemaVersion } from '../../database/migrate.ts'
import { type Translator, translatorFor } from '../../i18n/translator.ts'
import { defineProblems, Problem } from '../../kernel/problems.ts'
import { type AuditAnchor, type ChainVerification, verifyAuditChain } from '../../modules/access/index.ts'
import { readAuditAnchors, verifyAuditTrail } from '../audit-anchor.ts'
import { requireFile } from './require-file.ts'
import { settingsOf, withDatabase } from './with-database.ts'

defineProblems('audit', {
  'backup-without-head': { kind: 'invalid', params: ['file'] },
  'not-chained': { kind: 'conflict', params: [] },
})

const BROKEN = 1

export const auditVerb: CliVerb = {
  name: 'audit verify',
  takes: '[--backup FILE]',
  meaning:
    'Reads the whole audit trail and says whether anything in it was changed, removed, moved or cut off. Ends with 1 if so.',
  options: [{ name: 'backup', value: 'FILE', meaning: 'Also compares with where the trail stood in this backup.' }],
  run: verify,
}

async function verify(call: CliCall): Promise<number> {
  const backupFile = call.option('backup')
  const further = backupFile === undefined ? [] : [await anchorOfBackup(requireFile(backupFile))]
  return withDatabase(call, async (database) => {
    if ((await schemaVersion(database)) < AUDIT_CHAIN_SCHEMA) throw new Problem('audit.not-chained')
    const verification = await verifyAuditTrail(database, settingsOf(call).dataFolder, further)
    if (call.json) call.print(JSON.stringify(verification))
    else for (const sentence of sentencesOf(translatorFor(call.lang), verification)) call.say(sentence)
    return verification.broken === null ? 0 : BROKEN
  })
}

async function anchorOfBackup(file: string): Promise<AuditAnchor> {
  const name = basename(file)
  const { auditHead } = await readHeader(file, name)
  if (auditHead === undefined) throw new Problem('audit.backup-without-head', { file: name })
  return { ...auditHead, source: name }
}

function sentencesOf(t: Translator, { events, anchors, erased, broken }: ChainVerification): string[] {
  if (broken !== null) {
    const { seq, finding, source = '' } = broken
    return [t(`audit.finding.${finding}`, { seq: t.number(seq), source }), t('audit.verify.advice')]
  }
  return [
    t('audit.verify.whole', { count: events, shown: t.number(events) }),
    t('audit.verify.anchors', { count: anchors, shown: t.number(anchors) }),
    ...(erased === 0 ? [] : [t('audit.verify.erased', { count: erased, shown: t.number(erased) })]),
  ]
}

/** For `doctor`: nothing on a database from before the chain, of which the check of the schema speaks. */
export async function auditCheck(database: Database, dataFolder: string): Promise<Check[]> {
  if ((await schemaVersion(database)) < AUDIT_CHAIN_SCHEMA) return []
  const key = 'audit'
  try {
    const { events, broken } = await verifyAuditChain(database, readAuditAnchors(dataFolder))
    if (broken === null) return [{ key, status: 'ok', params: { count: events, shown: events }, text: 'audit.verify.whole' }]
    const { seq, finding, source = '' } = broken
    return [{ key, status: 'failed', params: { seq, source }, text: `audit.finding.${finding}` }]
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'audit.anchor-unreadable') throw error
    return [{ key, status: 'failed', params: { file: String(error.params.file) }, text: 'audit.problem.anchor-unreadable' }]
  }
}
