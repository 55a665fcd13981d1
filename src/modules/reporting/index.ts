/** The door of reporting: everything that other rooms may use. */
import { computeFigures } from './figures/compute-figures.ts'
import { getFigure } from './figures/get-figure.ts'
import { listCountryPairs } from './figures/who-with-whom.ts'

export { listComparisons } from './figures/comparisons.ts'
export { computeFigures, type Figure, type ListedYearChoice } from './figures/compute-figures.ts'
export {
  COOPERATION_TYPES,
  FIGURE_DEFINITIONS,
  type FigureDefinition,
  findFigureDefinition,
  PARTNER_TYPES,
  REGIONS,
  ROLES,
  SCALES,
} from './figures/figure-definitions.ts'
export { type FigureCard, getFigure } from './figures/get-figure.ts'
export { type CountryPair, listCountryPairs, PAIR_SIDES, type PairSides, type WhoWithWhom } from './figures/who-with-whom.ts'

/** Every operation of this room; the API, the command line and the reference pages are made from this list. */
export const reportingOperations = [computeFigures, getFigure, listCountryPairs] as const
