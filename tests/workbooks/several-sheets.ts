/** An English workbook with a cover sheet, a sheet a year, a hidden sheet of lists and an error left in a cell. */
import { day, makeWorkbook, merged, type RawWorkbook } from './raw-workbook.ts'

const HEADING = [
  'Ref. No.',
  'Name of initiative',
  'Country',
  'Partner country/ies',
  'Type of partner',
  'UNDP role',
  'Start',
  'End',
  'Budget US$',
  'Contact e-mail',
]

export const severalSheets: RawWorkbook = {
  name: 'English workbook with cover, one sheet a year and a hidden sheet',
  fileName: 'SSC mapping FINAL v3.xlsx',
  make: (path) =>
    makeWorkbook(path, [
      {
        name: 'Cover',
        merges: [merged(2, 1, 2, 4)],
        rows: [
          [],
          [null, 'Mapping of South-South cooperation'],
          [null, 'Prepared by', 'Regional Bureau'],
          [null, 'Date', day('2016-05-12')],
          [null, 'Sheets', '2014 and 2015'],
        ],
      },
      {
        name: '2014',
        rows: [
          HEADING,
          [
            'A-01',
            'Peer review of procurement',
            'Rwanda',
            'Ghana, Kenya',
            'Government',
            'knowledge broker',
            day('2013-09-01'),
            day('2014-08-31'),
            54000,
            'desk.rwanda@example.org',
          ],
          [
            'A-02',
            'Community radio network',
            'Lao PDR',
            'Viet Nam',
            'NGO',
            'partnership facilitator',
            day('2014-02-15'),
            day('2015-02-14'),
            18000,
            null,
          ],
          [
            'A-03',
            'Salt iodisation study tour',
            'Tanzania, United Republic of',
            'India',
            'Government; private sector',
            'capacity builder',
            day('2014-04-01'),
            null,
            { error: '#REF!' },
            null,
          ],
        ],
      },
      {
        name: '2015',
        rows: [
          HEADING,
          [
            'B-01',
            'Early warning for floods',
            'Mozambique',
            'Bangladesh',
            'Government',
            'knowledge broker',
            day('2015-01-10'),
            day('2016-01-09'),
            73500,
            null,
          ],
          [
            'B-02',
            'Women in fisheries',
            'Samoa',
            'Fiji & Tonga',
            'Civil society',
            'capacity builder',
            day('2015-03-01'),
            day('2015-12-01'),
            22000,
            null,
          ],
          [
            'B-01',
            'Early warning for floods, phase two',
            'Mozambique',
            'Bangladesh',
            'Government',
            'knowledge broker',
            day('2015-06-10'),
            null,
            12000,
            null,
          ],
        ],
      },
      { name: 'lists', hidden: true, rows: [['Government'], ['NGO'], ['Civil society']] },
    ]),
  sheets: ['2014', '2015'].map((sheet) => ({
    sheet,
    fields: [
      'identifier',
      'title',
      'hosts',
      'partnerCountries',
      'partnerTypes',
      'agencyRoles',
      'startDate',
      'endDate',
      'budgetAmount',
      'contact',
    ],
    accepted: sheet === '2014' ? 3 : 2,
    rejected: sheet === '2014' ? 0 : 1,
    titleRows: [],
    headerRows: [1],
    blankRows: 0,
    totalsRows: [],
    noteRows: [],
    values:
      sheet === '2014'
        ? {
            2: { listYear: 2014, budgetAmount: '54000', budgetCurrency: 'USD', contact: ['desk.rwanda@example.org'] },
            4: { hosts: [{ text: 'Tanzania, United Republic of', iso3: 'TZA' }] },
          }
        : {
            3: {
              listYear: 2015,
              partnerCountries: [
                { text: 'Fiji', iso3: 'FJI' },
                { text: 'Tonga', iso3: 'TON' },
              ],
            },
          },
    problems:
      sheet === '2014'
        ? ['4 Budget US$ tables.cell-error', '4 Budget US$ tables.not-an-amount']
        : ['3 Country tables.name-caution', '4  tables.duplicate-identifier'],
  })),
}
