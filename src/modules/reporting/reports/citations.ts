/** What the texts of a report may cite: known documents, and the paragraphs of the document that it is about. */
import type { QueryContext } from '../../../operations/index.ts'
import { type Document, getDocument, listDocuments, listShippedDocuments } from '../../sources/index.ts'
import type { TemplateToken } from '../numerals/template-tokens.ts'

/** By symbol: the paragraphs of each document; none where the document is known by its symbol alone. */
export type CitableDocuments = ReadonlyMap<string, readonly string[]>

export function shippedCitations(): CitableDocuments {
  return new Map(listShippedDocuments().map((document) => [document.symbol, paragraphsOf(document)]))
}

/** The shipped documents and those that this installation registered. */
export async function knownCitations(context: QueryContext): Promise<CitableDocuments> {
  const known = new Map(shippedCitations())
  for (let cursor: string | undefined; ; ) {
    const { rows, next } = await listDocuments.run(context, { limit: 200, cursor })
    for (const { symbol } of rows) {
      if (!known.has(symbol)) known.set(symbol, paragraphsOf(await getDocument(context.db, symbol)))
    }
    if (next === null) return known
    cursor = next
  }
}

function paragraphsOf({ paragraphs }: Pick<Document, 'paragraphs'>): string[] {
  return paragraphs.map(({ number }) => number)
}

/** Whether what a token cites is known. A token that cites nothing is none of its concern. */
export function citesKnown(token: TemplateToken, citable: CitableDocuments, sourceDocument: string): boolean {
  switch (token.kind) {
    case 'doc':
      return citable.has(token.symbol)
    case 'para':
      return (citable.get(sourceDocument) ?? []).includes(withoutLetter(token.paragraph))
    case 'said':
      return isSource(token.source, citable)
    default:
      return true
  }
}

const SOURCE = /^(.+?)(?:, para\. (\d+(?:\([a-z]\))?))?$/

function isSource(source: string, citable: CitableDocuments): boolean {
  const [, symbol = '', paragraph] = SOURCE.exec(source) ?? []
  const paragraphs = citable.get(symbol)
  if (paragraphs === undefined) return false
  return paragraph === undefined || paragraphs.length === 0 || paragraphs.includes(withoutLetter(paragraph))
}

/** 30(a) is a part of paragraph 30. */
function withoutLetter(paragraph: string): string {
  return paragraph.replace(/\(.*$/, '')
}
