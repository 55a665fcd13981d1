/** From the form of the columns to choices, with every mistake at its field; what was typed stays. */

import { problemText } from '../../../../i18n/problem-text.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import {
  type ColumnMapping,
  type FieldKey,
  fieldDefinition,
  isFieldKey,
  type SheetRecognition,
  type TableMapping,
} from '../../../../interop/tables/index.ts'
import type { ImportChoices } from '../../../../jobs/imports/kept-files.ts'
import type { RecognisedFile } from '../../../../jobs/imports/recognise-kept-file.ts'
import type { Collection } from '../../../../modules/registry/index.ts'
import { isCollectionKey } from '../../../../modules/registry/index.ts'
import type { FormError } from '../../../components/index.ts'
import { headingSignature } from './match-view.ts'

/** Value of the choice "a new collection"; no key begins with a plus sign. */
export const NEW_COLLECTION = '+new'

/** How the text of the file is read and where headings stand: needed before the columns can be read from the form. */
export function readOpening(form: URLSearchParams, recognised: Pick<RecognisedFile, 'sheets'>): TableMapping[] {
  const encoding = form.get('encoding') ?? ''
  const delimiter = form.get('delimiter') ?? ''
  return recognised.sheets.map((sheet, index) => ({
    ...sheet.mapping,
    headerRows: rowNumbers(form.get(`heading.${index}`)) ?? sheet.headerRows,
    ...(encoding === '' ? {} : { encoding }),
    ...(delimiter === '' ? {} : { delimiter }),
  }))
}

/** "3" or "3, 4"; empty says that there is no heading. Undefined for anything else. */
function rowNumbers(text: string | null): number[] | undefined {
  if (text === null) return undefined
  const parts = text
    .split(/[\s,;،、]+/)
    .filter((part) => part !== '')
    .map(Number)
  return parts.every((row) => Number.isInteger(row) && row > 0) ? parts.sort((a, b) => a - b) : undefined
}

export function readChoices(
  form: URLSearchParams,
  recognised: RecognisedFile,
  collections: readonly Collection[],
  t: Translator,
  /** List years that the collection of the form has: rows without a year are then asked about. */
  collectionYears: readonly string[] = [],
): { choices: ImportChoices; errors: FormError[] } {
  const errors: FormError[] = []
  const single = recognised.sheets.length === 1
  const wanted = new Set(form.getAll('sheet'))
  const chosen = recognised.sheets
    .map((sheet, index) => ({ sheet, index }))
    .filter(({ index }) => single || wanted.has(String(index)))
  if (chosen.length === 0) errors.push({ field: 'sheet', message: t('imports.match.no-sheet') })
  for (const { sheet, index } of chosen) {
    const typed = form.get(`heading.${index}`)
    if (typed !== null && rowNumbers(typed) === undefined)
      errors.push({ field: `heading.${index}`, message: t('imports.match.heading-wrong', { found: typed, sheet: sheet.sheet }) })
  }
  const firstOfGroup = new Map<string, number>()
  const mappings = chosen.map(({ sheet, index }) => {
    const signature = headingSignature(sheet)
    const group = firstOfGroup.get(signature) ?? index
    const isFirst = !firstOfGroup.has(signature)
    firstOfGroup.set(signature, group)
    return readMapping(form, sheet, index, group, isFirst ? errors : [], t)
  })
  const collection = readCollection(form, collections, errors, t)
  const withoutYear = form.get('no-year') === 'yes'
  const yearless = chosen.find((_, place) => !saysYear(mappings[place]))
  if (!collection.isNew && collectionYears.length > 0 && !withoutYear && yearless)
    errors.push({ field: `year.${yearless.index}`, message: t('imports.match.year-missing', { years: t.list(collectionYears) }) })
  const mappingName = (form.get('mapping-name') ?? '').trim().slice(0, 100)
  return {
    choices: {
      mappings,
      collection,
      language: form.get('language') || 'und',
      ...(mappingName === '' ? {} : { mappingName }),
      ...(withoutYear ? { withoutYear } : {}),
    },
    errors,
  }
}

/** Whether every row gets a list year, from a column or from what was said for all. */
export function saysYear(mapping: TableMapping | undefined): boolean {
  return mapping?.constants?.listYear !== undefined || (mapping?.columns ?? []).some(({ field }) => field === 'listYear')
}

