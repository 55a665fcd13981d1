/** Registers a document, so that numbers can be quoted from it by paragraph. */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { isPartialDate } from '../../../kernel/partial-date.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { LocalizedTextSchema, VISIBILITIES } from '../../directory/index.ts'
import { DOCUMENT_KINDS, type Document, type DocumentFacts, factsOf } from './document.ts'
import { getDocument, insertDocuments } from './document-rows.ts'

const PlaceNumber = z.string().trim().min(1).max(20)

export const RegisterDocumentInput = z.object({
  symbol: z.string().trim().min(1).max(100),
  /** Null when the document bears no symbol; by default the symbol itself. */
  printedSymbol: z.string().trim().min(1).max(100).nullable().optional(),
  kind: z.enum(DOCUMENT_KINDS),
  titles: LocalizedTextSchema,
  body: z.string().trim().max(500).nullable().default(null),
  date: z.string().refine(isPartialDate, 'YYYY, YYYY-MM, YYYY-MM-DD').nullable().default(null),
  languages: z.array(z.string().min(2).max(35)).max(50).default([]),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable()
    .default(null),
  note: LocalizedTextSchema.nullable().default(null),
  citedIn: z.array(z.string().max(50)).max(200).default([]),
  footnotes: z
    .array(z.object({ number: PlaceNumber, para: PlaceNumber, sources: z.array(z.string().max(100)).max(50) }))
    .max(2_000)
    .default([]),
  paragraphs: z
    .array(z.object({ number: PlaceNumber, topic: LocalizedTextSchema }))
    .max(5_000)
    .default([]),
  visibility: z.enum(VISIBILITIES).default('public'),
})

export const registerDocument = defineCommand({
  name: 'sources.register-document',
  permission: 'sources.document.register',
  input: RegisterDocumentInput,

  async run({ db, clock, actor, changed }, input): Promise<Document> {
    const { printedSymbol = input.symbol, ...stated } = input
    const facts = { ...stated, printedSymbol } as DocumentFacts
    await refuseKnownSymbol(db, facts.symbol)
    refuseRepeatedParagraph(facts)

    const id = newId()
    const at = clock.now().toISOString()
    const document: Document = {
      id,
      ...facts,
      provenance: { origin: 'entered', actor: actor.id, at, sources: [] },
      version: 1,
      createdAt: at,
      createdBy: actor.id,
      updatedAt: at,
      updatedBy: actor.id,
    }
    await insertDocuments(db, [document])
    changed({ ref: { module: 'sources', aggregate: 'documents', id }, action: 'created', version: 1, after: factsOf(document) })
    return getDocument(db, id)
  },
})

async function refuseKnownSymbol(db: Db, symbol: string): Promise<void> {
  const known = await db.maybe(sql`select id from documents where symbol = ${symbol}`)
  if (known) throw new Problem('sources.document-already-known', { document: symbol }, { place: { field: 'symbol' } })
}

function refuseRepeatedParagraph({ paragraphs }: DocumentFacts): void {
  const seen = new Set<string>()
  for (const { number } of paragraphs) {
    if (seen.has(number))
      throw new Problem('sources.paragraph-repeated', { paragraph: number }, { place: { field: 'paragraphs' } })
    seen.add(number)
  }
}
