/** The door of the tables room: tables as people have them, in and out. */
export { FIELD_KEYS, type FieldDefinition, type FieldForm, type FieldKey, fieldDefinition, isFieldKey } from './fields.ts'
export type { TableLimits } from './limits.ts'
export { type CodedText, emptyListedRow, type ListedRow, type ListedRowResult, type NamedPlace } from './listed-row.ts'
export { type ColumnMapping, parseMapping, type TableMapping } from './mapping.ts'
export { type OpenTableOptions, openTableFile } from './open-table-file.ts'
export { type OutColumn, type OutRow, type OutRows, type OutValue, tableSheet } from './out-rows.ts'
export { type ListedRows, type ReadingSummary, type ReadRowsOptions, readListedRows } from './read-listed-rows.ts'
export { type FileRecognition, recogniseFile } from './recognise-file.ts'
export {
  type RecognisedColumn,
  type RecogniseOptions,
  recogniseSheet,
  type SheetRecognition,
  type SheetSample,
  sampleSheet,
} from './recognise-sheet.ts'
export type { CellNote, CellValue, MergedRange, RawRow, TableFile, TableFormat, TableSheet } from './table-file.ts'
export type { ListValidation, WorkbookCell, WorkbookSheet } from './workbook-cells.ts'
export { type CsvOptions, openCsv, writeCsv } from './write-csv.ts'
export { writeJson, writeJsonLines } from './write-json.ts'
export { writeTemplate } from './write-template.ts'
export { type WrittenWorkbook, writeXlsx } from './write-xlsx.ts'
