/**
 * Decides, before the first row is read for good, how a column writes its dates and amounts. The mapping may have said so;
 * else the cells prove it, another column of the sheet does, or the language of the headings makes it likely, which is reported.
 */
import type { ProblemPlace, ProblemReport } from '../../kernel/problems.ts'
import { type FieldKey, fieldDefinition } from './fields.ts'
import type { ColumnMapping, TableMapping } from './mapping.ts'
import { tableReport } from './problems.ts'
import { addMarkEvidence, assumedMark, type DecimalMark, type MarkEvidence, noMarkEvidence, provenMark } from './read-amount.ts'
import { addOrderEvidence, type DateOrder, noOrderEvidence, type OrderEvidence, provenOrder } from './read-date.ts'
import type { TableSheet } from './table-file.ts'

export interface ColumnHabits {
  readonly dateOrder: ReadonlyMap<number, DateOrder>
  readonly decimalMark: ReadonlyMap<number, DecimalMark>
  readonly problems: readonly ProblemReport[]
}

/** Cells of proof after which a column is decided. */
const PROOF = 20
/** Rows after which a column without any doubtful cell is taken to have none. */
const ROWS_WITHOUT_DOUBT = 2_000

interface Evidence {
  readonly column: ColumnMapping
  readonly order: OrderEvidence
  readonly mark: MarkEvidence
}

export async function learnHabits(sheet: TableSheet, mapping: TableMapping, place: ProblemPlace): Promise<ColumnHabits> {
  const dates = undecided(mapping, ['date'], (column) => column.dateOrder === undefined)
  const amounts = undecided(mapping, ['amount', 'count'], (column) => column.decimalMark === undefined)
  if (dates.length + amounts.length > 0) await gather(sheet, mapping, dates, amounts)

  const problems: ProblemReport[] = []
  const dateOrder = new Map<number, DateOrder>()
  for (const column of mapping.columns) if (column.dateOrder) dateOrder.set(column.index, column.dateOrder)
  for (const { column, order } of dates) {
    const proven = provenOrder(order)
    if (proven) dateOrder.set(column.index, proven)
  }
  const shared = new Set(dateOrder.values())
  const elsewhere = shared.size === 1 ? [...shared][0] : undefined
  for (const { column, order } of dates) {
    if (dateOrder.has(column.index) || order.either === 0 || order.dmy + order.mdy > 0) continue
    // Month before day is the habit of English in one country only; everywhere else the day comes first.
    const likely = elsewhere ?? (mapping.language === 'en' || mapping.language === 'zh' ? undefined : 'dmy')
    if (!likely) continue
    dateOrder.set(column.index, likely)
    problems.push(tableReport('date-order-assumed', { order: likely }, { ...place, column: column.header }))
  }

  const decimalMark = new Map<number, DecimalMark>()
  for (const column of mapping.columns) if (column.decimalMark) decimalMark.set(column.index, column.decimalMark)
  for (const { column, mark } of amounts) {
    const proven = provenMark(mark)
    const likely = proven ?? (mark.comma + mark.dot > 0 ? undefined : assumedMark(mark, mapping.language))
    if (!likely) continue
    decimalMark.set(column.index, likely)
    if (!proven) problems.push(tableReport('decimal-mark-assumed', { mark: likely }, { ...place, column: column.header }))
  }
  for (const { field, power, header } of mapping.columns) {
    if (field !== 'budgetAmount' || power === undefined) continue
    problems.push(tableReport('unit-in-heading', { factor: 10 ** power }, { ...place, column: header }))
  }
  return { dateOrder, decimalMark, problems }
}

function undecided(mapping: TableMapping, forms: readonly string[], test: (column: ColumnMapping) => boolean): Evidence[] {
  return mapping.columns
    .filter((column) => forms.includes(fieldDefinition(column.field as FieldKey).form) && test(column))
    .map((column) => ({ column, order: noOrderEvidence(), mark: noMarkEvidence() }))
}

async function gather(
  sheet: TableSheet,
  mapping: TableMapping,
  dates: readonly Evidence[],
  amounts: readonly Evidence[],
): Promise<void> {
  let rows = 0
  for await (const row of sheet.rows()) {
    if (row.row < mapping.firstDataRow) continue
    rows += 1
    for (const { column, order } of dates) addOrderEvidence(order, row.cells[column.index] ?? null)
    for (const { column, mark } of amounts) addMarkEvidence(mark, row.cells[column.index] ?? null)
    if (rows % 500 !== 0) continue
    const open = (proof: number, doubt: number) => proof < PROOF && !(rows >= ROWS_WITHOUT_DOUBT && proof + doubt === 0)
    const anyOpen =
      dates.some(({ order }) => open(order.dmy + order.mdy, order.either)) ||
      amounts.some(({ mark }) => open(mark.comma + mark.dot, mark.eitherComma + mark.eitherDot))
    if (!anyOpen) return
  }
}
