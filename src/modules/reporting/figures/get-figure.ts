/** Behind one number: the figure, its other readings, when it was computed and against which data. What the card of a number shows. */
import { z } from 'zod'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { type Collection, FilterInput, formatListingFilter, getCollection } from '../../registry/index.ts'
import type { ReportedValue } from '../../sources/index.ts'
import { reportedFor } from './comparisons.ts'
import { type Figure, figureOf, type ListedYearChoice, selectYears, YearInput } from './compute-figures.ts'
import { dataVersionOf } from './data-version.ts'
import { FIGURE_DEFINITIONS, findFigureDefinition } from './figure-definitions.ts'
import '../problems.ts'

export interface FigureCard {
  readonly figure: Figure
  /** Readings of the same figure, this one included, in their order. */
  readonly readings: readonly Figure[]
  readonly collection: Collection
  readonly years: readonly ListedYearChoice[]
  readonly reported: ReportedValue | null
  /** Instant, ISO 8601. */
  readonly computedAt: string
  /** SHA-256 over the listings of the portfolio and year under the filter. */
  readonly dataVersion: string
}

export const getFigure = defineQuery({
  name: 'reporting.get-figure',
  permission: 'reporting.figure.read',
  input: z.object({ portfolio: z.string(), year: YearInput, definition: z.string(), filter: FilterInput.optional() }),
  async run(context, { portfolio, year, definition: id, filter }): Promise<FigureCard> {
    const { db, clock } = context
    const definition = findFigureDefinition(id)
    if (!definition) throw new Problem('reporting.definition-missing', { found: id })
    const collection = await getCollection(db, portfolio)
    const [listed] = await selectYears(context, portfolio, year, filter)
    if (!listed) throw new Error('One year was asked for and none was selected')
    const figure = await figureOf(db, listed, definition)
    const readings: Figure[] = []
    for (const other of FIGURE_DEFINITIONS.filter((one) => one.id.split('.').slice(0, -1).join('.') === figure.key)) {
      if (other.kind === definition.kind) readings.push(other.id === id ? figure : await figureOf(db, listed, other))
    }
    return {
      figure,
      readings,
      collection,
      years: listed.years,
      reported: figure.reported ? ((await reportedFor(db, portfolio, year, id)) ?? null) : null,
      computedAt: clock.now().toISOString(),
      dataVersion: dataVersionOf(listed.columns, listed.rows, formatListingFilter(listed.filter).toString()),
    }
  },
})
