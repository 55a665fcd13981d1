/** A Chinese CSV: GB 18030, full-width marks, amounts in units of ten thousand, dates with year, month and day signs. */
import { makeText, type RawWorkbook } from './raw-workbook.ts'

export const chineseCentre: RawWorkbook = {
  name: 'Chinese centre, GB 18030',
  fileName: '项目清单.csv',
  encoding: 'gb18030',
  make: (path) =>
    makeText(path, 'gb18030', [
      '序号,项目名称,受援国,合作领域,合作方式,开始时间,结束时间,项目金额,执行单位,备注',
      '1,杂交水稻技术示范,马达加斯加,农业,技术援助,2018年5月,2021年4月,320万元,农业科学院,已完成',
      '2,疟疾防治经验交流,"坦桑尼亚、科摩罗",卫生,培训,2019年3月1日,2022年2月28日,150.5万元,疾病预防控制中心,',
      '3,菌草技术培训班,斐济,农业,培训,2020年10月,2021年9月,88万元,农林大学,线上',
      '4,沼气利用示范,埃塞俄比亚和卢旺达,能源,设备,2021年1月15日,2023年12月31日,410万元,沼气研究所,',
      '合计,,,,,,,968.5万元,,',
    ]),
  sheets: [
    {
      sheet: '',
      fields: [
        'kept',
        'title',
        'recipients',
        'theme',
        'modalities',
        'startDate',
        'endDate',
        'budgetAmount',
        'implementers',
        'notes',
      ],
      accepted: 4,
      titleRows: [],
      headerRows: [1],
      blankRows: 0,
      totalsRows: [6],
      noteRows: [],
      values: {
        2: {
          startDate: '2018-05',
          endDate: '2021-04',
          budgetAmount: '3200000',
          recipients: [{ text: '马达加斯加', iso3: 'MDG' }],
        },
        3: {
          startDate: '2019-03-01',
          budgetAmount: '1505000',
          recipients: [
            { text: '坦桑尼亚', iso3: 'TZA' },
            { text: '科摩罗', iso3: 'COM' },
          ],
        },
        5: {
          recipients: [
            { text: '埃塞俄比亚', iso3: 'ETH' },
            { text: '卢旺达', iso3: 'RWA' },
          ],
        },
      },
    },
  ],
}
