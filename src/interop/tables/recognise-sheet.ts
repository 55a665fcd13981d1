/**
 * Recognises a sheet from its first rows: heading, title rows, and for each column the field it most likely holds, by its
 * heading in seven languages, by its cells, or by a saved mapping. Everything is a proposal that a person can change.
 */
import { type ColumnProfile, profileColumn } from './column-profile.ts'
import { contentFit, suggestByContent } from './content-fit.ts'
import { type FieldKey, fieldDefinition } from './fields.ts'
import { findHeader, headerAt } from './find-header.ts'
import { type ColumnMapping, savedColumn, type TableMapping } from './mapping.ts'
import { type HeaderMatch, matchHeader } from './match-header.ts'
import { currencyOf, powerInHeading, provenMark } from './read-amount.ts'
import { provenOrder } from './read-date.ts'
import { isRowNumber } from './row-number.ts'
import { cellText, columnLetters, isEmptyCell, type MergedRange, type RawRow, type TableSheet } from './table-file.ts'

export interface SheetSample {
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly RawRow[]
  readonly merges: readonly MergedRange[]
}

export interface RecognisedColumn {
  readonly index: number
  readonly header: string
  /** Undefined when nothing fits; the column is then kept word for word. */
  readonly field: FieldKey | undefined
  /** 0 to 1. */
  readonly confidence: number
  readonly reason: 'header' | 'content' | 'saved' | 'none'
  /** Key of a text that says more about the reason, such as that the column only counts its rows. */
  readonly reasonKey?: 'tables.reason.row-number'
  readonly alternatives: readonly { readonly field: FieldKey; readonly confidence: number }[]
  /** Up to three values for the screen. */
  readonly examples: readonly string[]
}

export interface SheetRecognition {
  readonly sheet: string
  readonly hidden: boolean
  readonly headerRows: readonly number[]
  readonly firstDataRow: number
  /** Rows above the heading, kept as notes. */
  readonly titleRows: readonly { readonly row: number; readonly text: string }[]
  readonly columns: readonly RecognisedColumn[]
  readonly language: string
  /** Columns with a field found by heading or saved mapping. A cover sheet has none. */
  readonly recognised: number
  /** The proposal as it would be read. */
  readonly mapping: TableMapping
}

/** Enough to see the habits of a column, little enough to be read at once. */
const SAMPLE_ROWS = 1_000
/** Below this a proposal is only an alternative. */
const ENOUGH = 0.45

export async function sampleSheet(sheet: TableSheet, rowCount = SAMPLE_ROWS): Promise<SheetSample> {
  const rows: RawRow[] = []
  for await (const row of sheet.rows()) {
    rows.push(row)
    if (rows.length >= rowCount) break
  }
  return { name: sheet.name, hidden: sheet.hidden, rows, merges: await sheet.merges() }
}

export interface RecogniseOptions {
  readonly saved?: TableMapping
  /** Rows that a person has marked as the heading; empty for "no heading". */
  readonly headerRows?: readonly number[]
}

