/** SQL that the operations on documents share; a document is read and written with its paragraphs. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Document } from './document.ts'

const RECORD = sql`
  id text, symbol text, "printedSymbol" text, kind text, titles jsonb, body text, date text, languages text[], url text, note jsonb,
  "citedIn" jsonb, footnotes jsonb, paragraphs jsonb, visibility text, provenance jsonb, version integer, "createdAt" timestamptz,
  "createdBy" text, "updatedAt" timestamptz, "updatedBy" text, "shippedDigest" text
`

export type DocumentToWrite = Document & { readonly shippedDigest?: string }

/** `where` names the table `d`. */
export function selectDocuments(db: Db, where: Sql): Promise<Document[]> {
  return db.many<Document>(sql`
    select d.id, d.symbol, d.printed_symbol as "printedSymbol", d.kind, d.titles, d.body, d.date, d.languages, d.url, d.note,
           d.cited_in as "citedIn", d.footnotes, d.visibility, d.provenance, d.version, d.created_at as "createdAt",
           d.created_by as "createdBy", d.updated_at as "updatedAt", d.updated_by as "updatedBy",
           coalesce(p.paragraphs, '[]') as paragraphs
    from documents as d
    left join lateral (
      select jsonb_agg(jsonb_build_object('number', number, 'topic', topic) order by position) as paragraphs
      from document_paragraphs
      where document_id = d.id
    ) as p on true
    where ${where}
    order by d.symbol
  `)
}

/** By symbol or id. Throws `sources.document-missing`. */
export async function getDocument(db: Db, symbolOrId: string): Promise<Document> {
  const [document] = await selectDocuments(db, sql`d.symbol = ${symbolOrId} or d.id = ${symbolOrId}`)
  if (!document) throw new Problem('sources.document-missing', { document: symbolOrId })
  return document
}

export async function insertDocuments(db: Db, documents: readonly DocumentToWrite[]): Promise<void> {
  await db.run(sql`
    insert into documents (id, symbol, printed_symbol, kind, titles, body, date, languages, url, note, cited_in, footnotes, visibility,
                           provenance, version, created_at, created_by, updated_at, updated_by, shipped_digest)
    select r.id, r.symbol, r."printedSymbol", r.kind, r.titles, r.body, r.date, r.languages, r.url, r.note, r."citedIn", r.footnotes,
           r.visibility, r.provenance, r.version, r."createdAt", r."createdBy", r."updatedAt", r."updatedBy", r."shippedDigest"
    from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb) as r(${RECORD})
  `)
  await insertParagraphs(db, documents)
}

/** Replaces whole documents, their paragraphs too. */
export async function updateDocuments(db: Db, documents: readonly DocumentToWrite[]): Promise<void> {
  await db.run(sql`
    update documents as d
    set printed_symbol = r."printedSymbol",
        kind = r.kind,
        titles = r.titles,
        body = r.body,
        date = r.date,
        languages = r.languages,
        url = r.url,
        note = r.note,
        cited_in = r."citedIn",
        footnotes = r.footnotes,
        visibility = r.visibility,
        provenance = r.provenance,
        version = r.version,
        updated_at = r."updatedAt",
        updated_by = r."updatedBy",
        shipped_digest = coalesce(r."shippedDigest", d.shipped_digest)
    from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb) as r(${RECORD})
    where d.id = r.id
  `)
  await db.run(sql`delete from document_paragraphs where document_id = any(${documents.map(({ id }) => id)}::text[])`)
  await insertParagraphs(db, documents)
}

async function insertParagraphs(db: Db, documents: readonly DocumentToWrite[]): Promise<void> {
  const rows = documents.flatMap(({ id, paragraphs }) =>
    paragraphs.map(({ number, topic }, at) => ({ document: id, number, position: at + 1, topic })),
  )
  await db.run(sql`
    insert into document_paragraphs (document_id, number, position, topic)
    select r.document, r.number, r.position, r.topic
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(document text, number text, position integer, topic jsonb)
  `)
}
