/** A CSV exported from a sheet with a heading of two rows: merges are lost, groups stand over blank cells. */
import { makeText, type RawWorkbook } from './raw-workbook.ts'

export const twoRowHeading: RawWorkbook = {
  name: 'English CSV with a heading of two rows and no merges left',
  fileName: 'export (2).csv',
  make: (path) =>
    makeText(path, 'utf-8', [
      ',,Partners,,,Time frame,,Funding,,',
      'Project ID,Project title,Provider,Recipient,Implementing agency,From,To,Amount,Currency,Short description',
      'TC-100,Solar engineers,India,Malawi,Barefoot institute,2017-02,2018-01,45000,USD,"Grandmothers learn to build and repair solar lamps, then teach others."',
      'TC-101,Cotton seed,Brazil,"Benin, Burkina Faso, Chad and Mali",Crop institute,2016,2019,1.2 million,USD,Breeding of seed that stands drought.',
      'TC-102,Dairy cooperatives,Kenya,South Sudan,Union of dairies,2018-05,2019-05,90000,EUR,"Farmers visit cooperatives, then start two of their own."',
      '',
      'TC-103,Disaster drills,Cuba,Korea,Civil protection,2019-01,2019-06,15000,USD,Joint drills with two provinces.',
    ]),
  sheets: [
    {
      sheet: '',
      fields: [
        'identifier',
        'title',
        'firstProviders',
        'recipients',
        'implementers',
        'startDate',
        'endDate',
        'budgetAmount',
        'budgetCurrency',
        'summary',
      ],
      accepted: 4,
      titleRows: [],
      headerRows: [1, 2],
      blankRows: 1,
      totalsRows: [],
      noteRows: [],
      values: {
        4: {
          budgetAmount: '1200000',
          startDate: '2016',
          recipients: [
            { text: 'Benin', iso3: 'BEN' },
            { text: 'Burkina Faso', iso3: 'BFA' },
            { text: 'Chad', iso3: 'TCD' },
            { text: 'Mali', iso3: 'MLI' },
          ],
        },
        7: { recipients: [{ text: 'Korea', candidates: ['KOR', 'PRK'] }] },
      },
      problems: ['7 Partners – Recipient tables.ambiguous-country'],
    },
  ],
}
