/** Reads one cell into the field of its column. What cannot be read is reported and kept word for word, never guessed. */
import { areaName, nameIn, resolveOrganisation } from '../../codes/index.ts'
import type { ProblemPlace, ProblemReport } from '../../kernel/problems.ts'
import { isAreaName, resolveArea, resolveCode } from './code-look-ups.ts'
import { type FieldForm, type FieldKey, fieldDefinition } from './fields.ts'
import { LONGEST_LIST, LONGEST_NAME } from './limits.ts'
import type { CodedText, ListedRow, NamedPlace } from './listed-row.ts'
import type { ColumnMapping } from './mapping.ts'
import { quoted, type TableProblemName, tableReport } from './problems.ts'
import { currencyOf, type DecimalMark, readAmount } from './read-amount.ts'
import { type DateOrder, readDate } from './read-date.ts'
import { type ListItem, splitList } from './split-list.ts'
import { type CellValue, cellText } from './table-file.ts'

export interface CellContext {
  readonly column: ColumnMapping
  readonly dateOrder: DateOrder | undefined
  readonly decimalMark: DecimalMark | undefined
  readonly place: ProblemPlace
  /** Language for the names of areas in messages. */
  readonly language: string
  readonly problems: ProblemReport[]
  /** Unknown names that were reported already: each is said once, with the row where it first stands. */
  readonly reportedNames: Set<string>
}

/** Shares that are given for all parts must add up to this, give or take rounding (domain 6.2). */
const SHARE_TOLERANCE = 0.005

type CellReader = (values: ListedRow, text: string, context: CellContext, cell: CellValue) => void

const READERS: Readonly<Record<FieldForm, CellReader>> = {
  identifier: setText,
  text: setText,
  longText: setText,
  year: setYear,
  date: setDate,
  amount: setAmount,
  count: setCount,
  currency: setCurrency,
  places: addPlaces,
  parties: addPlaces,
  code: setCode,
  codes: addCodes,
  links: addLinks,
  contact: (values, text) => values.contact.push(text),
  kept: keep,
}

/** Fields that take a text of any length as it is. */
const FREE_TEXT: ReadonlySet<FieldForm> = new Set(['identifier', 'text', 'longText', 'contact', 'kept'])

/** Fields whose cells are countries, mostly. Implementers and funders are ministries and funds that no list can know. */
const NAMES_COUNTRIES: ReadonlySet<FieldKey> = new Set([
  'hosts',
  'partnerCountries',
  'firstProviders',
  'secondProviders',
  'recipients',
  'peers',
])

/** Spreadsheets and our own CSV files put an apostrophe before a text that would otherwise run as a formula. */
const TEXT_MARK = /^'(?=[=+\-@\t\r])/

export function readCell(values: ListedRow, cell: CellValue, context: CellContext): void {
  const text = cellText(cell).trim().replace(TEXT_MARK, '')
  if (text === '') return
  const { form } = fieldDefinition(context.column.field)
  if (text.length > LONGEST_LIST && !FREE_TEXT.has(form)) {
    keep(values, text, context)
    report(context, 'too-long-for-field', { length: text.length, limit: LONGEST_LIST })
    return
  }
  READERS[form](values, text, context, typeof cell === 'string' ? text : cell)
}

function report(context: CellContext, name: TableProblemName, params: Record<string, string | number>): void {
  context.problems.push(tableReport(name, params, context.place))
}

/** Two columns with one heading are both kept. */
function keep(values: ListedRow, text: string, { column }: CellContext): void {
  const key = Object.hasOwn(values.kept, column.header) ? `${column.header} (${column.index + 1})` : column.header
  Object.defineProperty(values.kept, key, { value: text, enumerable: true, configurable: true, writable: true })
}

type TextField =
  | Extract<FieldKey, 'identifier' | 'groupKey' | 'sourceId' | 'awardId' | 'title' | 'summary' | 'objective'>
  | 'exchangeDescription'
  | 'revision'
  | 'reportingOrg'
  | 'agencyOrg'

function setText(values: ListedRow, text: string, context: CellContext): void {
  const { field } = context.column
  if (field === 'notes') {
    values.notes.push(text)
    return
  }
  setOnce(values, field as TextField, text, text, context)
}

/** A field that holds one value takes the first; a second column for it is kept beside. */
function setOnce<Field extends keyof ListedRow>(
  values: ListedRow,
  field: Field,
  value: ListedRow[Field],
  text: string,
  context: CellContext,
): void {
  if (values[field] === undefined) values[field] = value
  else if (values[field] !== value) {
    keep(values, text, context)
    report(context, 'second-value', { found: quoted(text), field })
  }
}

