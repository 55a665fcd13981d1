/**
 * The workbook that people download, fill in and send back: headings in their language, drop-down lists, a guidance sheet
 * and the codes. Filled with rows it is an export that the reader takes in again, in any of the six languages.
 */
import type { Writable } from 'node:stream'
import { areaName, codeName, listAreas, listCodes } from '../../codes/index.ts'
import { directionOf, type Lang } from '../../i18n/languages.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { FIELD_KEYS, type FieldForm, type FieldKey, fieldDefinition } from './fields.ts'
import type { CodedText, ListedRow, NamedPlace } from './listed-row.ts'
import { type OutColumn, type OutRow, tableSheet } from './out-rows.ts'
import type { ListValidation, WorkbookCell } from './workbook-cells.ts'
import { type WrittenWorkbook, writeXlsx } from './write-xlsx.ts'

/** Fields of the template, in its order. */
export const TEMPLATE_FIELDS: readonly FieldKey[] = FIELD_KEYS.filter((field) => field !== 'kept')

/** Lists short enough for a drop-down; sectors and targets are looked up on the sheet of codes. */
const LONGEST_DROP_DOWN = 60

const WIDTHS: Partial<Record<FieldForm, number>> = { longText: 50, places: 28, parties: 28, codes: 28, text: 36, links: 36 }

/** Writes the template in a language and ends `out`; with rows it is filled. The rows' `kept` values become columns of their own. */
export async function writeTemplate(lang: Lang, rows: Iterable<ListedRow> | undefined, out: Writable): Promise<WrittenWorkbook> {
  const t = translatorFor(lang)
  const filled = rows === undefined ? [] : [...rows]
  const keptNames = [...new Set(filled.flatMap((row) => Object.keys(row.kept)))]
  const columns: OutColumn[] = [
    ...TEMPLATE_FIELDS.map((field) => templateColumn(field, t(`tables.field.${field}`))),
    ...keptNames.map((name) => ({ key: `kept:${name}`, header: name })),
  ]
  const rightToLeft = directionOf(lang) === 'rtl'
  const codes = codeRows(lang, t)
  const codesSheet = t('tables.template.sheet.codes')
  const validations = TEMPLATE_FIELDS.flatMap((field, column): ListValidation[] => {
    const range = codes.ranges.get(field)
    return range ? [{ column, source: `'${codesSheet}'!$C$${range.from}:$C$${range.to}` }] : []
  })
  return writeXlsx(
    [
      tableSheet(
        t('tables.template.sheet.data'),
        columns,
        filled.map((row) => outRow(row, lang)),
        { rightToLeft, validations },
      ),
      { name: t('tables.template.sheet.guidance'), rightToLeft, widths: [34, 110], rows: guidanceRows(t) },
      { name: codesSheet, rightToLeft, headerRows: 1, widths: [34, 28, 60], rows: codes.rows },
    ],
    out,
  )
}

function templateColumn(field: FieldKey, header: string): OutColumn {
  const { form } = fieldDefinition(field)
  const width = WIDTHS[form]
  return {
    key: field,
    header,
    ...(form === 'amount' ? { form: 'decimal' as const } : form === 'date' ? { form: 'date' as const } : {}),
    ...(width === undefined ? {} : { width }),
  }
}

function guidanceRows(t: ReturnType<typeof translatorFor>): WorkbookCell[][] {
  const intro = t('tables.template.intro')
  const fields = TEMPLATE_FIELDS.map((field) => [t(`tables.field.${field}`), t(`tables.hint.${fieldDefinition(field).form}`)])
  return [[intro], [], [t('tables.template.head.column'), t('tables.template.head.how')], ...fields]
}

interface CodeRows {
  readonly rows: readonly WorkbookCell[][]
  /** Rows on the sheet, from 1, of the lists that make a drop-down. */
  readonly ranges: ReadonlyMap<FieldKey, { from: number; to: number }>
}

function codeRows(lang: Lang, t: ReturnType<typeof translatorFor>): CodeRows {
  const rows: WorkbookCell[][] = [
    [t('tables.template.head.column'), t('tables.template.head.code'), t('tables.template.head.name')],
  ]
  const ranges = new Map<FieldKey, { from: number; to: number }>()
  for (const field of TEMPLATE_FIELDS) {
    const { list } = fieldDefinition(field)
    if (list === undefined) continue
    const name = t(`tables.field.${field}`)
    const from = rows.length + 1
    for (const { code, withdrawn } of listCodes(list)) {
      if (!withdrawn) rows.push([name, code, codeText(list, code, lang)])
    }
    if (rows.length - from < LONGEST_DROP_DOWN) ranges.set(field, { from, to: rows.length })
  }
  const hosts = t('tables.field.hosts')
  for (const { iso3 } of listAreas()) rows.push([hosts, iso3, areaName(iso3, lang)])
  return { rows, ranges }
}

/** A code as people read it: its name; numbered codes keep their number in front, since some of their names are shared. */
function codeText(list: string, code: string, lang: Lang): string {
  const name = codeName(list, code, lang)
  const numbered = /^\d/.test(code)
  return name === code ? code : numbered ? `${code} – ${name}` : name
}

function outRow(row: ListedRow, lang: Lang): OutRow {
  const cells: Record<string, OutRow[string]> = {}
  for (const field of TEMPLATE_FIELDS) cells[field] = fieldText(row, field, lang)
  for (const [name, text] of Object.entries(row.kept)) cells[`kept:${name}`] = text
  return cells
}

function fieldText(row: ListedRow, field: FieldKey, lang: Lang): OutRow[string] {
  const { list = '' } = fieldDefinition(field)
  const value = row[field]
  if (value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number') return value
  if (!Array.isArray(value)) return coded(value as CodedText, list, lang)
  if (value.length === 0) return null
  const texts = value.map((item: string | NamedPlace | CodedText) => {
    if (typeof item === 'string') return item
    const text = 'iso3' in item && item.iso3 ? areaName(item.iso3, lang) : coded(item, list, lang)
    return item.share === undefined ? text : `${text} (${Math.round(item.share * 10_000) / 100} %)`
  })
  return texts.join(field === 'links' ? ' ' : field === 'notes' ? '\n' : '; ')
}

function coded(item: NamedPlace | CodedText, list: string, lang: Lang): string {
  return 'code' in item && item.code !== undefined ? codeText(list, item.code, lang) : item.text
}
