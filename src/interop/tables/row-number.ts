/**
 * A running number is no key: next year's list counts from 1 again, and would overwrite this year's initiatives. Codes and
 * numbers given by a register do not count 1, 2, 3 from row to row.
 */
import { headerForm } from './match-header.ts'
import { plainDigits } from './plain-digits.ts'
import { type CellValue, cellText, isEmptyCell } from './table-file.ts'

/** Headings that say nothing but "number" or "order", in the form in which headings are compared. */
const NUMBER_HEADINGS: ReadonlySet<string> = new Set(
  [
    'N°|Nº|No|Nr|Num|Nro|#|№|Number|Numéro|Número|Номер|Numero|Núm|Item|Ítem',
    'S/N|SN|Sl No|Sr No|Serial number|Serial no|Row|Row number|Line|Line no',
    'Ord|Ordre|Orden|Ordem|N° d’ordre|Numéro d’ordre|Nº de orden|Número de orden|Nº de ordem|Ligne|Rang|Fila',
    '№ п/п|п/п|Номер п/п|Порядковый номер|№№|序号|编号|序列|行号|م|ر.م|ت|الرقم|رقم|مسلسل|الرقم التسلسلي|رقم تسلسلي',
  ]
    .join('|')
    .split('|')
    .map(headerForm),
)

/** Share of cells that are numbers; the others are titles of sections, totals and notes, which stand in the first column. */
const COUNTED = 0.4
/** Share of cells that must follow the one above; sections start anew, and a row may have been struck out. */
const FOLLOWING = 0.9
const LARGEST_GAP = 3
const CELLS_WITHOUT_HEADING = 3

/** Whether the cells below a heading only count the rows. Under a heading that promises a code they must count without a gap. */
export function isRowNumber(heading: string, cells: readonly CellValue[]): boolean {
  const filled = cells.filter((cell) => !isEmptyCell(cell))
  const saysNumber = NUMBER_HEADINGS.has(headerForm(heading))
  if (saysNumber && filled.length === 0) return true
  const numbers = filled.map((cell) => runningNumber(cell, saysNumber)).filter((number) => number !== undefined)
  const [first] = numbers
  if (first === undefined || first > 1) return false
  const following = numbers.filter((number, at) => at === 0 || follows(number, numbers[at - 1] ?? 0, saysNumber)).length
  return saysNumber
    ? numbers.length >= filled.length * COUNTED && following >= numbers.length * FOLLOWING
    : numbers.length === filled.length && following === numbers.length && numbers.length >= CELLS_WITHOUT_HEADING
}

function follows(number: number, before: number, saysNumber: boolean): boolean {
  if (!saysNumber) return number === before + 1
  return number === 1 || (number >= before && number - before <= LARGEST_GAP)
}

/** 1, "1.", "2)", "٣"; "007" only where the heading asks for no code. */
function runningNumber(cell: CellValue, saysNumber: boolean): number | undefined {
  if (typeof cell !== 'number' && typeof cell !== 'string') return undefined
  const text = plainDigits(cellText(cell).slice(0, 20)).trim()
  const digits = (saysNumber ? /^[(]?(\d{1,6})[.)]?$/ : /^(0|[1-9]\d{0,5})$/).exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
