/** Shape of an activity, part by part. */
import { ACTIVITY_ORDER, ORGANISATION_ORDER } from '../schema-order.ts'
import {
  BUDGET_TYPES,
  DATE_TYPES,
  DESCRIPTION_TYPES,
  MARKER_VOCABULARIES,
  MARKERS,
  ORGANISATION_TYPES,
  ROLES,
  SECTOR_VOCABULARIES,
  TRANSACTION_TYPES,
} from './code-tables.ts'
import type { Shape } from './element-shape.ts'
import { olderLocation } from './older-location.ts'
import { contactInfo, crsAdd, dateAttribute, documentLink } from './older-parts.ts'

const TEXT: Shape = { narrative: true, joined: 'always' }
const DATE: Shape = { first: dateAttribute }
const ORGANISATION: Shape = { narrative: true, joined: 'ref', codes: { type: ORGANISATION_TYPES } }
const PLACE: Shape = { narrative: true, joined: 'code', percentages: ['percentage'] }
const SECTOR: Shape = { ...PLACE, codes: { vocabulary: SECTOR_VOCABULARIES } }
const COMMENTED: Shape = { children: { comment: TEXT } }

const DOCUMENT_LINK: Shape = {
  first: documentLink,
  children: { title: TEXT, description: TEXT },
  order: ['title', 'description', 'category', 'language', 'document-date', 'recipient-country'],
}

const INDICATOR: Shape = {
  children: {
    title: TEXT,
    description: TEXT,
    'document-link': DOCUMENT_LINK,
    baseline: COMMENTED,
    period: {
      children: { 'period-start': DATE, 'period-end': DATE, target: COMMENTED, actual: COMMENTED },
      order: ['period-start', 'period-end', 'target', 'actual'],
    },
  },
  order: ['title', 'description', 'document-link', 'reference', 'baseline', 'period'],
}

const BUDGET: Shape = {
  codes: { type: BUDGET_TYPES },
  children: { 'period-start': DATE, 'period-end': DATE, 'provider-org': ORGANISATION, 'receiver-org': ORGANISATION },
  order: ['period-start', 'period-end', 'value', 'provider-org', 'receiver-org'],
}

const TRANSACTION: Shape = {
  children: {
    'transaction-type': { codes: { code: TRANSACTION_TYPES } },
    'transaction-date': DATE,
    description: TEXT,
    'provider-org': ORGANISATION,
    'receiver-org': ORGANISATION,
    sector: SECTOR,
    'recipient-country': PLACE,
    'recipient-region': PLACE,
  },
  order: [
    'transaction-type',
    'transaction-date',
    'value',
    'description',
    'provider-org',
    'receiver-org',
    'disbursement-channel',
    'sector',
    'recipient-country',
    'recipient-region',
    'flow-type',
    'finance-type',
    'aid-type',
    'tied-status',
  ],
}

export const ACTIVITY_SHAPE: Shape = {
  order: ACTIVITY_ORDER,
  children: {
    'reporting-org': ORGANISATION,
    title: TEXT,
    description: { ...TEXT, codes: { type: DESCRIPTION_TYPES } },
    'participating-org': { ...ORGANISATION, codes: { type: ORGANISATION_TYPES, role: ROLES } },
    'activity-date': { first: dateAttribute, codes: { type: DATE_TYPES }, narrative: true },
    'contact-info': {
      first: contactInfo,
      children: { organisation: TEXT, department: TEXT, 'person-name': TEXT, 'job-title': TEXT, 'mailing-address': TEXT },
      order: ['organisation', 'department', 'person-name', 'job-title', 'telephone', 'email', 'website', 'mailing-address'],
    },
    'recipient-country': PLACE,
    'recipient-region': PLACE,
    location: {
      first: olderLocation,
      children: { name: TEXT, description: TEXT, 'activity-description': TEXT },
      order: [
        'location-reach',
        'location-id',
        'name',
        'description',
        'activity-description',
        'administrative',
        'point',
        'exactness',
        'location-class',
        'feature-designation',
      ],
    },
    sector: SECTOR,
    'country-budget-items': {
      children: { 'budget-item': { percentages: ['percentage'], children: { description: TEXT } } },
    },
    'policy-marker': { narrative: true, codes: { vocabulary: MARKER_VOCABULARIES, code: MARKERS } },
    budget: BUDGET,
    'planned-disbursement': BUDGET,
    'capital-spend': { percentages: ['percentage'] },
    transaction: TRANSACTION,
    'document-link': DOCUMENT_LINK,
    conditions: { children: { condition: { narrative: true } } },
    result: {
      children: { title: TEXT, description: TEXT, 'document-link': DOCUMENT_LINK, indicator: INDICATOR },
      order: ['title', 'description', 'document-link', 'reference', 'indicator'],
    },
    'crs-add': { first: crsAdd, order: ['other-flags', 'loan-terms', 'loan-status', 'channel-code'] },
  },
}

const ORGANISATION_BUDGET: Shape = {
  children: {
    'period-start': DATE,
    'period-end': DATE,
    'recipient-org': ORGANISATION,
    'recipient-country': PLACE,
    'recipient-region': PLACE,
  },
}

export const ORGANISATION_SHAPE: Shape = {
  order: ORGANISATION_ORDER,
  children: {
    name: TEXT,
    'reporting-org': ORGANISATION,
    'total-budget': { ...ORGANISATION_BUDGET, order: ['period-start', 'period-end', 'value', 'budget-line'] },
    'recipient-org-budget': ORGANISATION_BUDGET,
    'recipient-region-budget': ORGANISATION_BUDGET,
    'recipient-country-budget': ORGANISATION_BUDGET,
    'document-link': {
      ...DOCUMENT_LINK,
      children: { title: TEXT, description: TEXT, 'recipient-country': PLACE },
    },
  },
}
