/** What an organisation publishes about itself and its money (domain section 12): names, who reports, budgets, documents. */
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import type { PartialDate } from '../../../kernel/partial-date.ts'
import type { InitiativeFacts } from '../initiatives/initiative.ts'

export const BUDGET_KINDS = ['total', 'recipient-org', 'recipient-country', 'recipient-region', 'expenditure'] as const
export type BudgetKind = (typeof BUDGET_KINDS)[number]

export interface BudgetRecipient {
  readonly orgId?: string
  readonly ref?: string
  readonly iso3?: string
  readonly region?: { readonly vocabulary: string; readonly code: string }
  /** As written, in the language of the organisation. */
  readonly name?: string
}

export interface OrganisationBudget {
  readonly kind: BudgetKind
  /** Code of the list BudgetStatus; expenditure has none. */
  readonly status?: string
  readonly period?: { readonly start?: PartialDate; readonly end?: PartialDate }
  /** Currency by ISO 4217; XXX where the file states none. */
  readonly money?: { readonly amount: string; readonly currency: string; readonly valueDate?: PartialDate }
  readonly recipient?: BudgetRecipient
}

export type OrganisationDocument = NonNullable<InitiativeFacts['documents']>[number]

export interface OrganisationFacts {
  readonly name?: LocalizedText
  readonly reportingOrg?: {
    readonly orgId?: string
    readonly ref?: string
    readonly name?: string
    /** Code of the list OrganisationType. */
    readonly type?: string
  }
  readonly budgets?: readonly OrganisationBudget[]
  readonly documents?: readonly OrganisationDocument[]
}
