/** Figure III, roles of the supporting entity (¶33): by mentions, and over the rows that name a role (domain 11.3). */
import { NOT_STATED } from '../../registry/index.ts'
import { countRows, has, lacks, mentions, sumRows } from './count-rows.ts'
import type { FigureDefinition } from './figure-definition.ts'

export const ROLES = ['knowledge_broker', 'partnership_facilitator', 'capacity_builder'] as const

export const ROLE_FIGURES: readonly FigureDefinition[] = [
  ...ROLES.flatMap((role): FigureDefinition[] => [
    {
      id: `roles.${role}.mentions`,
      family: 'roles.mentions',
      subject: { list: 'agencyRole', code: role },
      reading: 'mentions',
      group: 'figure-iii',
      kind: 'share',
      rowsFilter: { role: [role] },
      compute: (columns, rows) => ({
        numerator: sumRows(rows, mentions(columns, 'role', [role])),
        denominator: sumRows(rows, mentions(columns, 'role')),
      }),
    },
    {
      id: `roles.${role}.rows-with-role`,
      family: 'roles.rows-with-role',
      subject: { list: 'agencyRole', code: role },
      reading: 'rows-with-role',
      group: 'figure-iii',
      kind: 'share',
      rowsFilter: { role: [role] },
      compute: (columns, rows) => ({
        numerator: countRows(rows, has(columns, 'role', [role])),
        denominator: countRows(rows, has(columns, 'role')),
      }),
    },
  ]),
  {
    id: 'roles.rows-without-role',
    family: 'roles.rows-without-role',
    reading: 'rows',
    group: 'figure-iii',
    kind: 'count',
    rowsFilter: { role: [NOT_STATED] },
    compute: (columns, rows) => ({ numerator: countRows(rows, lacks(columns, 'role')) }),
  },
]
