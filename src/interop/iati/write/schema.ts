/** The schemas of IATI 2.03 for an activity and an organisation. `rules/shape.test.ts` compares them with the published ones. */
import { type Children, rule } from './schema-rule.ts'

const NARRATIVE = rule('xml:lang', [], { text: 'string' })
const TEXT = rule('', [['narrative+', NARRATIVE]])
const CODE = rule('code!')
const DAY = rule('iso-date!:date')
const VALUE = rule('currency value-date!:date', [], { text: 'decimal' })
const STRING = rule('', [], { text: 'string' })
const NARRATIVES: Children = [['narrative*', NARRATIVE]]
const AID_TYPE = rule('code! vocabulary')

const REPORTING_ORG = rule('ref! type! secondary-reporter:boolean', [['narrative+', NARRATIVE]])
const PROVIDER = rule('ref provider-activity-id type', NARRATIVES)
const RECEIVER = rule('ref receiver-activity-id type', NARRATIVES)

const DOCUMENT: Children = [
  ['title', TEXT],
  ['description?', TEXT],
  ['category+', CODE],
  ['language*', CODE],
  ['document-date?', DAY],
]
const DOCUMENT_LINK = rule('url!:uri format!', DOCUMENT)

const LOCATION = rule('ref', [
  ['location-reach?', CODE],
  ['location-id*', rule('code! vocabulary!')],
  ['name?', TEXT],
  ['description?', TEXT],
  ['activity-description?', TEXT],
  ['administrative*', rule('code! vocabulary! level:natural')],
  ['point?', rule('srsName!', [['pos', rule('', [], { text: 'string', foreign: false })]])],
  ['exactness?', CODE],
  ['location-class?', CODE],
  ['feature-designation?', CODE],
])

const BUDGET = rule('type status', [
  ['period-start', DAY],
  ['period-end', DAY],
  ['value', VALUE],
])

const PLANNED_DISBURSEMENT = rule('type', [
  ['period-start', DAY],
  ['period-end?', DAY],
  ['value', VALUE],
  ['provider-org?', PROVIDER],
  ['receiver-org?', RECEIVER],
])

const TRANSACTION = rule('ref humanitarian:boolean', [
  ['transaction-type', CODE],
  ['transaction-date', DAY],
  ['value', VALUE],
  ['description?', TEXT],
  ['provider-org?', PROVIDER],
  ['receiver-org?', RECEIVER],
  ['disbursement-channel?', CODE],
  ['sector*', rule('vocabulary vocabulary-uri:uri code!', NARRATIVES)],
  ['recipient-country?', rule('code!', NARRATIVES)],
  ['recipient-region?', rule('code! vocabulary vocabulary-uri:uri', NARRATIVES)],
  ['flow-type?', CODE],
  ['finance-type?', CODE],
  ['aid-type*', AID_TYPE],
  ['tied-status?', CODE],
])

const MEASURED: Children = [
  ['location*', rule('ref')],
  ['dimension*', rule('name value')],
  ['comment?', TEXT],
  ['document-link*', DOCUMENT_LINK],
]
const TARGET = rule('value', MEASURED, { foreign: false })
// In a baseline the documents stand before the comment.
const BASELINE = rule('iso-date:date year!:positive value', [
  ['location*', rule('ref')],
  ['dimension*', rule('name value')],
  ['document-link*', DOCUMENT_LINK],
  ['comment?', TEXT],
])

const INDICATOR = rule('measure! ascending:boolean aggregation-status:boolean', [
  ['title', TEXT],
  ['description?', TEXT],
  ['document-link*', DOCUMENT_LINK],
  ['reference*', rule('vocabulary! code! indicator-uri:uri')],
  ['baseline*', BASELINE],
  [
    'period*',
    rule('', [
      ['period-start', DAY],
      ['period-end', DAY],
      ['target*', TARGET],
      ['actual*', TARGET],
    ]),
  ],
])

const RESULT = rule('type! aggregation-status:boolean', [
  ['title', TEXT],
  ['description?', TEXT],
  ['document-link*', DOCUMENT_LINK],
  ['reference*', rule('code! vocabulary! vocabulary-uri:uri')],
  ['indicator+', INDICATOR],
])

const CONTACT_INFO = rule('type', [
  ['organisation?', TEXT],
  ['department?', TEXT],
  ['person-name?', TEXT],
  ['job-title?', TEXT],
  ['telephone*', STRING],
  ['email*', STRING],
  ['website*', rule('', [], { text: 'uri' })],
  ['mailing-address*', TEXT],
])

