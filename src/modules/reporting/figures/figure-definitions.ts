/**
 * Every figure that is counted (domain section 11, ruling 2). Both readings of a figure ship side by side, each with its own id.
 * The rows behind a figure are always a filtered list, so that anybody can open, download and cite them.
 */
import type { ListingColumns } from '../../registry/index.ts'
import { countRows, has } from './count-rows.ts'
import type { FigureDefinition } from './figure-definition.ts'
import { HEADLINE_FIGURES } from './headline-figures.ts'
import { PARTNER_FIGURES } from './partner-figures.ts'
import { ROLE_FIGURES } from './role-figures.ts'
import { SCALE_FIGURES } from './scale-figures.ts'

export type { FigureDefinition } from './figure-definition.ts'

export const REGIONS = ['africa', 'arab_states', 'asia_pacific', 'europe_cis', 'lac'] as const
export const COOPERATION_TYPES = ['SSC', 'TRC', 'MSS', 'ENABLING', 'NSC', 'NONE', 'UNDETERMINED'] as const

export const FIGURE_DEFINITIONS: readonly FigureDefinition[] = [
  ...HEADLINE_FIGURES,
  ...PARTNER_FIGURES,
  ...SCALE_FIGURES,
  ...ROLE_FIGURES,
  ...REGIONS.map(
    (region): FigureDefinition => ({
      id: `regions.${region}.rows`,
      family: 'regions.rows',
      subject: { list: 'region', code: region },
      reading: 'all-rows',
      group: 'regions',
      kind: 'share',
      rowsFilter: { region: [region] },
      compute: (columns, rows) => ({ numerator: countRows(rows, has(columns, 'region', [region])), denominator: rows.length }),
    }),
  ),
  ...COOPERATION_TYPES.map(
    (type): FigureDefinition => ({
      id: `cooperation-type.${type}.rows`,
      family: 'cooperation-type.rows',
      subject: { list: 'framework', code: type },
      reading: 'all-rows',
      group: 'cooperation-types',
      kind: 'share',
      rowsFilter: { cooperation: [`un_default:${type}`] },
      compute: (columns, rows) => ({
        numerator: countRows(rows, has(columns, 'cooperation', [`un_default:${type}`])),
        denominator: rows.length,
      }),
    }),
  ),
]

const byId = new Map(FIGURE_DEFINITIONS.map((definition) => [definition.id, definition]))

export function findFigureDefinition(id: string): FigureDefinition | undefined {
  return byId.get(id)
}

/** Rows of these whose computed type is South-South, triangular or multilateral support (domain 7.4), default profile. */
export function countConfirmed(columns: ListingColumns, rows: Uint32Array): number {
  return countRows(rows, has(columns, 'cooperation', ['un_default:SSC', 'un_default:TRC', 'un_default:MSS']))
}
