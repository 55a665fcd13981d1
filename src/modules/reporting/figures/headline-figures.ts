/** Headline numbers (¶30): rows, groups and countries of a portfolio. */
import { NOT_STATED } from '../../registry/index.ts'
import { countGroups, countRows, distinctValues, lacks } from './count-rows.ts'
import type { FigureDefinition } from './figure-definition.ts'

export const HEADLINE_FIGURES: readonly FigureDefinition[] = [
  {
    id: 'projects.rows',
    family: 'projects.rows',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: {},
    compute: (_columns, rows) => ({ numerator: rows.length }),
  },
  {
    id: 'projects.groups',
    family: 'projects.groups',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: {},
    // A row without a group stands for itself.
    compute: (columns, rows) => ({ numerator: countGroups(columns, rows) }),
  },
  {
    id: 'countries.hosts',
    family: 'countries.hosts',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: {},
    compute: (columns, rows) => ({ numerator: distinctValues(columns.fields.host, rows) }),
  },
  {
    id: 'countries.rows-without-host',
    family: 'countries.rows-without-host',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: { host: [NOT_STATED] },
    compute: (columns, rows) => ({ numerator: countRows(rows, lacks(columns, 'host')) }),
  },
  {
    id: 'countries.engaged',
    family: 'countries.engaged',
    reading: 'rows',
    group: 'headline',
    kind: 'count',
    rowsFilter: {},
    compute: (columns, rows) => ({ numerator: distinctValues(columns.fields.partner, rows) }),
  },
]
