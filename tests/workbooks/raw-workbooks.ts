/** The ten raw workbooks, in the order in which the issue names their kinds. */
import { arabicFund } from './arabic-fund.ts'
import { chineseCentre } from './chinese-centre.ts'
import { codedHeadings } from './coded-headings.ts'
import { frenchMinistry } from './french-ministry.ts'
import { portugueseAgency } from './portuguese-agency.ts'
import type { RawWorkbook } from './raw-workbook.ts'
import { russianAgency } from './russian-agency.ts'
import { severalSheets } from './several-sheets.ts'
import { spanishAgency } from './spanish-agency.ts'
import { twoRowHeading } from './two-row-heading.ts'
import { usDates } from './us-dates.ts'

export const RAW_WORKBOOKS: readonly RawWorkbook[] = [
  frenchMinistry,
  spanishAgency,
  portugueseAgency,
  russianAgency,
  chineseCentre,
  arabicFund,
  severalSheets,
  twoRowHeading,
  codedHeadings,
  usDates,
]
