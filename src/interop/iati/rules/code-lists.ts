/**
 * Which code list an attribute of 2.03 takes its codes from. Some lists depend on the vocabulary that the element states; a vocabulary
 * that is not named here has no list that we ship, and any code of it is let through.
 */
import { type CodeRow, listCodes } from '../../../codes/index.ts'
import type { XmlElement } from '../element.ts'

export interface CodeTable {
  readonly list: string
  readonly rows: ReadonlyMap<string, CodeRow>
}

/** The list of an attribute of this very element; undefined where any code goes. */
export type ListOf = (element: XmlElement) => CodeTable | undefined

/** One list, or lists by vocabulary, '' for an element that states none. */
type Choice = string | Readonly<Record<string, string>>

const OECD_OR_UN_REGION: Choice = { '': 'iati.Region', '1': 'iati.Region', '2': 'm49Region' }
const SECTOR: Choice = {
  '': 'sector.purpose',
  '1': 'sector.purpose',
  '2': 'iati.SectorCategory',
  '7': 'sdgGoal',
  '8': 'sdgTarget',
  '9': 'sdgIndicator',
}
const AID_TYPE: Choice = {
  '': 'iati.AidType',
  '1': 'iati.AidType',
  '2': 'iati.EarmarkingCategory',
  '4': 'iati.CashandVoucherModalities',
}

/** `element/@attribute`, or `@attribute` for all elements that have it; `parent/element/@attribute` where the parent decides. */
const CHOICES: Readonly<Record<string, Choice>> = {
  '@xml:lang': 'iati.Language',
  '@default-currency': 'iati.Currency',
  '@currency': 'iati.Currency',
  '@budget-not-provided': 'iati.BudgetNotProvided',
  '@crs-channel-code': 'crsChannel',
  'reporting-org/@type': 'iati.OrganisationType',
  'participating-org/@type': 'iati.OrganisationType',
  'provider-org/@type': 'iati.OrganisationType',
  'receiver-org/@type': 'iati.OrganisationType',
  'participating-org/@role': 'iati.OrganisationRole',
  'description/@type': 'iati.DescriptionType',
  'other-identifier/@type': 'iati.OtherIdentifierType',
  'activity-status/@code': 'iati.ActivityStatus',
  'activity-date/@type': 'iati.ActivityDateType',
  'activity-scope/@code': 'iati.ActivityScope',
  'contact-info/@type': 'iati.ContactType',
  'recipient-country/@code': 'iati.Country',
  'recipient-region/@vocabulary': 'iati.RegionVocabulary',
  'recipient-region/@code': OECD_OR_UN_REGION,
  'location-reach/@code': 'iati.GeographicLocationReach',
  'location-id/@vocabulary': 'iati.GeographicVocabulary',
  'administrative/@vocabulary': 'iati.GeographicVocabulary',
  'exactness/@code': 'iati.GeographicExactness',
  'location-class/@code': 'iati.GeographicLocationClass',
  'sector/@vocabulary': 'iati.SectorVocabulary',
  'sector/@code': SECTOR,
  'tag/@vocabulary': 'iati.TagVocabulary',
  'tag/@code': { '2': 'sdgGoal', '3': 'sdgTarget' },
  'country-budget-items/@vocabulary': 'iati.BudgetIdentifierVocabulary',
  'humanitarian-scope/@type': 'iati.HumanitarianScopeType',
  'humanitarian-scope/@vocabulary': 'iati.HumanitarianScopeVocabulary',
  'policy-marker/@vocabulary': 'iati.PolicyMarkerVocabulary',
  'policy-marker/@code': { '': 'iati.PolicyMarker', '1': 'iati.PolicyMarker' },
  'policy-marker/@significance': 'iati.PolicySignificance',
  'collaboration-type/@code': 'iati.CollaborationType',
  'default-flow-type/@code': 'iati.FlowType',
  'default-finance-type/@code': 'iati.FinanceType',
  'default-aid-type/@vocabulary': 'iati.AidTypeVocabulary',
  'default-aid-type/@code': AID_TYPE,
  'default-tied-status/@code': 'iati.TiedStatus',
  'budget/@type': 'iati.BudgetType',
  'planned-disbursement/@type': 'iati.BudgetType',
  '@status': 'iati.BudgetStatus',
  'transaction-type/@code': 'iati.TransactionType',
  'disbursement-channel/@code': 'iati.DisbursementChannel',
  'flow-type/@code': 'iati.FlowType',
  'finance-type/@code': 'iati.FinanceType',
  'aid-type/@vocabulary': 'iati.AidTypeVocabulary',
  'aid-type/@code': AID_TYPE,
  'tied-status/@code': 'iati.TiedStatus',
  'category/@code': 'iati.DocumentCategory',
  'language/@code': 'iati.Language',
  'related-activity/@type': 'iati.RelatedActivityType',
  'condition/@type': 'iati.ConditionType',
  'result/@type': 'iati.ResultType',
  'result/reference/@vocabulary': 'iati.ResultVocabulary',
  'indicator/@measure': 'iati.IndicatorMeasure',
  'indicator/reference/@vocabulary': 'iati.IndicatorVocabulary',
  'indicator/reference/@code': { '9': 'sdgIndicator' },
  'other-flags/@code': 'iati.CRSAddOtherFlags',
  'repayment-type/@code': 'iati.LoanRepaymentType',
  'repayment-plan/@code': 'iati.LoanRepaymentPeriod',
}

export function listOfAttribute(parent: string, element: string, attribute: string): ListOf | undefined {
  const choice = CHOICES[`${parent}/${element}/@${attribute}`] ?? CHOICES[`${element}/@${attribute}`] ?? CHOICES[`@${attribute}`]
  if (choice === undefined) return undefined
  if (typeof choice === 'string') {
    const table = tableOf(choice)
    return () => table
  }
  const tables = new Map(Object.entries(choice).map(([vocabulary, list]) => [vocabulary, tableOf(list)]))
  return ({ attributes }) => tables.get(attributes.vocabulary?.trim() ?? '')
}

const tables = new Map<string, CodeTable>()

function tableOf(list: string): CodeTable {
  const known = tables.get(list)
  if (known) return known
  const table = { list: list === 'sector.purpose' ? 'sector' : list, rows: rowsOf(list) }
  tables.set(list, table)
  return table
}

/** The list of sectors has three levels; codes of five digits are the purposes. Categories are those of both lists. */
function rowsOf(list: string): ReadonlyMap<string, CodeRow> {
  if (list === 'sector.purpose') return byCode(listCodes('sector').filter(({ code }) => code.length === 5))
  if (list === 'iati.SectorCategory') {
    return byCode([...listCodes('sector').filter(({ code }) => code.length === 3), ...listCodes(list)])
  }
  return byCode(listCodes(list))
}

function byCode(rows: readonly CodeRow[]): ReadonlyMap<string, CodeRow> {
  return new Map(rows.map((row) => [row.code, row]))
}
