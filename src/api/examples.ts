/**
 * One call of each operation that can be copied: the description of the API, its page and the test that runs them all read this
 * list. It is a story, in order, on an installation with the sample data; a word in capitals stands for what an earlier call gave.
 */
export interface ApiExample {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  /** Words that later calls use, each with the path to its value in the answer (`rows.0.id`). */
  readonly gives?: Readonly<Record<string, string>>
}

const text = (english: string) => ({ orig: 'en', texts: { en: english } })

const WELLS = {
  title: text('Well drilling in Kankan'),
  kind: 'project',
  reportingOrg: { name: 'Office of cooperation' },
  hosts: ['GIN'],
  scale: 'country_country',
  partners: [
    { no: '1', iso3: 'BRA', role: 'first_provider', partnerType: 'national_government' },
    { no: '2', iso3: 'GIN', role: 'recipient', partnerType: 'national_government' },
  ],
}

export const API_EXAMPLES: readonly ApiExample[] = [
  { operation: 'registry.list-collections', input: {} },
  {
    operation: 'registry.list-listings',
    input: { filter: { values: { collection: ['undp-2014'], host: ['BRA'] } }, sort: 'title', limit: 5 },
    gives: { LISTED_ID: 'rows.0.initiativeId' },
  },
  { operation: 'registry.list-changes', input: { limit: 10, collections: ['undp-2014'] } },
  { operation: 'registry.get-initiative', input: { id: 'LISTED_ID' } },
  { operation: 'registry.get-initiative-history', input: { id: 'LISTED_ID' } },
  { operation: 'registry.get-country-profile', input: { iso3: 'BRA' } },
  {
    operation: 'registry.value-contribution',
    input: {
      currency: 'USD',
      year: 2014,
      by: { formula: 'training-by-cost', fixedCost: '2000', participants: '20', costPerParticipant: '300' },
    },
  },
  { operation: 'registry.create-collection', input: { key: 'our-cooperation', names: text('Our cooperation') } },
  {
    operation: 'registry.register-initiative',
    input: { collection: 'our-cooperation', identifier: 'W-1', facts: WELLS, listed: [{ year: 2026 }] },
    gives: { INITIATIVE_ID: 'id' },
  },
  {
    operation: 'registry.revise-initiative',
    input: { id: 'INITIATIVE_ID', version: 1, facts: { ...WELLS, purpose: 'exchange' }, reason: 'The purpose was missing.' },
  },
  { operation: 'registry.move-phase', input: { id: 'INITIATIVE_ID', version: 2, to: 'pipeline' } },
  { operation: 'registry.move-initiative', input: { id: 'INITIATIVE_ID', version: 3, to: 'submitted' } },
  { operation: 'registry.list-import-runs', input: { limit: 5 }, gives: { RUN_ID: '0.id' } },
  { operation: 'registry.get-import-run', input: { id: 'RUN_ID' } },
  { operation: 'registry.save-import-mapping', input: { name: 'our-sheet', mapping: { columns: {} } } },
  { operation: 'registry.list-import-mappings', input: {} },
  { operation: 'registry.get-import-mapping', input: { name: 'our-sheet' } },
  { operation: 'directory.list-orgs', input: { search: 'development', limit: 5 } },
  { operation: 'directory.get-org', input: { org: 'undp' }, gives: { UNDP_ID: 'id' } },
  { operation: 'directory.resolve-org-names', input: { names: ['UNDP', 'World Bank'] } },
  {
    operation: 'directory.register-org',
    input: { names: text('Institute of Wells'), orgType: '80', countryCode: 'BRA' },
    gives: { ORG_ID: 'id' },
  },
  {
    operation: 'directory.revise-org',
    input: { id: 'ORG_ID', version: 1, changes: { aliases: ['IoW'] }, reason: 'It is often named so.' },
  },
  { operation: 'registry.list-org-initiatives', input: { orgId: 'ORG_ID' } },
  {
    operation: 'directory.register-person',
    input: { name: 'Amina Diallo', affiliations: [{ orgId: 'ORG_ID' }], languages: ['fr'], countryCode: 'GIN' },
    gives: { PERSON_ID: 'id' },
  },
  { operation: 'directory.list-persons', input: { country: 'GIN', limit: 5 } },
  { operation: 'directory.get-person', input: { id: 'PERSON_ID' } },
  {
    operation: 'directory.revise-person',
    input: { id: 'PERSON_ID', version: 1, changes: { languages: ['fr', 'en'] } },
  },
  { operation: 'sources.list-documents', input: { limit: 5 } },
  { operation: 'sources.get-document', input: { document: 'SG-REPORT-2015' } },
  {
    operation: 'sources.register-document',
    input: { symbol: 'OUR-REPORT-2026', kind: 'report', titles: text('Our report'), date: '2026', languages: ['en'] },
  },
  { operation: 'sources.list-reported-values', input: { document: 'SG-REPORT-2015', para: '2' } },
  { operation: 'sources.get-reported-value', input: { key: 'world_trade_growth_factor', period: '1990-' } },
  { operation: 'reporting.compute-figures', input: { portfolio: 'undp-2014', year: 2014 } },
  { operation: 'reporting.list-country-pairs', input: { filter: { values: { collection: ['undp-2014'] } } } },
  { operation: 'reporting.list-reports', input: {} },
  { operation: 'reporting.get-report', input: { key: 'mainstreaming-2015', lang: 'en' } },
  { operation: 'reporting.check-report', input: { key: 'mainstreaming-2015' } },
  { operation: 'access.browse-audit-trail', input: { operation: 'registry.revise-initiative', limit: 5 } },
  { operation: 'access.list-audit-events', input: { module: 'registry', aggregate: 'initiatives', id: 'INITIATIVE_ID' } },
  { operation: 'access.export-audit-trail', input: { from: '2026-01-01', limit: 5 } },
  { operation: 'access.get-audit-state', input: {} },
  { operation: 'access.list-api-keys', input: {} },
  {
    operation: 'access.create-api-key',
    input: { name: 'Nightly copy', permissions: ['registry.initiative.read'], expiresAt: 'END_OF_KEY' },
    gives: { KEY_ID: 'id' },
  },
  { operation: 'access.revoke-api-key', input: { id: 'KEY_ID', reason: 'The program was retired.' } },
]

export function exampleOf(operation: string): ApiExample | undefined {
  return API_EXAMPLES.find((example) => example.operation === operation)
}