export function recogniseSheet(sample: SheetSample, options: RecogniseOptions = {}): SheetRecognition {
  const { rows, merges } = sample
  const found = options.headerRows ? headerAt(rows, merges, options.headerRows) : findHeader(rows, merges)
  const lastHeader = found.headerRows.at(-1)
  const data = rows.slice(found.nextIndex)
  const width = Math.max(found.headings.length, ...data.map((row) => row.cells.length), 0)
  const lastHeading = found.headings.findLastIndex((parts) => parts.length > 0) + 1
  const columns: Column[] = []
  for (let index = 0; index < width; index++) {
    const parts = found.headings[index] ?? []
    const cells = data.map((row) => row.cells[index] ?? null)
    const filled = cells.filter((cell) => !isEmptyCell(cell)).length
    if (parts.length === 0 && filled === 0) continue
    // A few cells beyond the last heading are slips in single rows; the reader reports and keeps them row by row.
    const beyond = found.headerRows.length > 0 && index >= lastHeading && parts.length === 0
    if (beyond && filled * 2 <= data.length) continue
    const header = parts.join(' – ') || columnLetters(index)
    const countsRows = isRowNumber(parts.at(-1) ?? '', cells)
    columns.push({
      index,
      parts,
      header,
      matches: matchHeader(parts),
      profile: profileColumn(cells),
      countsRows,
      saved: undefined,
    })
  }
  const { saved } = options
  if (saved) for (const column of columns) column.saved = savedColumn(saved, column.parts.join(' – '), column.index)
  const language = languageOf(columns)
  const chosen = assignFields(columns, language)
  const recognised = columns.map((column) => describe(column, chosen.get(column), language, data))
  const headerStart = found.headerRows[0]
  const firstDataRow = data[0]?.row ?? (lastHeader ?? 0) + 1
  return {
    sheet: sample.name,
    hidden: sample.hidden,
    headerRows: found.headerRows,
    firstDataRow,
    titleRows: sample.rows
      .filter((row) => row.row < (headerStart ?? firstDataRow) && row.cells.some((cell) => !isEmptyCell(cell)))
      .map((row) => ({
        row: row.row,
        text: row.cells
          .map((cell) => cellText(cell).trim())
          .filter(Boolean)
          .join(' '),
      })),
    columns: recognised,
    language,
    recognised: recognised.filter((column) => column.reason === 'header' || column.reason === 'saved').length,
    mapping: {
      version: 1,
      sheet: sample.name,
      headerRows: found.headerRows,
      firstDataRow,
      language: saved?.language ?? language,
      columns: columns.map((column, at) => columnMapping(column, recognised[at]?.field)),
      ...constantsOf(sample.name, recognised, saved),
    },
  }
}

interface Column {
  readonly index: number
  readonly parts: readonly string[]
  readonly header: string
  readonly matches: readonly HeaderMatch[]
  readonly profile: ColumnProfile
  readonly countsRows: boolean
  saved: ColumnMapping | undefined
}

interface Choice {
  readonly field: FieldKey
  readonly confidence: number
  readonly reason: 'header' | 'content' | 'saved'
}

/** The language in which most headings are known for sure; English when they are codes. */
function languageOf(columns: readonly Column[]): string {
  const points = new Map<string, number>()
  for (const { matches } of columns) {
    const best = matches[0]
    if (!best || best.confidence < 0.8) continue
    for (const language of best.languages) {
      if (language !== 'key') points.set(language, (points.get(language) ?? 0) + 1 / best.languages.length)
    }
  }
  let language = 'en'
  for (const [tag, count] of points) if (count > (points.get(language) ?? 0)) language = tag
  return language
}

/** The surest pairs of column and field first; a field that holds one value is given once. */
function assignFields(columns: readonly Column[], language: string): Map<Column, Choice> {
  const pairs: (Choice & { column: Column; order: number })[] = []
  for (const [order, column] of columns.entries()) {
    const choices = choicesFor(column, language)
    if (onlyCountsRows(column, choices)) continue
    for (const choice of choices) pairs.push({ ...choice, column, order })
  }
  pairs.sort((a, b) => b.confidence - a.confidence || a.order - b.order)
  const chosen = new Map<Column, Choice>()
  const given = new Map<FieldKey, Choice['reason']>()
  for (const { column, field, confidence, reason } of pairs) {
    if (confidence < ENOUGH || chosen.has(column)) continue
    const repeats = fieldDefinition(field).repeats === true && reason !== 'content'
    if (given.has(field) && !repeats) continue
    chosen.set(column, { field, confidence, reason })
    given.set(field, reason)
  }
  return orderDates(columns, chosen)
}

/** A column that counts its rows is kept, unless a person has said that it is the key or its heading is that of another field. */
function onlyCountsRows(column: Column, choices: readonly Choice[]): boolean {
  if (!column.countsRows || column.saved !== undefined || column.matches[0]?.languages.includes('key')) return false
  const best = choices.reduce<Choice | undefined>(
    (one, other) => (other.confidence > (one?.confidence ?? 0) ? other : one),
    undefined,
  )
  return best === undefined || fieldDefinition(best.field).form === 'identifier'
}