function setYear(values: ListedRow, text: string, context: CellContext, cell: CellValue): void {
  const reading = readDate(cell, undefined)
  if (reading.status === 'date' || reading.status === 'ambiguous') {
    setOnce(values, 'listYear', Number(reading.date.slice(0, 4)), text, context)
    return
  }
  keep(values, text, context)
  if (reading.status === 'calendar') report(context, 'other-calendar', { found: quoted(text), calendar: reading.calendar })
  else report(context, 'not-a-year', { found: quoted(text) })
}

function setDate(values: ListedRow, text: string, context: CellContext, cell: CellValue): void {
  const target = context.column.field === 'endDate' ? 'endDate' : 'startDate'
  const reading = readDate(cell, context.dateOrder)
  if (reading.status === 'date') {
    setOnce(values, target, reading.date, text, context)
    if (reading.end !== undefined && target === 'startDate') setOnce(values, 'endDate', reading.end, text, context)
    return
  }
  keep(values, text, context)
  const found = quoted(text)
  if (reading.status === 'calendar') report(context, 'other-calendar', { found, calendar: reading.calendar })
  else if (reading.status === 'impossible') report(context, 'impossible-date', { found, order: context.dateOrder ?? 'none' })
  else {
    setOnce(values, target, reading.date, text, context)
    report(context, 'ambiguous-date', { found, first: reading.first, second: reading.second })
  }
}

function setAmount(values: ListedRow, text: string, context: CellContext, cell: CellValue): void {
  const reading = readAmount(cell, context.decimalMark, context.column.power)
  const found = quoted(text)
  if (reading.status === 'amount' && !reading.negative) {
    setOnce(values, 'budgetAmount', reading.amount, text, context)
    const currency = reading.currency ?? context.column.currency
    if (currency !== undefined && values.budgetCurrency === undefined) values.budgetCurrency = currency
    return
  }
  keep(values, text, context)
  if (reading.status === 'amount') report(context, 'negative-amount', { found })
  else if (reading.status === 'ambiguous')
    report(context, 'ambiguous-amount', { found, first: reading.first, second: reading.second })
  else report(context, 'not-an-amount', { found })
}

function setCount(values: ListedRow, text: string, context: CellContext, cell: CellValue): void {
  const reading = readAmount(cell, context.decimalMark)
  const count = reading.status === 'amount' && !reading.negative ? Number(reading.amount) : Number.NaN
  if (Number.isSafeInteger(count)) {
    setOnce(values, 'beneficiaries', count, text, context)
    return
  }
  keep(values, text, context)
  report(context, 'not-a-count', { found: quoted(text) })
}

function setCurrency(values: ListedRow, text: string, context: CellContext): void {
  const currency = currencyOf(text)
  if (currency !== undefined) {
    // The column of currencies says more than a sign beside an amount or in a heading.
    values.budgetCurrency = currency
    return
  }
  keep(values, text, context)
  report(context, 'unknown-currency', { found: quoted(text) })
}

type PlaceField =
  | 'hosts'
  | 'partnerCountries'
  | 'firstProviders'
  | 'secondProviders'
  | 'recipients'
  | 'peers'
  | 'funders'
  | 'implementers'

function addPlaces(values: ListedRow, text: string, context: CellContext): void {
  const { field } = context.column
  const { form } = fieldDefinition(field)
  const isKnown = NAMES_COUNTRIES.has(field) ? namesArea : isAreaName
  const items = splitList(text, isKnown, { splitUnknown: form === 'places', ...separatorOf(context) })
  const list = values[field as PlaceField]
  for (const item of items) {
    const place = readPlace(item, context)
    const twice = list.some((other) => (place.iso3 ? other.iso3 === place.iso3 : other.text === place.text))
    if (!twice) list.push(place)
  }
  checkShares(items, text, context)
}

/** A longer text is no short form of a name; looking for it among all names takes a millisecond. */
const LONGEST_SHORT_FORM = 30

/** Also the short forms that only the list of other systems' wordings knows: Burkina, Trinidad. */
function namesArea(text: string): boolean {
  return isAreaName(text) || (text.length <= LONGEST_SHORT_FORM && resolveArea(text).status === 'found')
}

function readPlace(item: ListItem, context: CellContext): NamedPlace {
  const { text } = item
  const share = item.share === undefined ? {} : { share: item.share }
  const namesCountries = NAMES_COUNTRIES.has(context.column.field)
  if (!namesCountries && !isAreaName(text)) return { text, ...share }
  const answer = resolveArea(text)
  const named = (codes: readonly string[]) => codes.map((code) => `${areaName(code, context.language)} (${code})`).join(', ')
  if (answer.status === 'found') {
    if (answer.caution) {
      const area = areaName(answer.iso3, context.language)
      report(context, 'name-caution', { found: quoted(text), area, candidates: named(answer.caution.candidates) })
    }
    return { text, iso3: answer.iso3, ...share }
  }
  if (answer.status === 'ambiguous') {
    report(context, 'ambiguous-country', { found: quoted(text), candidates: named(answer.candidates) })
    return { text, candidates: answer.candidates, ...share }
  }
  const region = resolveCode('region', text) ?? resolveCode('countryGroup', text)
  if (region !== undefined)
    return fieldDefinition(context.column.field).form === 'places' ? { text, region, ...share } : { text, ...share }
  reportUnknownName(text, named(answer.suggestions), context)
  return { text, ...share }
}

