/**
 * Everything that is wrong with one activity or organisation of 2.03 shape; older ones were upgraded before. An error breaks a rule of
 * the standard, so that something cannot be used as it stands; a warning is worth a look. Only what has no identifier of its own
 * cannot be stored.
 */
import type { ProblemReport } from '../../../kernel/problems.ts'
import type { FileContext, XmlElement } from '../element.ts'
import { CheckRun } from './check-run.ts'
import {
  checkActivityDates,
  checkBudgetPeriod,
  checkLastUpdate,
  checkOrganisationBudget,
  checkPeriod,
  checkTransactionDates,
} from './dates.ts'
import { checkActivityIdentity, checkOrganisationIdentity, checkOrganisationRef, checkReportingOrg } from './identity.ts'
import {
  checkAidTypes,
  checkHumanitarian,
  checkMainText,
  checkNamed,
  checkNarrative,
  checkOwnCode,
  checkPoint,
  checkPolicyMarker,
} from './named-parts.ts'
import { checkIndicator } from './results.ts'
import { activityShape, type Checks, type ElementCheck, organisationShape, type Shape } from './shape.ts'
import { checkBudgetItems, checkShare, checkShares } from './shares.ts'
import { walk } from './walk.ts'

const both =
  (...checks: readonly ElementCheck[]): ElementCheck =>
  (element, run) => {
    for (const check of checks) check(element, run)
  }

const ACTIVITY_CHECKS: Checks = {
  '': both(checkActivityIdentity, checkLastUpdate, checkActivityDates, checkShares, checkHumanitarian, (activity, run) =>
    checkAidTypes(activity, 'default-aid-type', run),
  ),
  'reporting-org': checkReportingOrg,
  '*narrative': checkNarrative,
  title: checkMainText,
  description: checkMainText,
  'participating-org': both(checkNamed, checkOrganisationRef),
  'other-identifier/owner-org': both(checkNamed, checkOrganisationRef),
  'recipient-country': checkShare,
  'recipient-region': checkShare,
  sector: both(checkShare, checkOwnCode),
  'transaction/sector': checkOwnCode,
  'policy-marker': checkPolicyMarker,
  'location/point': checkPoint,
  'country-budget-items': checkBudgetItems,
  'country-budget-items/budget-item': checkShare,
  'capital-spend': checkShare,
  budget: checkBudgetPeriod,
  'planned-disbursement': checkPeriod,
  '*provider-org': both(checkNamed, checkOrganisationRef),
  '*receiver-org': both(checkNamed, checkOrganisationRef),
  transaction: both(checkTransactionDates, (transaction, run) => checkAidTypes(transaction, 'aid-type', run)),
  'result/indicator': checkIndicator,
  'result/indicator/period': checkPeriod,
}

const ORGANISATION_CHECKS: Checks = {
  '': both(checkOrganisationIdentity, checkLastUpdate),
  '*narrative': checkNarrative,
  name: checkMainText,
  'reporting-org': checkReportingOrg,
  'total-budget': checkOrganisationBudget,
  'recipient-org-budget': checkOrganisationBudget,
  'recipient-region-budget': checkOrganisationBudget,
  'recipient-country-budget': checkOrganisationBudget,
  'total-expenditure': checkOrganisationBudget,
}

let shapeOfActivity: Shape | undefined
let shapeOfOrganisation: Shape | undefined

/** `now` in milliseconds, for tests. What the file says about itself is checked with the file. */
export function checkActivity(activity: XmlElement, context: FileContext, now = Date.now()): ProblemReport[] {
  shapeOfActivity ??= activityShape(ACTIVITY_CHECKS)
  const run = new CheckRun(activity, 'iati-identifier', context, now)
  walk(activity, shapeOfActivity, run)
  return run.finish()
}

export function checkOrganisation(organisation: XmlElement, context: FileContext, now = Date.now()): ProblemReport[] {
  shapeOfOrganisation ??= organisationShape(ORGANISATION_CHECKS)
  const run = new CheckRun(organisation, 'organisation-identifier', context, now)
  walk(organisation, shapeOfOrganisation, run)
  return run.finish()
}

const REJECTING = new Set(['iati.identifier-missing', 'iati.identifier-of-organisation', 'iati.not-well-formed', 'iati.too-deep'])

/** Whether the activity is left out for it: it cannot be read, or could not be told from another one. */
export function isRejecting({ code }: ProblemReport): boolean {
  return REJECTING.has(code)
}
