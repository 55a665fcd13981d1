/**
 * How one sheet is to be read: plain JSON, so that it can be shown, adjusted on screen and saved by name. A saved mapping
 * fits another file by its headings, not by position.
 */
import { Problem } from '../../kernel/problems.ts'
import { FIELD_KEYS, type FieldKey, isFieldKey } from './fields.ts'
import { headerForm } from './match-header.ts'
import type { DecimalMark } from './read-amount.ts'
import type { DateOrder } from './read-date.ts'

export interface ColumnMapping {
  /** Position in the sheet, from 0. */
  readonly index: number
  /** As the file has it; parts of a heading of several rows are joined by " – ". */
  readonly header: string
  /** `kept` columns are stored word for word under their header. */
  readonly field: FieldKey
  readonly dateOrder?: DateOrder
  readonly decimalMark?: DecimalMark
  /** The one separator of lists in this column; without it the usual ones are tried. */
  readonly separator?: string
  /** ISO 4217, from a heading such as "Montant (USD)" or said by a person. */
  readonly currency?: string
  /** Power of ten that the heading states for amounts: 3 for "thousand USD", 6 for millions. */
  readonly power?: number
}

export interface TableMapping {
  readonly version: 1
  /** Name of the sheet; empty for CSV and for a JSON file that is one list. */
  readonly sheet: string
  readonly headerRows: readonly number[]
  /** Row number where data begin. */
  readonly firstDataRow: number
  /** Language of the headings: decides what an undecided date order or decimal mark most likely is. */
  readonly language: string
  readonly columns: readonly ColumnMapping[]
  /** Values for every row, for example the list year that only the sheet name tells. */
  readonly constants?: Readonly<Partial<Record<FieldKey, string>>>
  readonly encoding?: string
  readonly delimiter?: string
}

/** Reads a mapping that was saved or sent. Throws `tables.broken-mapping` with the first thing that is wrong. */
export function parseMapping(value: unknown): TableMapping {
  const broken = (reason: string) => new Problem('tables.broken-mapping', { reason })
  if (!isObject(value)) throw broken('{}')
  const { sheet, headerRows, firstDataRow, language, columns, constants, encoding, delimiter } = value
  if (!Array.isArray(columns) || columns.length === 0) throw broken('columns')
  if (!Array.isArray(headerRows) || !headerRows.every((row) => Number.isInteger(row))) throw broken('headerRows')
  if (!Number.isInteger(firstDataRow)) throw broken('firstDataRow')
  return {
    version: 1,
    sheet: typeof sheet === 'string' ? sheet : '',
    headerRows: headerRows as number[],
    firstDataRow: firstDataRow as number,
    language: typeof language === 'string' ? language : 'en',
    columns: columns.map((column, at) => parseColumn(column, at, broken)),
    ...(isObject(constants) ? { constants: parseConstants(constants, broken) } : {}),
    ...(typeof encoding === 'string' ? { encoding } : {}),
    ...(typeof delimiter === 'string' ? { delimiter } : {}),
  }
}

function parseColumn(value: unknown, at: number, broken: (reason: string) => Problem): ColumnMapping {
  const where = `columns[${at}]`
  if (!isObject(value)) throw broken(where)
  const { index, header, field, dateOrder, decimalMark, separator, currency, power } = value
  if (!Number.isInteger(index) || (index as number) < 0) throw broken(`${where}.index`)
  if (typeof field !== 'string' || !isFieldKey(field)) throw broken(`${where}.field: ${FIELD_KEYS.join(', ')}`)
  return {
    index: index as number,
    header: typeof header === 'string' ? header : '',
    field,
    ...(dateOrder === 'dmy' || dateOrder === 'mdy' ? { dateOrder } : {}),
    ...(decimalMark === ',' || decimalMark === '.' ? { decimalMark } : {}),
    ...(typeof separator === 'string' && separator !== '' ? { separator } : {}),
    ...(typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? { currency } : {}),
    ...(typeof power === 'number' && Number.isInteger(power) && power > 0 && power <= 12 ? { power } : {}),
  }
}

function parseConstants(value: Record<string, unknown>, broken: (reason: string) => Problem): Partial<Record<FieldKey, string>> {
  const constants: Partial<Record<FieldKey, string>> = {}
  for (const [field, text] of Object.entries(value)) {
    if (!isFieldKey(field) || typeof text !== 'string') throw broken(`constants.${field}`)
    constants[field] = text
  }
  return constants
}

/** The column of a saved mapping for a heading: the same words, or the same position when the heading is empty. */
export function savedColumn(saved: TableMapping, header: string, index: number): ColumnMapping | undefined {
  const form = headerForm(header)
  if (form === '') return saved.columns.find((column) => column.index === index && headerForm(column.header) === '')
  const same = saved.columns.filter((column) => headerForm(column.header) === form)
  return same.find((column) => column.index === index) ?? same[0]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