/** Distinct unknown names that are remembered; beyond them a name may be said twice. */
const NAMES_REMEMBERED = 20_000
const ORGANISATIONS_SUGGESTED = 3

function reportUnknownName(text: string, areas: string, context: CellContext): void {
  const { reportedNames, language } = context
  if (reportedNames.has(text)) return
  if (reportedNames.size < NAMES_REMEMBERED) reportedNames.add(text)
  const organisation = text.length > LONGEST_NAME ? undefined : resolveOrganisation(text)
  if (organisation !== undefined && organisation.status !== 'unknown') return
  const organisations = (organisation?.suggestions ?? [])
    .slice(0, ORGANISATIONS_SUGGESTED)
    .map(({ names, key }) => nameIn(names, language) ?? key)
    .join(', ')
  report(context, 'name-unknown', { found: quoted(text), suggestions: areas || organisations || 'none' })
}

function separatorOf({ column }: CellContext): { separator?: string } {
  return column.separator === undefined ? {} : { separator: column.separator }
}

function checkShares(items: readonly ListItem[], text: string, context: CellContext): void {
  const shares = items.map((item) => item.share).filter((share) => share !== undefined)
  if (shares.length === 0) return
  const sum = shares.reduce((total, share) => total + share, 0)
  const complete = shares.length === items.length
  const possible = shares.every((share) => share >= 0 && share <= 1) && sum <= 1 + SHARE_TOLERANCE
  if (possible && (!complete || sum >= 1 - SHARE_TOLERANCE)) return
  report(context, 'impossible-share', { found: quoted(text), sum: Math.round(sum * 10_000) / 100 })
}

function setCode(values: ListedRow, text: string, context: CellContext): void {
  const { field } = context.column
  const target = field as 'kind' | 'phase' | 'scale'
  const coded = readCode({ text }, field, context)
  if (values[target] === undefined) values[target] = coded
  else if (values[target].text !== text) {
    keep(values, text, context)
    report(context, 'second-value', { found: quoted(text), field })
  }
}

type CodesField =
  | 'partnerTypes'
  | 'agencyRoles'
  | 'regions'
  | 'territorialFocus'
  | 'theme'
  | 'sectors'
  | 'sdgGoals'
  | 'demandAreas'
  | 'modalities'

function addCodes(values: ListedRow, text: string, context: CellContext): void {
  const { field } = context.column
  const { list = '' } = fieldDefinition(field)
  const items = splitList(text, (part) => resolveCode(list, part) !== undefined, { splitUnknown: false, ...separatorOf(context) })
  const coded = values[field as CodesField]
  let namesCooperation = false
  for (const item of items) {
    if (field === 'modalities' && isTypeOfCooperation(item.text)) {
      namesCooperation = true
      report(context, 'cooperation-is-computed', { found: quoted(item.text) })
      continue
    }
    const one = readCode(item, field, context)
    if (!coded.some((other) => (one.code ? other.code === one.code : other.text === one.text))) coded.push(one)
  }
  if (namesCooperation) keep(values, text, context)
  checkShares(items, text, context)
}

/** "Sud-Sud" and "Triangulaire" say who cooperates, not by which means; the type is computed from partners and roles. */
function isTypeOfCooperation(text: string): boolean {
  return resolveCode('modality', text) === undefined && resolveCode('framework', text) !== undefined
}

function readCode(item: ListItem, field: FieldKey, context: CellContext): CodedText {
  const { list = '' } = fieldDefinition(field)
  const code = resolveCode(list, item.text)
  if (code === undefined) report(context, 'unknown-code', { found: quoted(item.text), list })
  return { ...item, ...(code === undefined ? {} : { code }) }
}

function addLinks(values: ListedRow, text: string, context: CellContext): void {
  for (const part of text
    .replace(/\s+/g, ' ')
    .split(/[ |;]+(?=https?:|www\.)| /i)
    .map((one) => one.replace(/^[|;,]+|[|;,]+$/g, ''))) {
    if (part === '') continue
    const link = /^www\./i.test(part) ? `http://${part}` : part
    if (/^https?:\/\/[^\s<>"]+$/i.test(link) && URL.canParse(link)) values.links.push(link)
    else {
      keep(values, text, context)
      report(context, 'not-a-link', { found: quoted(part) })
      return
    }
  }
}
