/** The events of one page. What changed is folded away under each: a record may have many fields. */
import type { AuditEvent } from '../../../modules/access/index.ts'
import { type Column, DataTable, EmptyState } from '../../components/index.ts'
import type { PeopleNames } from '../../people-names.ts'
import type { PageRequest } from '../../site.tsx'
import { auditAddress } from './audit-address.ts'
import { recordText } from './download.ts'

interface AuditTableProps {
  readonly request: PageRequest
  readonly rows: readonly AuditEvent[]
  readonly people: PeopleNames
}

export function AuditTable({ request, rows, people }: AuditTableProps) {
  const { t } = request
  return (
    <DataTable
      caption={t('audit.title')}
      captionHidden
      columns={columnsOf(request, people)}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('audit.none')} />}
    />
  )
}

function columnsOf(request: PageRequest, people: PeopleNames): Column<AuditEvent>[] {
  const { t, at } = request
  const path = at('/audit')
  return [
    { key: 'seq', label: t('audit.column.seq'), kind: 'number', cell: ({ seq }) => t.number(seq) },
    { key: 'at', label: t('audit.column.at'), cell: (event) => t.instant(event.at) },
    {
      key: 'actor',
      label: t('audit.column.actor'),
      cell: ({ actorId }) => (
        <a href={auditAddress(path, { person: actorId })}>
          <bdi>{people(actorId)}</bdi>
        </a>
      ),
    },
    {
      key: 'operation',
      label: t('audit.column.operation'),
      cell: (event) => (
        <>
          <code dir="ltr">{event.operation}</code>{' '}
          {event.outcome !== 'done' && <strong>{t(`audit.outcome.${event.outcome}`)}</strong>}
          {event.recordId !== null && (
            <>
              <br />
              <a href={auditAddress(path, { record: recordText(event) })}>
                <code dir="ltr">{recordText(event)}</code>
              </a>
            </>
          )}
        </>
      ),
    },
    { key: 'detail', label: t('audit.column.detail'), cell: (event) => <EventDetail request={request} event={event} /> },
  ]
}

function EventDetail({ request: { t }, event }: { readonly request: PageRequest; readonly event: AuditEvent }) {
  const facts = [
    ...changedFacts(event, t),
    ...textFact(t('audit.column.version'), event.version === null ? null : t.number(event.version)),
    ...textFact(t('audit.column.counts'), event.counts && JSON.stringify(event.counts)),
    ...textFact(t('audit.column.actor-id'), event.actorId),
    ...textFact(t('audit.column.request'), event.requestId),
    ...textFact(t('audit.column.key'), event.keyId),
    ...textFact(t('audit.column.hash'), event.hash),
  ]
  return (
    <>
      {event.reason !== null && <p dir="auto">{event.reason}</p>}
      <details>
        <summary>{event.action === null ? t('audit.detail') : <bdi dir="ltr">{event.action}</bdi>}</summary>
        {facts.map(({ label, value }) => (
          <p key={label}>
            <span class="muted">{t('components.label', { label })}</span>
            <br />
            {value}
          </p>
        ))}
      </details>
    </>
  )
}

function textFact(label: string, value: string | null) {
  if (value === null) return []
  return [
    {
      label,
      value: <code dir="ltr">{value}</code>,
    },
  ]
}

/** Field by field; a personal value from beside the chain, or a word that it was erased. */
function changedFacts({ before, after, personal, personalValues }: AuditEvent, t: PageRequest['t']) {
  const names = [...new Set([...fieldsOf(before), ...fieldsOf(after)])]
  const plain = names.map((name) => changedFact(name, valueText(before, name), valueText(after, name), t))
  const apart = Object.keys(personal ?? {}).map((path) => {
    const value = personalValues?.[path]
    return value ? changedFact(path, value.before ?? '–', value.after ?? '–', t) : { label: path, value: t('audit.erased') }
  })
  return [...plain, ...apart]
}

function changedFact(label: string, before: string, after: string, t: PageRequest['t']) {
  return {
    label,
    value: (
      <>
        <span class="muted">{t('components.label', { label: t('audit.column.before') })}</span> <code dir="auto">{before}</code>
        <br />
        <span class="muted">{t('components.label', { label: t('audit.column.after') })}</span> <code dir="auto">{after}</code>
      </>
    ),
  }
}

function fieldsOf(side: unknown): string[] {
  return isRecord(side) ? Object.keys(side) : []
}

/** A whole record may hold long texts; the files hold all of it. */
const MOST_CHARACTERS = 300

function valueText(side: unknown, name: string): string {
  const value = isRecord(side) ? side[name] : undefined
  if (value === undefined || value === null) return '–'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
