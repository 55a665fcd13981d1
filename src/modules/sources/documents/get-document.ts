/** One document with its paragraphs, and with each paragraph the numbers that it reports. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../../directory/index.ts'
import type { ReportedValue } from '../reported-values/reported-value.ts'
import { selectReportedValues } from '../reported-values/reported-value-rows.ts'
import type { Document, DocumentParagraph } from './document.ts'
import { getDocument } from './document-rows.ts'

export interface ParagraphWithValues extends DocumentParagraph {
  readonly reportedValues: readonly ReportedValue[]
}

export interface DocumentWithValues extends Document {
  readonly paragraphs: readonly ParagraphWithValues[]
  /** Numbers quoted by page, or from a paragraph that is not listed. */
  readonly otherReportedValues: readonly ReportedValue[]
}

export const getDocumentQuery = defineQuery({
  name: 'sources.get-document',
  permission: 'sources.document.read',
  /** Symbol or id. */
  input: z.object({ document: z.string() }),

  async run({ db, sight }, { document: symbolOrId }): Promise<DocumentWithValues> {
    const document = await getDocument(db, symbolOrId)
    const visible = visibleTo(sight)
    if (!visible.includes(document.visibility)) throw new Problem('sources.document-missing', { document: symbolOrId })
    const values = await selectReportedValues(db, sql`v.document_id = ${document.id} and v.visibility = any(${visible}::text[])`)
    const listed = new Set(document.paragraphs.map(({ number }) => number))
    return {
      ...document,
      paragraphs: document.paragraphs.map((paragraph) => ({
        ...paragraph,
        reportedValues: values.filter(({ para }) => para === paragraph.number),
      })),
      otherReportedValues: values.filter(({ para }) => para === null || !listed.has(para)),
    }
  },
})
