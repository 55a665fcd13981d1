/** Published budgets in words: for whom, in which state, and what they are in dollars. */
import { areaName, codeName } from '../../../../codes/index.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import type { PublishedBudget } from '../../../../modules/registry/index.ts'
import { regionText } from '../../initiatives/published-names.ts'

/** Undefined where the file names nobody; the whole budget is for nobody in particular, and so is an expenditure. */
export function recipientText(
  t: Translator,
  { recipient }: PublishedBudget,
  orgs: ReadonlyMap<string, string>,
): string | undefined {
  if (!recipient) return undefined
  const { orgId, ref, iso3, region, name } = recipient
  if (iso3 !== undefined) return areaName(iso3, t.lang)
  if (region !== undefined) return name ?? regionText(t, region)
  return (orgId === undefined ? undefined : orgs.get(orgId)) ?? name ?? ref
}

export function statusText(t: Translator, { status }: PublishedBudget): string | undefined {
  return status === undefined ? undefined : codeName('iati.BudgetStatus', status, t.lang)
}

/** Whether the kind of budget names a recipient at all. */
export function hasRecipient({ kind }: PublishedBudget): boolean {
  return kind !== 'total' && kind !== 'expenditure'
}
