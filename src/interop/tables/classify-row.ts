/** Rows of a table that hold no record: blank rows, totals, repeated headings, sections and notes. None is dropped silently. */
import { normaliseName } from '../../codes/index.ts'
import { LOOKED_AT } from './limits.ts'
import { cellText, isEmptyCell, type RawRow } from './table-file.ts'

export type RowKind = 'data' | 'blank' | 'total' | 'header' | 'note'

/** Words that open a totals row, in normalised form. */
const TOTAL_WORDS =
  /^((grand |sub |general |overall |sous |sub)?totals?|sous totaux|totaux|total(es|is)?|subtotal(es)?|suma|soma|sum|cumul|ensemble|итого|всего|итог|合计|总计|小计|总数|共计|المجموع|الاجمالي|اجمالي|مجموع)( |$|\d|:)/

/** Words that open a note below a table. */
const NOTE_WORDS =
  /^(source|sources|note|notes|nota|notas|remarque|fuente|fuentes|fonte|elaboracion|elaborado|источник|примечание|资料来源|来源|注|المصدر|ملاحظة|n b|nb|prepared by|updated|as of|date of extraction)( |:|$|：)/

export interface TableShape {
  /** Columns that the mapping reads or keeps. */
  readonly columns: number
  /** Texts of the heading rows, to know a heading that is repeated on each printed page. */
  readonly headerTexts: Set<string>
  /** Column of the identifier and of the title, where there are any. */
  readonly identifierColumn: number | undefined
  readonly titleColumn: number | undefined
  /** Row numbers merged across most of the table: section titles. */
  readonly mergedAcross: ReadonlySet<number>
}

export function classifyRow(row: RawRow, shape: TableShape): RowKind {
  const filled: { column: number; text: string; isText: boolean }[] = []
  for (const [column, cell] of row.cells.entries()) {
    if (isEmptyCell(cell)) continue
    const text = cellText(cell).trim().slice(0, LOOKED_AT)
    filled.push({ column, text, isText: typeof cell === 'string' && !/^[\s\d.,'%$€£()-]+$/.test(text) })
  }
  if (filled.length === 0) return 'blank'
  if (shape.headerTexts.size > 0 && shape.headerTexts.has(rowText(row))) return 'header'
  const first = filled[0]
  if (first && filled.length <= Math.max(2, shape.columns * 0.7) && isTotal(filled, shape)) return 'total'
  if (shape.columns < 4 || filled.length > 1 || !first) return 'data'
  // One cell alone in a wide table: a title is a record of which nothing else is known, anything else is a section or note.
  if (shape.mergedAcross.has(row.row)) return 'note'
  if (NOTE_WORDS.test(normaliseName(first.text)) || /^\*/.test(first.text)) return 'note'
  if (first.column === shape.titleColumn && first.column !== 0) return 'data'
  if (first.column === shape.titleColumn && shape.identifierColumn === undefined) return 'data'
  return first.column === shape.identifierColumn && /\d/.test(first.text) ? 'data' : 'note'
}

function isTotal(filled: readonly { column: number; text: string; isText: boolean }[], shape: TableShape): boolean {
  const texts = filled.filter((cell) => cell.isText)
  const label = texts.find((cell) => TOTAL_WORDS.test(`${normaliseName(cell.text)} `))
  // "Total sanitation" with a country and a date is a project; a total has its label and numbers.
  if (!label || texts.length > 2) return false
  const identified = filled.some((cell) => cell.column === shape.identifierColumn && cell !== label)
  return !identified && (label === filled[0] || label === texts[0])
}

export function rowText(row: RawRow): string {
  return row.cells
    .map((cell) => cellText(cell).replace(/\s+/g, ' ').trim())
    .join('\t')
    .trimEnd()
}
