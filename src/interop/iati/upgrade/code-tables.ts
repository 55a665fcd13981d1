/** Codes of version 1 and their counterparts in 2.03, as the change log of 2.01 and the code lists give them. */
import type { CodeTable } from './element-shape.ts'

export const DATE_TYPES: CodeTable = {
  note: 'date-types',
  codes: { 'start-planned': '1', 'start-actual': '2', 'end-planned': '3', 'end-actual': '4' },
}

export const ROLES: CodeTable = {
  note: 'role-codes',
  codes: { funding: '1', accountable: '2', extending: '3', implementing: '4' },
}

/** Version 1 had the same codes; files with the names in their place are common. */
export const ORGANISATION_TYPES: CodeTable = {
  note: 'organisation-types',
  codes: {
    government: '10',
    'other public sector': '15',
    'international ngo': '21',
    'national ngo': '22',
    'regional ngo': '23',
    'public private partnership': '30',
    multilateral: '40',
    foundation: '60',
    'private sector': '70',
    'academic, training and research': '80',
  },
}

export const TRANSACTION_TYPES: CodeTable = {
  note: 'transaction-types',
  codes: { if: '1', c: '2', d: '3', e: '4', ir: '5', lr: '6', r: '7', qp: '8', qs: '9', cg: '10' },
}

/** Lists that have no number in 2.03 (WB, ISO) keep the name that the publisher gave. */
export const SECTOR_VOCABULARIES: CodeTable = {
  note: 'sector-vocabularies',
  codes: { dac: '1', 'dac-3': '2', cofog: '3', nace: '4', ntee: '5', adt: '6', ro: '99' },
}

export const MARKER_VOCABULARIES: CodeTable = { note: 'policy-markers', codes: { dac: '1', ro: '99' } }

export const MARKERS: CodeTable = {
  note: 'policy-markers',
  codes: { '01': '1', '02': '2', '03': '3', '04': '4', '05': '5', '06': '6', '07': '7', '08': '8', '09': '9' },
}

export const BUDGET_TYPES: CodeTable = { note: 'budget-types', codes: { original: '1', revised: '2' } }

export const DESCRIPTION_TYPES: CodeTable = {
  note: 'description-types',
  codes: { general: '1', objectives: '2', 'target groups': '3' },
}
