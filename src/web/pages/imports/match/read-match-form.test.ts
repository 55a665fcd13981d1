import { describe, expect, test } from 'vitest'
import { translatorFor } from '../../../../i18n/translator.ts'
import { recogniseSheet, type SheetRecognition } from '../../../../interop/tables/index.ts'
import type { RecognisedFile } from '../../../../jobs/imports/recognise-kept-file.ts'
import type { Collection } from '../../../../modules/registry/index.ts'
import { readChoices, readOpening } from './read-match-form.ts'

const t = translatorFor('en')

function sheet(name: string, rows: readonly (readonly string[])[]): SheetRecognition {
  return recogniseSheet({ name, hidden: false, merges: [], rows: rows.map((cells, index) => ({ row: index + 1, cells })) })
}

function file(...sheets: SheetRecognition[]): RecognisedFile {
  const common = { fileName: 'a.csv', format: 'csv' as const, sizeBytes: 1, encoding: 'utf-8', delimiter: ',', problems: [] }
  return { ...common, sheets, proposed: sheets.map((one) => one.sheet) }
}

const ONE = file(
  sheet('', [
    ['Title', 'Country', 'Budget', 'Start date'],
    ['Wells', 'Kenya', '5', '2014'],
  ]),
)
const SAMPLE = { key: 'undp-2014', readOnly: true } as Collection
const WORKING = { key: 'mine', readOnly: false } as Collection

const read = (fields: Record<string, string>, recognised = ONE, collections: Collection[] = []) =>
  readChoices(new URLSearchParams({ 'new-key': 'wells', ...fields }), recognised, collections, t)

describe('The form of the columns', () => {
  test('gives the proposal back when nothing was changed', () => {
    const { choices, errors } = read({})
    expect(errors).toEqual([])
    expect(choices.mappings.map(({ columns }) => columns.map(({ field }) => field))).toEqual([
      ['title', 'hosts', 'budgetAmount', 'startDate'],
    ])
    expect(choices.collection).toEqual({ key: 'wells', isNew: true, name: '', entryState: 'published' })
    expect(choices.language).toBe('und')
  })

  test('takes what a person chose: field, order of day and month, decimal mark, currency', () => {
    const { choices, errors } = read({
      'field.0.1': 'partnerCountries',
      'order.0.3': 'mdy',
      'mark.0.2': ',',
      'currency.0.2': 'xof',
    })
    expect(errors).toEqual([])
    const [, country, budget, start] = choices.mappings[0]?.columns ?? []
    expect(country?.field).toBe('partnerCountries')
    expect(budget).toMatchObject({ decimalMark: ',', currency: 'XOF' })
    expect(start?.dateOrder).toBe('mdy')
  })

  test('says which two columns fill a field that holds one value; countries may fill several', () => {
    expect(read({ 'field.0.1': 'title' }).errors).toEqual([
      expect.objectContaining({ field: 'field.0.1', message: expect.stringContaining('“Title” and “Country” both fill Title') }),
    ])
    expect(read({ 'field.0.0': 'hosts' }).errors).toEqual([])
  })

  test('ignores fields of columns that are no longer there after another heading row was chosen', () => {
    const { choices } = read({ 'seen.0': 'another heading', 'field.0.0': 'summary' })
    expect(choices.mappings[0]?.columns[0]?.field).toBe('title')
  })

  test('reads heading rows in any usual writing and refuses words', () => {
    expect(readOpening(new URLSearchParams({ 'heading.0': '4; 3' }), ONE)[0]?.headerRows).toEqual([3, 4])
    expect(readOpening(new URLSearchParams({ 'heading.0': '' }), ONE)[0]?.headerRows).toEqual([])
    expect(read({ 'heading.0': 'first' }).errors.map(({ field }) => field)).toEqual(['heading.0'])
  })

  test('refuses a year, a currency and a key that are none, each at its field', () => {
    const fields = read({ 'year.0': '14', 'currency.0.2': 'dollars', 'new-key': 'Not A Key' }).errors.map(({ field }) => field)
    expect(fields).toEqual(['currency.0.2', 'year.0', 'new-key'])
  })

  test('fills a working collection and refuses one with sample data (ruling 7)', () => {
    expect(read({ collection: 'mine' }, ONE, [SAMPLE, WORKING]).choices.collection).toMatchObject({ key: 'mine', isNew: false })
    expect(read({ collection: '+new', 'new-key': 'undp-2014' }, ONE, [SAMPLE, WORKING]).errors.map(({ field }) => field)).toEqual(
      ['new-key'],
    )
  })

  test('matches sheets with the same headings once and asks for at least one sheet', () => {
    const rows = [
      ['Title', 'Country'],
      ['Wells', 'Kenya'],
    ]
    const years = file(sheet('2013', rows), sheet('2014', rows))
    const form = new URLSearchParams([
      ['sheet', '0'],
      ['sheet', '1'],
      ['field.0.1', 'recipients'],
      ['new-key', 'wells'],
    ])
    const { choices } = readChoices(form, years, [], t)
    expect(choices.mappings.map(({ columns, constants }) => [columns[1]?.field, constants?.listYear])).toEqual([
      ['recipients', '2013'],
      ['recipients', '2014'],
    ])
    expect(read({}, years).errors.map(({ field }) => field)).toEqual(['sheet'])
  })

  test('asks for the list year of rows that go beside listings with years, and takes no for an answer', () => {
    const beside = (fields: Record<string, string>) =>
      readChoices(new URLSearchParams({ collection: 'mine', ...fields }), ONE, [WORKING], t, ['2021', '2022'])
    expect(beside({}).errors).toEqual([
      { field: 'year.0', message: expect.stringContaining('already has listings of 2021 and 2022') },
    ])
    expect(beside({ 'year.0': '2023' }).errors).toEqual([])
    expect(beside({ 'year.0': '2023' }).choices.mappings[0]?.constants).toEqual({ listYear: '2023' })
    expect(beside({ 'no-year': 'yes' })).toMatchObject({ errors: [], choices: { withoutYear: true } })
    expect(readChoices(new URLSearchParams({ 'new-key': 'other' }), ONE, [WORKING], t, []).errors).toEqual([])
  })

  test('keeps the name typed for the mapping', () => {
    expect(read({ 'mapping-name': ' Bureau ' }).choices.mappingName).toBe('Bureau')
  })
})
