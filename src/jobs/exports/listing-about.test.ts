import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import readExcelFile from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { translatorFor } from '../../i18n/translator.ts'
import type { Collection, ListedInitiative } from '../../modules/registry/index.ts'
import { collectionsOf, downloadName } from './listing-about.ts'
import { LISTING_FORMATS } from './listing-table.ts'

const SAMPLE = {
  key: 'undp-2014',
  kind: 'sample',
  names: { orig: 'en', texts: { en: 'List of 2014' } },
  source: { name: 'A published list', url: 'https://example.org/list', licence: 'CC BY 3.0 IGO' },
} as unknown as Collection
const OWN = { key: 'own', kind: 'working', names: { orig: 'en', texts: {} }, source: null } as unknown as Collection

const ROW = {
  id: '1',
  initiativeId: 'I1',
  collection: 'undp-2014',
  state: 'published',
  hosts: ['CUB'],
  partnerCountries: [],
  partnerTypes: [],
  agencyRoles: [],
  regions: [],
  territorialFocus: [],
  sectors: [],
  goals: [],
  cooperation: {},
  title: null,
  year: 2014,
  identifier: null,
  sourceRow: null,
  scale: null,
  theme: null,
} as unknown as ListedInitiative

async function* batches() {
  yield [ROW, ROW]
  yield [ROW]
}

test('the name of a downloaded file carries collection and day, and nothing else that stood in the address', () => {
  expect(downloadName('initiatives', ['undp-2014'], '2026-11-25', 'xlsx')).toBe('initiatives-undp-2014-2026-11-25.xlsx')
  expect(downloadName('initiatives', [], '2026-11-25', 'csv')).toBe('initiatives-2026-11-25.csv')
  expect(downloadName('initiatives', ['a', 'b', 'c'], '2026-11-25', 'csv')).toBe('initiatives-2026-11-25.csv')
  expect(downloadName('figures', ['x"\r\n;y'], '2026-11-25', 'csv', ['2014'])).toBe('figures-xy-2014-2026-11-25.csv')
})

test('ruling 7: without a collection in the filter the file is about the own collections', () => {
  expect(collectionsOf({ values: {} }, [OWN, SAMPLE])).toEqual([OWN])
  expect(collectionsOf({ values: { collection: ['undp-2014'] } }, [OWN, SAMPLE])).toEqual([SAMPLE])
})

test('a workbook says on its second sheet what its rows are; a CSV holds rows and nothing else', async () => {
  const t = translatorFor('en')
  const about = {
    filter: 'Year: 2014',
    address: 'http://localhost/en/initiatives?year=2014',
    day: '2026-11-25',
    collections: [SAMPLE],
  }
  const written = async (extension: string) => {
    const out = new PassThrough()
    const whole = buffer(out)
    await LISTING_FORMATS.find((format) => format.extension === extension)?.write(batches(), t, out, about)
    return whole
  }
  const sheets = await readExcelFile(await written('xlsx'))
  expect(sheets.map(({ data }) => data.length)).toEqual([4, 11])
  expect(sheets[1]?.data).toEqual([
    ['What', 'Text'],
    ['Filter', 'Year: 2014'],
    ['Address', 'http://localhost/en/initiatives?year=2014'],
    ['Date', '2026-11-25'],
    ['Rows', 3],
    ['Snapshot hash', expect.stringMatching(/^[0-9a-f]{64}$/)],
    ['Definition', 'What is counted: one row of a source in one year (a listing)'],
    ['Collection', 'List of 2014 (undp-2014)'],
    ['Mark', expect.stringContaining('Sample data')],
    ['Source', 'A published list – https://example.org/list'],
    ['Licence', 'CC BY 3.0 IGO'],
  ])
  expect((await written('csv')).toString('utf8').trim().split(/\r?\n/)).toHaveLength(4)
})
