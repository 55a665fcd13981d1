/** SQL that the operations on reported values share. Numbers cross as text and stay exact. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type ReportedValue, referenceOf } from './reported-value.ts'

const RECORD = sql`
  id text, key text, period text, document text, para text, footnote text, page text, label jsonb, value numeric, low numeric,
  high numeric, unit text, digits integer, qualifier text, note jsonb, visibility text, provenance jsonb, version integer,
  "createdAt" timestamptz, "createdBy" text, "updatedAt" timestamptz, "updatedBy" text, "shippedDigest" text
`

/** `documentTitle` and `printedSymbol` come from the document and are not written. */
export type ValueToWrite = Omit<ReportedValue, 'documentTitle' | 'printedSymbol' | 'reference' | 'status'> & {
  readonly shippedDigest?: string
}

/** `where` names the tables `v` (values), `d` (documents) and `p` (paragraphs). In the order of the document. */
export async function selectReportedValues(
  db: Db,
  where: Sql,
  page: { limit: number; offset: number } = { limit: 10_000, offset: 0 },
): Promise<ReportedValue[]> {
  const rows = await db.many<Omit<ReportedValue, 'reference' | 'status'>>(sql`
    select v.id, v.key, v.period, d.symbol as document, d.printed_symbol as "printedSymbol", d.titles as "documentTitle", v.para,
           v.footnote, v.page, v.label, v.value, v.low, v.high, v.unit, v.digits, v.qualifier, v.note, v.visibility, v.provenance,
           v.version, v.created_at as "createdAt", v.created_by as "createdBy", v.updated_at as "updatedAt",
           v.updated_by as "updatedBy"
    from reported_values as v
    join documents as d on d.id = v.document_id
    left join document_paragraphs as p on p.document_id = v.document_id and p.number = v.para
    where ${where}
    order by d.symbol, p.position nulls last, v.para, v.key, v.period, v.id
    limit ${page.limit}
    offset ${page.offset}
  `)
  return rows.map((row) => ({ ...row, reference: referenceOf(row), status: 'reported' }))
}

export async function countReportedValues(db: Db, where: Sql): Promise<number> {
  const { total } = await db.one<{ total: number }>(sql`
    select count(*) as total
    from reported_values as v
    join documents as d on d.id = v.document_id
    where ${where}
  `)
  return total
}

/** Throws `sources.value-missing`. */
export async function getReportedValueById(db: Db, id: string): Promise<ReportedValue> {
  const [value] = await selectReportedValues(db, sql`v.id = ${id}`)
  if (!value) throw new Problem('sources.value-missing', { reference: id })
  return value
}

/** The document is found by its symbol; the caller has checked that it exists. */
export async function insertReportedValues(db: Db, values: readonly ValueToWrite[]): Promise<void> {
  await db.run(sql`
    insert into reported_values (id, key, period, document_id, para, footnote, page, label, value, low, high, unit, digits, qualifier,
                                 note, visibility, provenance, version, created_at, created_by, updated_at, updated_by,
                                 shipped_digest)
    select r.id, r.key, r.period, d.id, r.para, r.footnote, r.page, r.label, r.value, r.low, r.high, r.unit, r.digits, r.qualifier,
           r.note, r.visibility, r.provenance, r.version, r."createdAt", r."createdBy", r."updatedAt", r."updatedBy",
           r."shippedDigest"
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(${RECORD})
    join documents as d on d.symbol = r.document
  `)
}

/** Replaces whole records; key, period and document name the value and never change. */
export async function updateReportedValues(db: Db, values: readonly ValueToWrite[]): Promise<void> {
  await db.run(sql`
    update reported_values as v
    set para = r.para,
        footnote = r.footnote,
        page = r.page,
        label = r.label,
        value = r.value,
        low = r.low,
        high = r.high,
        unit = r.unit,
        digits = r.digits,
        qualifier = r.qualifier,
        note = r.note,
        visibility = r.visibility,
        provenance = r.provenance,
        version = r.version,
        updated_at = r."updatedAt",
        updated_by = r."updatedBy",
        shipped_digest = coalesce(r."shippedDigest", v.shipped_digest)
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(${RECORD})
    where v.id = r.id
  `)
}
