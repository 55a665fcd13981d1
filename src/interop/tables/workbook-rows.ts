/** The cells of one worksheet, collected row by row while its XML goes by (ECMA-376 part 1, 18.3.1). */
import { Problem } from '../../kernel/problems.ts'
import type { TableLimits } from './limits.ts'
import { attribute, type XmlHandler } from './scan-xml.ts'
import type { CellNote, CellValue, RawRow } from './table-file.ts'
import { type NumberForm, serialDate } from './workbook-formats.ts'

interface RowContext {
  readonly fileName: string
  readonly sheet: string
  readonly date1904: boolean
  readonly limits: TableLimits
}

export function rowScanner(texts: readonly string[], forms: readonly NumberForm[], context: RowContext) {
  let ready: RawRow[] = []
  let row = 0
  let cells: CellValue[] = []
  let notes: CellNote[] = []
  let column = -1
  let type = 'n'
  let style = 0
  let value: string | undefined
  let formula: string | undefined
  let reading: 'value' | 'formula' | undefined

  const handler: XmlHandler = {
    open(name, source) {
      switch (name) {
        case 'row':
          row = Number(attribute(source, 'r') ?? row + 1)
          cells = []
          notes = []
          column = -1
          break
        case 'c': {
          column = columnOf(source, column)
          type = attribute(source, 't') ?? 'n'
          style = Number(attribute(source, 's') ?? 0)
          value = undefined
          formula = undefined
          break
        }
        case 'v':
          value = ''
          reading = 'value'
          break
        case 't':
          value ??= ''
          reading = 'value'
          break
        case 'f':
          formula = ''
          reading = 'formula'
          break
        case 'rPh':
          reading = undefined
          break
      }
    },
    text(text) {
      if (reading === 'value') value += text
      else if (reading === 'formula') formula += text
    },
    close(name) {
      if (name === 'v' || name === 't' || name === 'f') reading = undefined
      else if (name === 'c') addCell()
      else if (name === 'row') ready.push({ row, cells, ...(notes.length > 0 ? { notes } : {}) })
    },
  }

  function addCell(): void {
    const cell = cellValue()
    if (formula !== undefined) notes.push({ column, kind: value === undefined ? 'formula-without-value' : 'formula' })
    if (type === 'e') notes.push({ column, kind: 'cell-error' })
    if (cell === null) return
    if (column >= context.limits.columns) {
      const place = { file: context.fileName, sheet: context.sheet, row }
      throw new Problem('tables.too-many-columns', { count: column + 1, limit: context.limits.columns }, { place })
    }
    while (cells.length < column) cells.push(null)
    cells[column] = cell
  }

  function cellValue(): CellValue {
    if (value === undefined) return formula === undefined ? null : `=${formula}`
    switch (type) {
      case 's':
        return unescapeControl(texts[Number(value)] ?? '')
      case 'str':
      case 'inlineStr':
        return unescapeControl(value)
      case 'b':
        return value === '1' || value === 'true'
      case 'e':
        return value
      case 'd': {
        const date = new Date(value.endsWith('Z') ? value : `${value}Z`)
        return Number.isNaN(date.getTime()) ? value : date
      }
      default:
        return numberValue(value)
    }
  }

  function numberValue(text: string): CellValue {
    if (text.trim() === '') return null
    const number = Number(text)
    if (Number.isNaN(number)) return text
    const form = forms[style]
    if (form?.kind === 'date') return serialDate(number, context.date1904) ?? number
    if (form?.kind === 'padded' && Number.isInteger(number)) return text.padStart(form.digits, '0')
    return number
  }

  return {
    handler,
    take(): RawRow[] {
      const taken = ready
      ready = []
      return taken
    },
  }
}

/** Column of a cell from its reference (`BC12`); without one it follows the cell before. */
function columnOf(source: string, previous: number): number {
  const reference = attribute(source, 'r')
  if (reference === undefined) return previous + 1
  let index = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) break
    index = index * 26 + code - 64
  }
  return index - 1
}

/** Workbooks write control characters as `_x000D_`. */
function unescapeControl(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
