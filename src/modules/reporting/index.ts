/** The door of reporting: everything that other rooms may use. */
import { computeFigures } from './figures/compute-figures.ts'

export { computeFigures, type Figure } from './figures/compute-figures.ts'
export { FIGURE_DEFINITIONS, type FigureDefinition, findFigureDefinition, PARTNER_TYPES } from './figures/figure-definitions.ts'

/** Every operation of this room; the API, the command line and the reference pages are made from this list. */
export const reportingOperations = [computeFigures] as const
