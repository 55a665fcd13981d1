/** The cited documents by symbol, in pages, each with how many paragraphs and reported values it has here. */
import { z } from 'zod'
import { type Sql, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../../directory/index.ts'
import { DOCUMENT_KINDS, type DocumentKind } from './document.ts'

export interface ListedDocument {
  readonly id: string
  readonly symbol: string
  readonly printedSymbol: string | null
  readonly kind: DocumentKind
  readonly titles: LocalizedText
  readonly body: string | null
  readonly date: string | null
  readonly paragraphs: number
  readonly reportedValues: number
}

export interface DocumentPage {
  readonly rows: readonly ListedDocument[]
  readonly total: number
  /** Symbol after which the next page begins; null after the last. */
  readonly next: string | null
}

export const listDocuments = defineQuery({
  name: 'sources.list-documents',
  permission: 'sources.document.read',
  input: z.object({
    /** Part of a symbol, or of a title in any language. */
    search: z.string().trim().max(200).optional(),
    kind: z.array(z.enum(DOCUMENT_KINDS)).optional(),
    /** `next` of the page before. */
    cursor: z.string().max(100).optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),

  async run({ db, sight }, { search, kind, cursor, limit }): Promise<DocumentPage> {
    const all: Sql[] = [sql`d.visibility = any(${visibleTo(sight)}::text[])`]
    if (kind?.length) all.push(sql`d.kind = any(${kind}::text[])`)
    if (search) all.push(searchCondition(search))
    const where = sql.join(all, sql` and `)
    const { total } = await db.one<{ total: number }>(sql`select count(*) as total from documents as d where ${where}`)
    const page = await db.many<ListedDocument>(sql`
      select d.id, d.symbol, d.printed_symbol as "printedSymbol", d.kind, d.titles, d.body, d.date,
             (select count(*) from document_paragraphs as p where p.document_id = d.id) as paragraphs,
             (select count(*) from reported_values as v where v.document_id = d.id) as "reportedValues"
      from documents as d
      where ${where}
        and (${cursor ?? null}::text is null or d.symbol > ${cursor ?? null})
      order by d.symbol
      limit ${limit + 1}
    `)
    const rows = page.slice(0, limit)
    return { rows, total, next: page.length > limit ? (rows.at(-1)?.symbol ?? null) : null }
  },
})

function searchCondition(search: string): Sql {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  return sql`(
    d.symbol ilike ${pattern}
    or exists (select 1 from jsonb_each_text(d.titles -> 'texts') as title(lang, text) where title.text ilike ${pattern})
  )`
}
