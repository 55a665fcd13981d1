/** An Arabic workbook from right to left: Arabic-Indic digits, "and" joined to the next word, a title and a total. */
import { makeWorkbook, merged, type RawWorkbook } from './raw-workbook.ts'

export const arabicFund: RawWorkbook = {
  name: 'Arabic fund, right to left, Arabic-Indic digits',
  fileName: 'قائمة المشاريع.xlsx',
  make: (path) =>
    makeWorkbook(path, [
      {
        name: 'المشاريع',
        rightToLeft: true,
        merges: [merged(1, 0, 1, 7)],
        rows: [
          ['قائمة مشاريع التعاون بين بلدان الجنوب'],
          [],
          [
            'م',
            'اسم المشروع',
            'الدولة المقدمة',
            'الدولة المستفيدة',
            'مجال التعاون',
            'تاريخ البدء',
            'تاريخ الانتهاء',
            'المبلغ (دولار)',
            'الجهة المنفذة',
          ],
          [
            1,
            'تدريب كوادر الري الحديث',
            'مصر',
            'السودان وإثيوبيا',
            'الزراعة',
            '٠١/٠٣/٢٠٢٠',
            '٢٨/٠٢/٢٠٢١',
            '١٢٠٬٠٠٠',
            'وزارة الموارد المائية',
          ],
          [
            2,
            'تبادل خبرات التحول الرقمي',
            'تونس',
            'موريتانيا',
            'الحوكمة',
            '١٥/٠٦/٢٠٢١',
            '٣٠/٠٦/٢٠٢٢',
            '٧٥٬٥٠٠',
            'وزارة تكنولوجيات الاتصال',
          ],
          [3, 'دعم صحة الأم والطفل', 'المغرب', 'جيبوتي', 'الصحة', '٢٠/٠١/٢٠٢٢', '١٩/٠١/٢٠٢٤', '٢١٠٬٠٠٠', 'وزارة الصحة'],
          ['المجموع', null, null, null, null, null, null, '٤٠٥٬٥٠٠'],
        ],
      },
    ]),
  sheets: [
    {
      sheet: 'المشاريع',
      fields: ['kept', 'title', 'firstProviders', 'recipients', 'theme', 'startDate', 'endDate', 'budgetAmount', 'implementers'],
      accepted: 3,
      titleRows: [1],
      headerRows: [3],
      blankRows: 1,
      totalsRows: [7],
      noteRows: [],
      values: {
        4: {
          startDate: '2020-03-01',
          endDate: '2021-02-28',
          budgetAmount: '120000',
          firstProviders: [{ text: 'مصر', iso3: 'EGY' }],
          recipients: [
            { text: 'السودان', iso3: 'SDN' },
            { text: 'إثيوبيا', iso3: 'ETH' },
          ],
        },
        6: { startDate: '2022-01-20', budgetAmount: '210000' },
      },
    },
  ],
}
