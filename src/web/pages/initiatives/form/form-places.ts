/** Where in the form each field of the completeness and each rule of the record has its place: the id to which links lead. */
export const FIELDS_OF_FIX: Readonly<Record<string, string>> = {
  kind: 'field-kind',
  scale: 'field-scale',
  agencyRoles: 'rows-agencyRoles',
  goals: 'rows-goals',
  period: 'field-plannedPeriod-start',
  sectors: 'rows-sectors',
  reportingOrg: 'field-reportingOrg',
  title: 'rows-title',
  documentOrResult: 'rows-documents',
  summary: 'rows-summary',
  twoCountriesWithRoles: 'rows-partners',
  modality: 'rows-contributions',
  contribution: 'rows-contributions',
  partners: 'rows-partners',
}
