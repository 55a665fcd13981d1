/** Figure I, partners (¶31): types of partner in two readings, by rows and by mentions (domain 11.1). */
import { NOT_STATED } from '../../registry/index.ts'
import { countRows, has, lacks, mentions, sumRows } from './count-rows.ts'
import type { FigureDefinition } from './figure-definition.ts'

/** The four types of ¶31, and foundations, which count where a source lists them; the lists of 2013 and 2014 list none. */
export const NON_GOVERNMENTAL = ['private_sector', 'cso', 'academia', 'research', 'foundation'] as const
export const PARTNER_TYPES = [
  'national_government',
  'sub_national_government',
  'development_agency',
  'regional_organization',
  'multilateral',
  'private_sector',
  'cso',
  'academia',
  'research',
  'foundation',
  'ppp',
  'other',
] as const

export const PARTNER_FIGURES: readonly FigureDefinition[] = [
  {
    id: 'partners.non-government.any-row',
    family: 'partners.non-government.any-row',
    reading: 'any-row',
    group: 'figure-i',
    kind: 'share',
    rowsFilter: { partnerType: [...NON_GOVERNMENTAL] },
    codeListField: 'partnerType',
    compute: (columns, rows) => ({
      numerator: countRows(rows, has(columns, 'partnerType', NON_GOVERNMENTAL)),
      denominator: rows.length,
    }),
  },
  {
    id: 'partners.non-government.mentions',
    family: 'partners.non-government.mentions',
    reading: 'mentions',
    group: 'figure-i',
    kind: 'share',
    rowsFilter: { partnerType: [...NON_GOVERNMENTAL] },
    codeListField: 'partnerType',
    compute: (columns, rows) => ({
      numerator: sumRows(rows, mentions(columns, 'partnerType', NON_GOVERNMENTAL)),
      denominator: sumRows(rows, mentions(columns, 'partnerType')),
    }),
  },
  ...PARTNER_TYPES.map(
    (type): FigureDefinition => ({
      id: `partners.type.${type}.mentions`,
      family: 'partners.type.mentions',
      subject: { list: 'partnerType', code: type },
      reading: 'mentions',
      group: 'figure-i',
      kind: 'share',
      rowsFilter: { partnerType: [type] },
      codeListField: 'partnerType',
      compute: (columns, rows) => ({
        numerator: sumRows(rows, mentions(columns, 'partnerType', [type])),
        denominator: sumRows(rows, mentions(columns, 'partnerType')),
      }),
    }),
  ),
  {
    id: 'partners.rows-without-type',
    family: 'partners.rows-without-type',
    reading: 'rows',
    group: 'figure-i',
    kind: 'count',
    rowsFilter: { partnerType: [NOT_STATED] },
    compute: (columns, rows) => ({ numerator: countRows(rows, lacks(columns, 'partnerType')) }),
  },
]
