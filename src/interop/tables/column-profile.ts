/** What the cells of one column look like: shares of countries, dates, amounts, known codes, addresses, long texts. */
import { isAreaName, resolveCode } from './code-look-ups.ts'
import { FIELD_KEYS, type FieldKey, fieldDefinition } from './fields.ts'
import { LOOKED_AT } from './limits.ts'
import { addMarkEvidence, isCurrency, type MarkEvidence, noMarkEvidence, readAmount } from './read-amount.ts'
import { addOrderEvidence, noOrderEvidence, type OrderEvidence, readDate } from './read-date.ts'
import { splitList } from './split-list.ts'
import { type CellValue, cellText, isEmptyCell } from './table-file.ts'

/** Shares are 0 to 1 of the cells that hold something. */
export interface ColumnProfile {
  readonly filled: number
  readonly distinctShare: number
  readonly averageLength: number
  readonly places: number
  /** Names a cell on average, where they are countries. */
  readonly placesPerCell: number
  readonly dates: number
  readonly years: number
  readonly numbers: number
  readonly amounts: number
  readonly largestNumber: number
  readonly counting: boolean
  readonly links: number
  readonly contacts: number
  readonly currencies: number
  readonly identifiers: number
  readonly codes: ReadonlyMap<FieldKey, number>
  readonly order: OrderEvidence
  readonly mark: MarkEvidence
  /** Earliest date as text, to tell start from end. */
  readonly averageYear: number
}

/** Distinct values looked at; a column repeats itself long before. */
const VALUES = 300

/** A cell of codes or their names is rarely longer; a sentence is, and looking its words up in every list takes long. */
const LONGEST_CODES = 160

const CODED_FIELDS = FIELD_KEYS.filter((field) => {
  const { form } = fieldDefinition(field)
  return form === 'code' || form === 'codes'
})

export function profileColumn(cells: readonly CellValue[]): ColumnProfile {
  const filled = cells.filter((cell) => !isEmptyCell(cell))
  const distinct = new Map<string, CellValue>()
  let length = 0
  for (const cell of filled) {
    const whole = cellText(cell).trim()
    const text = whole.length > LOOKED_AT ? whole.slice(0, LOOKED_AT) : whole
    if (distinct.has(text) || distinct.size >= VALUES) continue
    distinct.set(text, whole === text ? cell : text)
    length += whole.length
  }
  const values = [...distinct]
  const share = (test: (text: string, value: CellValue) => boolean) =>
    values.length === 0 ? 0 : values.filter(([text, value]) => test(text, value)).length / values.length
  const order = noOrderEvidence()
  const mark = noMarkEvidence()
  for (const cell of filled) {
    addOrderEvidence(order, cell)
    addMarkEvidence(mark, cell)
  }
  const places = placeShare(values.map(([text]) => text))
  const numbers = filled.map(numberOf).filter((number) => number !== undefined)
  const years = values.map(([, value]) => yearOf(value)).filter((year) => year !== undefined)
  return {
    filled: filled.length,
    distinctShare: filled.length === 0 ? 0 : Math.min(distinct.size / Math.min(filled.length, VALUES), 1),
    averageLength: length / Math.max(values.length, 1),
    places: places.share,
    placesPerCell: places.perCell,
    dates: share((_text, value) => isDate(value)),
    years: share((text) => /^(19[5-9]|20[0-9])\d$/.test(text)),
    numbers: share((_text, value) => numberOf(value) !== undefined),
    amounts: share((_text, value) => readAmount(value, '.').status !== 'none'),
    largestNumber: numbers.reduce((largest, number) => Math.max(largest, number), 0),
    counting:
      numbers.length > 2 && numbers.length === filled.length && numbers.every((number, at) => number === (numbers[0] ?? 0) + at),
    links: share((text) => /^(https?:\/\/|www\.)\S+/i.test(text)),
    contacts: share((text) => /\S+@\S+\.\w/.test(text) || isTelephone(text)),
    currencies: share((text) => /^[A-Za-z]{3}$/.test(text) && isCurrency(text)),
    identifiers: share((text) => /^[\p{L}\d][\p{L}\d./_-]{1,40}$/u.test(text) && /\d/.test(text)),
    codes: codeShares(values.map(([text]) => text)),
    order,
    mark,
    averageYear: years.reduce((sum, year) => sum + year, 0) / Math.max(years.length, 1),
  }
}

function placeShare(texts: readonly string[]): { share: number; perCell: number } {
  let known = 0
  let total = 0
  let cells = 0
  for (const text of texts) {
    // A sentence is no list of countries, whatever it names.
    const items = text.length >= LOOKED_AT ? [{ text }] : splitList(text, isAreaName, { splitUnknown: true })
    const found = items.filter((item) => isAreaName(item.text)).length
    known += found
    total += items.length
    if (found > 0) cells += 1
  }
  return { share: total === 0 ? 0 : known / total, perCell: cells === 0 ? 0 : known / cells }
}

/** Share of the names in a column that each code list knows. */
function codeShares(texts: readonly string[]): Map<FieldKey, number> {
  const shares = new Map<FieldKey, number>()
  const short = texts.filter((text) => text.length <= LONGEST_CODES)
  if (short.length === 0) return shares
  for (const field of CODED_FIELDS) {
    const { list = '' } = fieldDefinition(field)
    const isKnown = (text: string) => resolveCode(list, text) !== undefined
    let known = 0
    let total = 0
    for (const text of short) {
      const items = splitList(text, isKnown, { splitUnknown: false })
      known += items.filter((item) => isKnown(item.text)).length
      total += items.length
    }
    shares.set(field, total === 0 ? 0 : (known / total) * (short.length / texts.length))
  }
  return shares
}

/** International numbers, or nine digits and more in groups; dates have eight. */
function isTelephone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length
  return /^\+?[\d\s().-]{8,22}$/.test(text) && (text.startsWith('+') || (digits >= 9 && /[\s()-]/.test(text)))
}

function isDate(value: CellValue): boolean {
  if (value instanceof Date) return true
  if (typeof value !== 'string') return false
  // A bare year or number is counted as a year or number.
  if (/^\d+$/.test(value.trim())) return false
  const { status } = readDate(value, undefined)
  return status === 'date' || status === 'ambiguous' || status === 'calendar'
}

function numberOf(value: CellValue): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.length > LOOKED_AT || !/^\s*-?[\d.,'\s\u00a0\u202f]+\s*$/.test(value)) return undefined
  const reading = readAmount(value, '.')
  return reading.status === 'amount' ? Number(reading.amount) : undefined
}

function yearOf(value: CellValue): number | undefined {
  const reading = readDate(value, undefined)
  return reading.status === 'date' || reading.status === 'ambiguous'
    ? Number(reading.date.slice(0, 4)) + monthShare(reading.date)
    : undefined
}

function monthShare(date: string): number {
  return date.length > 4 ? Number(date.slice(5, 7)) / 13 : 0
}
