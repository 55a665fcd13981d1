/** Figure II, scale (¶32): over all rows, and over the rows that state a scale (domain 11.2). */
import { NOT_STATED } from '../../registry/index.ts'
import { countRows, has, lacks } from './count-rows.ts'
import type { FigureDefinition } from './figure-definition.ts'

export const SCALES = ['country_country', 'regional', 'global'] as const

export const SCALE_FIGURES: readonly FigureDefinition[] = [
  ...SCALES.flatMap((scale): FigureDefinition[] => [
    {
      id: `scale.${scale}.all-rows`,
      family: 'scale.all-rows',
      subject: { list: 'scale', code: scale },
      reading: 'all-rows',
      group: 'figure-ii',
      kind: 'share',
      rowsFilter: { scale: [scale] },
      compute: (columns, rows) => ({ numerator: countRows(rows, has(columns, 'scale', [scale])), denominator: rows.length }),
    },
    {
      id: `scale.${scale}.known-scale`,
      family: 'scale.known-scale',
      subject: { list: 'scale', code: scale },
      reading: 'known-scale',
      group: 'figure-ii',
      kind: 'share',
      rowsFilter: { scale: [scale] },
      compute: (columns, rows) => ({
        numerator: countRows(rows, has(columns, 'scale', [scale])),
        denominator: countRows(rows, has(columns, 'scale')),
      }),
    },
  ]),
  {
    id: 'scale.not-stated.all-rows',
    family: 'scale.not-stated.all-rows',
    reading: 'all-rows',
    group: 'figure-ii',
    kind: 'share',
    rowsFilter: { scale: [NOT_STATED] },
    compute: (columns, rows) => ({ numerator: countRows(rows, lacks(columns, 'scale')), denominator: rows.length }),
  },
]