const CRS_ADD = rule('', [
  ['other-flags*', rule('code! significance!:boolean')],
  [
    'loan-terms?',
    rule('rate-1:decimal rate-2:decimal', [
      ['repayment-type?', CODE],
      ['repayment-plan?', CODE],
      ['commitment-date?', DAY],
      ['repayment-first-date?', DAY],
      ['repayment-final-date?', DAY],
    ]),
  ],
  [
    'loan-status?',
    rule('year!:decimal currency value-date!:date', [
      ['interest-received?', rule('', [], { text: 'decimal', foreign: false })],
      ['principal-outstanding?', rule('', [], { text: 'decimal', foreign: false })],
      ['principal-arrears?', rule('', [], { text: 'decimal', foreign: false })],
      ['interest-arrears?', rule('', [], { text: 'decimal', foreign: false })],
    ]),
  ],
  ['channel-code?', rule('', [], { text: 'string', foreign: false })],
])

const CONDITIONS = rule('attached!:boolean', [['condition*', rule('type!', [['narrative+', NARRATIVE]], { foreign: false })]])

export const ACTIVITY_SCHEMA = rule(
  'last-updated-datetime:dateTime xml:lang default-currency humanitarian:boolean hierarchy:int linked-data-uri:uri budget-not-provided',
  [
    ['iati-identifier', STRING],
    ['reporting-org', REPORTING_ORG],
    ['title', TEXT],
    ['description+', rule('type', [['narrative+', NARRATIVE]])],
    ['participating-org+', rule('ref type role! activity-id crs-channel-code', NARRATIVES)],
    ['other-identifier*', rule('ref! type!', [['owner-org?', rule('ref', NARRATIVES)]])],
    ['activity-status', CODE],
    ['activity-date+', rule('type! iso-date!:date', NARRATIVES)],
    ['contact-info*', CONTACT_INFO],
    ['activity-scope?', CODE],
    ['recipient-country*', rule('code! percentage:decimal', NARRATIVES)],
    ['recipient-region*', rule('code! vocabulary vocabulary-uri:uri percentage:decimal', NARRATIVES)],
    ['location*', LOCATION],
    ['sector*', rule('vocabulary vocabulary-uri:uri code! percentage:decimal', NARRATIVES)],
    ['tag*', rule('code! vocabulary! vocabulary-uri:uri', NARRATIVES)],
    [
      'country-budget-items?',
      rule('vocabulary!', [['budget-item+', rule('code! percentage:decimal', [['description?', TEXT]])]]),
    ],
    ['humanitarian-scope*', rule('type! vocabulary! vocabulary-uri:uri code!', NARRATIVES)],
    ['policy-marker*', rule('vocabulary vocabulary-uri:uri code! significance', NARRATIVES)],
    ['collaboration-type?', CODE],
    ['default-flow-type?', CODE],
    ['default-finance-type?', CODE],
    ['default-aid-type*', AID_TYPE],
    ['default-tied-status?', CODE],
    ['budget*', BUDGET],
    ['planned-disbursement*', PLANNED_DISBURSEMENT],
    ['capital-spend?', rule('percentage!:decimal')],
    ['transaction*', TRANSACTION],
    ['document-link*', DOCUMENT_LINK],
    ['related-activity*', rule('ref! type!', [], { foreign: false })],
    ['legacy-data*', rule('name! value! iati-equivalent:token', [], { foreign: false })],
    ['conditions?', CONDITIONS],
    ['result*', RESULT],
    ['crs-add?', CRS_ADD],
    [
      'fss?',
      rule('extraction-date!:date priority:boolean phaseout-year:decimal', [
        ['forecast*', rule('year!:decimal currency value-date:date', [], { text: 'decimal' })],
      ]),
    ],
  ],
)

const LINE = rule('ref', [
  ['value', VALUE],
  ['narrative+', NARRATIVE],
])

/** A budget or expenditure of an organisation: whose, from when to when, how much, and its lines. */
function organisationMoney(attributes: string, whose: Children, line = 'budget-line*') {
  return rule(attributes, [...whose, ['period-start', DAY], ['period-end', DAY], ['value', VALUE], [line, LINE]])
}

export const ORGANISATION_SCHEMA = rule('last-updated-datetime:dateTime xml:lang default-currency', [
  ['organisation-identifier', rule('', [], { text: 'string', foreign: false })],
  ['name', TEXT],
  ['reporting-org', REPORTING_ORG],
  ['total-budget*', organisationMoney('status', [])],
  [
    'recipient-org-budget*',
    organisationMoney('status', [['recipient-org', rule('ref', [['narrative+', NARRATIVE]], { foreign: false })]]),
  ],
  [
    'recipient-region-budget*',
    organisationMoney('status', [['recipient-region', rule('vocabulary vocabulary-uri:uri code', NARRATIVES)]]),
  ],
  ['recipient-country-budget*', organisationMoney('status', [['recipient-country', rule('code!', NARRATIVES)]])],
  ['total-expenditure*', organisationMoney('', [], 'expense-line*')],
  [
    'document-link*',
    rule('url!:uri format!', [...DOCUMENT, ['recipient-country*', rule('code!', NARRATIVES)]], {
      foreignBefore: 'recipient-country',
    }),
  ],
])
