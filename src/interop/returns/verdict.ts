/** What a return does with a contribution: counts it, waits for a fact that it needs, or leaves it out, with the reason. */

export const RETURN_FORMS = ['sdg-17-3-1', 'tossd', 'ibero-american', 'un-data-cube'] as const
export type ReturnForm = (typeof RETURN_FORMS)[number]

/** Why a contribution is not in a return, whatever else were known of it. */
export const RETURN_REASONS = [
  'same_initiative',
  'passed_on',
  'funded_by',
  'incoming',
  'not_delivered',
  'superseded_plan',
  'repayment',
  'equity',
  'guarantee',
  'described_only',
  'debt_relief',
  'in_donor_refugees',
  'administration',
  'peace_security',
  'export_credit',
  'private_flow',
  'via_multilateral',
  'not_official',
  'recipient_not_developing',
  'no_sdg_link',
  'objection',
  'not_cooperation',
  'not_un_entity',
  'between_entities',
] as const
export type ReturnReason = (typeof RETURN_REASONS)[number]

/** Facts that a return asks for and a record does not state. */
export const MISSING_FIELDS = [
  'contributions',
  'year',
  'nature',
  'giver',
  'giver_type',
  'recipient',
  'valuation',
  'rate',
  'finance_type',
  'loan_terms',
  'sdg_link',
  'partners',
  'title',
  'kind',
  'phase',
  'period',
  'sector',
  'goals',
  'modality_code',
  'pillar',
  'first_provider',
  'receiving_side',
  'entity',
  'function',
  'instrument',
  'contributor',
] as const
export type MissingField = (typeof MISSING_FIELDS)[number]

export interface Verdict {
  readonly state: 'counted' | 'waiting' | 'out'
  /** Why it is out; the first is the one that decides. */
  readonly reasons: readonly ReturnReason[]
  /** Without these it cannot be counted. */
  readonly needs: readonly MissingField[]
}

export const COUNTED: Verdict = { state: 'counted', reasons: [], needs: [] }

export function outBecause(...reasons: readonly ReturnReason[]): Verdict {
  return { state: 'out', reasons, needs: [] }
}

/** Left out where a reason stands, else waiting where a fact is missing, else counted. */
export function verdictFrom(
  reasons: readonly (ReturnReason | undefined | false)[],
  needs: readonly (MissingField | undefined | false)[],
): Verdict {
  const standing = reasons.filter((reason) => reason !== undefined && reason !== false)
  if (standing.length > 0) return outBecause(...standing)
  const lacking = needs.filter((field) => field !== undefined && field !== false)
  return lacking.length > 0 ? { state: 'waiting', reasons: [], needs: lacking } : COUNTED
}