function choicesFor(column: Column, language: string): Choice[] {
  if (column.saved) return [{ field: column.saved.field, confidence: 1, reason: 'saved' }]
  const choices = new Map<FieldKey, Choice>()
  for (const match of column.matches) {
    const fit = contentFit(match.field, column.profile)
    const foreign = match.languages.includes(language) || match.languages.includes('key') ? 0 : 0.06
    const confidence = Math.max(0, match.confidence - foreign + (fit > 0 ? 0.1 * fit : 0.4 * fit))
    choices.set(match.field, { field: match.field, confidence, reason: 'header' })
  }
  // Organisations under a heading that usually holds countries are still partners, in a role that the heading tells less of.
  const { filled, places, numbers, dates } = column.profile
  if (choices.has('partnerCountries') && filled > 0 && places < 0.3 && numbers + dates < 0.2) {
    choices.set('implementers', { field: 'implementers', confidence: 0.6, reason: 'header' })
  }
  for (const { field, confidence } of suggestByContent(column.profile)) {
    const known = choices.get(field)
    if (!known || known.confidence < confidence) choices.set(field, { field, confidence, reason: known ? 'header' : 'content' })
  }
  // A known heading that is to be kept says that the cells must not decide.
  return choices.has('kept') && (choices.get('kept')?.confidence ?? 0) > 0.9
    ? [...choices.values()].filter((choice) => choice.reason === 'header')
    : [...choices.values()]
}

/** Two date columns known by content only: the earlier ones are the start. */
function orderDates(columns: readonly Column[], chosen: Map<Column, Choice>): Map<Column, Choice> {
  const start = columns.find((column) => chosen.get(column)?.field === 'startDate')
  const end = columns.find((column) => chosen.get(column)?.field === 'endDate')
  const first = start && chosen.get(start)
  const second = end && chosen.get(end)
  if (!start || !end || first?.reason !== 'content' || second?.reason !== 'content') return chosen
  if (start.profile.averageYear > end.profile.averageYear) {
    chosen.set(start, { ...first, field: 'endDate' })
    chosen.set(end, { ...second, field: 'startDate' })
  }
  return chosen
}

function describe(column: Column, choice: Choice | undefined, language: string, data: readonly RawRow[]): RecognisedColumn {
  const choices = choicesFor(column, language)
  const keptAsNumber = choice === undefined && onlyCountsRows(column, choices)
  const alternatives = choices
    .filter((other) => other.field !== choice?.field)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, 4)
    .map(({ field, confidence }) => ({ field, confidence: Math.min(1, confidence) }))
  const examples = new Set<string>()
  for (const row of data) {
    const text = cellText(row.cells[column.index]).trim()
    if (text !== '') examples.add(text.length > 120 ? `${text.slice(0, 119)}…` : text)
    if (examples.size === 3) break
  }
  return {
    index: column.index,
    header: column.header,
    field: choice?.field,
    confidence: Math.min(1, choice?.confidence ?? 0),
    reason: choice?.reason ?? 'none',
    ...(keptAsNumber ? { reasonKey: 'tables.reason.row-number' } : {}),
    alternatives,
    examples: [...examples],
  }
}

function columnMapping(column: Column, field: FieldKey | undefined): ColumnMapping {
  if (column.saved) return { ...column.saved, index: column.index, header: column.header }
  const order = field === 'startDate' || field === 'endDate' ? provenOrder(column.profile.order) : undefined
  const isAmount = field === 'budgetAmount' || field === 'beneficiaries'
  const mark = isAmount ? provenMark(column.profile.mark) : undefined
  const currency = field === 'budgetAmount' ? currencyOf(column.parts.join(' ')) : undefined
  const power = field === 'budgetAmount' ? powerInHeading(column.parts.join(' ')) : 0
  return {
    index: column.index,
    header: column.header,
    field: field ?? 'kept',
    ...(order ? { dateOrder: order } : {}),
    ...(mark ? { decimalMark: mark } : {}),
    ...(currency ? { currency } : {}),
    ...(power > 0 ? { power } : {}),
  }
}

/** A sheet named by its year says the list year of its rows. */
function constantsOf(
  sheet: string,
  columns: readonly RecognisedColumn[],
  saved: TableMapping | undefined,
): Pick<TableMapping, 'constants'> {
  if (saved?.constants) return { constants: saved.constants }
  const year = /(?<!\d)(19[5-9]\d|20\d\d)(?!\d)/.exec(sheet)?.[1]
  if (year === undefined || columns.some((column) => column.field === 'listYear')) return {}
  return { constants: { listYear: year } }
}
