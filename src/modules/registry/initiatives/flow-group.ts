/**
 * Group of a contribution: A money, B in kind with a quantity or a value, C described only. The group follows the modality, except
 * that a thing of group B whose quantity nobody knows is only described (domain 8.1, ruling 16).
 */
import { flowGroupOfModality } from '../../../codes/index.ts'
import type { InitiativeContribution } from './initiative.ts'

export type FlowGroup = 'A' | 'B' | 'C'

export function flowGroupOf(contribution: InitiativeContribution): FlowGroup {
  const group = contribution.modality === undefined ? undefined : flowGroupOfModality(contribution.modality)
  if (group === 'B' && !contribution.quantity && !contribution.money) return 'C'
  if (group !== undefined) return group
  if (contribution.money) return 'A'
  return contribution.quantity ? 'B' : 'C'
}
