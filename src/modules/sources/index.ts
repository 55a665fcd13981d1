/** The door of the sources: everything that other rooms may use. */
import { getDocumentQuery } from './documents/get-document.ts'
import { listDocuments } from './documents/list-documents.ts'
import { registerDocument } from './documents/register-document.ts'
import { loadShippedSources } from './load-shipped-sources.ts'
import './problems.ts'
import { getReportedValueQuery } from './reported-values/find-reported-value.ts'
import { listReportedValues } from './reported-values/list-reported-values.ts'
import { recordReportedValue } from './reported-values/record-reported-value.ts'
import { reviseReportedValue } from './reported-values/revise-reported-value.ts'

export type { Document, DocumentKind, DocumentParagraph } from './documents/document.ts'
export { getDocument } from './documents/document-rows.ts'
export { type DocumentWithValues, getDocumentQuery, type ParagraphWithValues } from './documents/get-document.ts'
export { type DocumentPage, type ListedDocument, listDocuments } from './documents/list-documents.ts'
export { registerDocument } from './documents/register-document.ts'
export { loadShippedSources } from './load-shipped-sources.ts'
export { getReportedValueQuery, reportedValueFor } from './reported-values/find-reported-value.ts'
export { formatPartOfWhole, formatReportedValue, formatSourcePlace } from './reported-values/format-reported-value.ts'
export { listReportedValues, type ReportedValuePage } from './reported-values/list-reported-values.ts'
export { recordReportedValue } from './reported-values/record-reported-value.ts'
export {
  type Comparable,
  comparableOf,
  parseReference,
  type ReportedUnit,
  type ReportedValue,
} from './reported-values/reported-value.ts'
export { reviseReportedValue } from './reported-values/revise-reported-value.ts'
export { listShippedDocuments } from './shipped-sources.ts'

/** All operations of this module; the API, the command line and the reference pages are made from the list. */
export const sourcesOperations = [
  registerDocument,
  recordReportedValue,
  reviseReportedValue,
  loadShippedSources,
  listDocuments,
  getDocumentQuery,
  listReportedValues,
  getReportedValueQuery,
] as const
