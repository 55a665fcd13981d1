/** What of the filter cannot be accepted, said at the field in which it was typed. */
import type { Translator } from '../../../i18n/translator.ts'
import type { AuditField, auditFields } from './audit-address.ts'

/** Names of the operation's input -> fields of the page. */
const FIELD_OF_INPUT: Readonly<Record<string, AuditField>> = {
  module: 'record',
  aggregate: 'record',
  recordId: 'record',
  person: 'person',
  operation: 'operation',
  outcome: 'outcome',
  requestId: 'request',
  from: 'from',
  to: 'to',
}

export interface WrongField {
  readonly field: string
  readonly message: string
}

interface Parsed {
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] } | undefined
}

export function wrongFields(t: Translator, { error }: Parsed, fields: ReturnType<typeof auditFields>): WrongField[] {
  const names = new Set((error?.issues ?? []).map(({ path }) => FIELD_OF_INPUT[String(path[0])] ?? 'record'))
  return [...names].map((field) => {
    const found = (fields[field] ?? '').slice(0, 80)
    const isDay = field === 'from' || field === 'to'
    return { field, message: isDay ? t('audit.wrong.day', { found }) : t('audit.wrong.text', { found }) }
  })
}
