/** The door of reporting: everything that other rooms may use. */
import { computeFigures } from './figures/compute-figures.ts'
import { getFigure } from './figures/get-figure.ts'
import { listCountryPairs } from './figures/who-with-whom.ts'
import { checkReportQuery } from './reports/check-report.ts'
import { getReport, listReports } from './reports/get-report.ts'

export { listComparisons } from './figures/comparisons.ts'
export { computeFigures, type Figure, type ListedYearChoice, publicOnly } from './figures/compute-figures.ts'
export {
  COOPERATION_TYPES,
  FIGURE_DEFINITIONS,
  type FigureDefinition,
  findFigureDefinition,
  REGIONS,
} from './figures/figure-definitions.ts'
export { type FigureCard, getFigure } from './figures/get-figure.ts'
export { PARTNER_TYPES } from './figures/partner-figures.ts'
export { ROLES } from './figures/role-figures.ts'
export { SCALES } from './figures/scale-figures.ts'
export { type CountryPair, listCountryPairs, PAIR_SIDES, type PairSides, type WhoWithWhom } from './figures/who-with-whom.ts'
export { NUMBER_FORMATS, type NumberFormat, parseTemplateTokens, type TemplateToken } from './numerals/template-tokens.ts'
export {
  type CheckedLanguage,
  checkReport,
  checkReportQuery,
  type ReportCheck,
  type UnboundNumeral,
} from './reports/check-report.ts'
export { getReport, type ListedReport, listReports, type ReportPortfolio, type ResolvedReport } from './reports/get-report.ts'
export { loadReportTemplate, type ReportTemplate, readReportTemplate, type TemplateBlock } from './reports/report-template.ts'
export type { NumberOrigin, ResolvedNumber } from './reports/resolve-numbers.ts'

/** Every operation of this room; the API, the command line and the reference pages are made from this list. */
export const reportingOperations = [
  computeFigures,
  getFigure,
  listCountryPairs,
  listReports,
  getReport,
  checkReportQuery,
] as const
