/**
 * The selected events as a file, oldest first: JSON Lines for programs, with the exact text of each hash, so that
 * anybody can verify the file; or a table for people. Read a batch at a time; the trail notes each batch, up to the head at the moment when the download began.
 */
import { type OutColumn, tableSheet, writeCsv, writeXlsx } from '../../../interop/tables/index.ts'
import { downloadName } from '../../../jobs/exports/listing-about.ts'
import type { HttpResponse } from '../../../kernel/http.ts'
import { type AuditEvent, type AuditFilter, exportAuditTrail, getAuditState } from '../../../modules/access/index.ts'
import { peopleNames } from '../../people-names.ts'
import type { PageRequest } from '../../site.tsx'
import { streamOf } from '../../stream-of.ts'
import { auditFields, auditFilter } from './audit-address.ts'

/** The name is of today and in no hash: an account that is deleted has none. */
type NamedEvent = AuditEvent & { readonly actorName: string }

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
} as const
export type AuditFormat = keyof typeof MEDIA_TYPES

export async function downloadAuditTrail(request: PageRequest, format: AuditFormat): Promise<HttpResponse> {
  const { context, actor, query } = request
  const filter = auditFilter(auditFields(query))
  const { head } = await context.operations.run(getAuditState, {}, actor)
  const batches = readBatches(request, filter, head?.seq ?? 0)
  // The first batch before the answer begins: what is refused or not accepted becomes a page and not a broken file.
  const first = await batches.next()
  const rows = eventsOf(first, batches)
  return {
    status: 200,
    headers: {
      'content-type': MEDIA_TYPES[format],
      'content-disposition': `attachment; filename="${downloadName('audit', [], new Date().toISOString().slice(0, 10), format)}"`,
    },
    body: bodyOf(request, format, rows),
  }
}

async function* readBatches(request: PageRequest, filter: AuditFilter, upTo: number): AsyncGenerator<readonly NamedEvent[]> {
  const { context, actor } = request
  let cursor: string | null = '0'
  while (cursor !== null) {
    const page: { readonly rows: readonly AuditEvent[]; readonly next: string | null } = await context.operations.run(
      exportAuditTrail,
      { ...filter, cursor, upTo },
      actor,
    )
    const people = await peopleNames(
      request,
      page.rows.map(({ actorId }) => actorId),
    )
    yield page.rows.map((event) => ({ ...event, actorName: people(event.actorId) }))
    cursor = page.next
  }
}

async function* eventsOf(
  first: IteratorResult<readonly NamedEvent[]>,
  rest: AsyncIterable<readonly NamedEvent[]>,
): AsyncGenerator<NamedEvent> {
  if (!first.done) yield* first.value
  for await (const batch of rest) yield* batch
}

function bodyOf(request: PageRequest, format: AuditFormat, rows: AsyncIterable<NamedEvent>): HttpResponse['body'] {
  if (format === 'jsonl') return jsonLines(rows)
  return format === 'json' ? jsonArray(rows) : table(request, format, rows)
}

/** The same objects, as one array. */
async function* jsonArray(events: AsyncIterable<NamedEvent>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const event of events) {
    yield `${before}${JSON.stringify(event)}`
    before = ',\n'
  }
  yield before === ',\n' ? '\n]\n' : '[]\n'
}

async function* jsonLines(events: AsyncIterable<NamedEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`
}

function table({ t }: PageRequest, format: 'csv' | 'xlsx', events: AsyncIterable<NamedEvent>): ReturnType<typeof streamOf> {
  const keys = ['seq', 'at', 'actor', 'actor-id', 'actor-kind', 'operation', 'outcome', 'record', 'action', 'version'] as const
  const further = ['reason', 'before', 'after', 'counts', 'request', 'key', 'hash'] as const
  const columns: OutColumn[] = [...keys, ...further].map((key) => ({ key, header: t(`audit.column.${key}`) }))
  return streamOf((out) =>
    format === 'csv'
      ? writeCsv(cells(events), columns, out, { byteOrderMark: true })
      : writeXlsx([tableSheet(t('audit.title'), columns, cells(events), { rightToLeft: t.dir === 'rtl' })], out),
  )
}

async function* cells(events: AsyncIterable<NamedEvent>) {
  for await (const event of events) {
    const {
      seq,
      at,
      actorId,
      actorName,
      actorKind,
      operation,
      outcome,
      action,
      version,
      reason,
      before,
      after,
      counts,
      requestId,
      keyId,
      hash,
    } = event
    yield {
      seq,
      at,
      actor: actorName,
      'actor-id': actorId,
      'actor-kind': actorKind,
      operation,
      outcome,
      record: recordText(event),
      action: action ?? undefined,
      version: version ?? undefined,
      reason: reason ?? undefined,
      before: jsonCell(before),
      after: jsonCell(after),
      counts: jsonCell(counts),
      request: requestId ?? undefined,
      key: keyId ?? undefined,
      hash,
    }
  }
}

/** As it is typed into the filter. */
export function recordText({ module, aggregate, recordId }: AuditEvent): string {
  return [module, aggregate, recordId].filter((part) => part !== null).join('/')
}

function jsonCell(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : JSON.stringify(value)
}