function readMapping(
  form: URLSearchParams,
  sheet: SheetRecognition,
  index: number,
  group: number,
  errors: FormError[],
  t: Translator,
): TableMapping {
  // Another heading means other columns: what the form says of the old ones no longer applies.
  const sameHeading = form.get(`seen.${group}`) === null || form.get(`seen.${group}`) === headingSignature(sheet)
  const columns = sheet.mapping.columns.map((column) => (sameHeading ? readColumn(form, column, group, errors, t) : column))
  reportDoubles(columns, group, errors, t)
  const encoding = form.get('encoding') ?? ''
  const delimiter = form.get('delimiter') ?? ''
  const { constants: proposed, ...rest } = sheet.mapping
  const constants = readYear(form, index, columns, proposed?.listYear, errors, t)
  return {
    ...rest,
    columns,
    ...(constants === undefined ? {} : { constants: { listYear: constants } }),
    ...(encoding === '' ? {} : { encoding }),
    ...(delimiter === '' ? {} : { delimiter }),
  }
}

function readColumn(
  form: URLSearchParams,
  column: ColumnMapping,
  group: number,
  errors: FormError[],
  t: Translator,
): ColumnMapping {
  const name = (part: string) => `${part}.${group}.${column.index}`
  const given = form.get(name('field'))
  const field: FieldKey = given !== null && isFieldKey(given) ? given : column.field
  const { index, header, separator } = column
  const { form: shape } = fieldDefinition(field)
  const order = form.get(name('order'))
  const mark = form.get(name('mark'))
  const currency = (form.get(name('currency')) ?? (given === null ? column.currency : '') ?? '').trim().toUpperCase()
  if (currency !== '' && !/^[A-Z]{3}$/.test(currency))
    errors.push({ field: name('currency'), message: t('imports.match.currency-wrong', { found: currency, column: header }) })
  // What the form did not ask, because the field was another one then, stays as proposed.
  const dateOrder = order === null ? column.dateOrder : order === 'dmy' || order === 'mdy' ? order : undefined
  const decimalMark = mark === null ? column.decimalMark : mark === ',' || mark === '.' ? mark : undefined
  return {
    index,
    header,
    field,
    ...(separator === undefined ? {} : { separator }),
    ...(shape === 'date' && dateOrder ? { dateOrder } : {}),
    ...((shape === 'amount' || shape === 'count') && decimalMark ? { decimalMark } : {}),
    ...(shape === 'amount' && /^[A-Z]{3}$/.test(currency) ? { currency } : {}),
  }
}

/** A field that holds one value is filled by one column. */
function reportDoubles(columns: readonly ColumnMapping[], group: number, errors: FormError[], t: Translator): void {
  const first = new Map<FieldKey, ColumnMapping>()
  for (const column of columns) {
    if (fieldDefinition(column.field).repeats) continue
    const other = first.get(column.field)
    if (!other) first.set(column.field, column)
    else
      errors.push({
        field: `field.${group}.${column.index}`,
        message: t('imports.match.field-twice', {
          field: t(`tables.field.${column.field}`),
          first: other.header,
          second: column.header,
        }),
      })
  }
}

function readYear(
  form: URLSearchParams,
  index: number,
  columns: readonly ColumnMapping[],
  proposed: string | undefined,
  errors: FormError[],
  t: Translator,
): string | undefined {
  if (columns.some((column) => column.field === 'listYear')) return undefined
  const text = (form.get(`year.${index}`) ?? proposed ?? '').trim()
  if (text === '') return undefined
  if (!/^(19|20)\d\d$/.test(text))
    errors.push({ field: `year.${index}`, message: t('imports.match.year-wrong', { found: text }) })
  return text
}

function readCollection(
  form: URLSearchParams,
  collections: readonly Collection[],
  errors: FormError[],
  t: Translator,
): ImportChoices['collection'] {
  const chosen = form.get('collection') ?? ''
  const isNew = chosen === '' || chosen === NEW_COLLECTION
  const key = (isNew ? (form.get('new-key') ?? '') : chosen).trim()
  const known = collections.find((collection) => collection.key === key)
  const field = isNew ? 'new-key' : 'collection'
  if (!isCollectionKey(key))
    errors.push({ field, message: problemText(t, { code: 'registry.collection-key-not-accepted', params: { found: key } }) })
  else if (known?.readOnly)
    errors.push({ field, message: problemText(t, { code: 'registry.collection-read-only', params: { collection: key } }) })
  return {
    key,
    isNew: known === undefined,
    name: (form.get('new-name') ?? '').trim().slice(0, 300),
    entryState: form.get('entry') === 'submitted' ? 'submitted' : 'published',
  }
}
